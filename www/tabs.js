// The tabs that the first view does not show.

import { checksTab } from "./checks-tab.js";
import { eventsTab } from "./events-tab.js";
import { rulesTab } from "./rules-tab.js";
import { serverTab } from "./server-tab.js";

export { tabStyles } from "./tab-styles.js";

/** @type {Record<string, import("./panel.js").Tab>} */
export const tabs = { events: eventsTab, rules: rulesTab, checks: checksTab, server: serverTab };
