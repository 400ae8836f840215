// The tabs that the first view does not show.

import { checksTab } from "./checks-tab.js";
import { clientsTab } from "./clients-tab.js";
import { eventsTab } from "./events-tab.js";
import { handTab } from "./hand-tab.js";
import { networkTab } from "./network-tab.js";
import { rulesTab } from "./rules-tab.js";
import { serverTab } from "./server-tab.js";

export { meterStyles } from "./meter.js";
export { tabStyles } from "./tab-styles.js";

/** @type {Record<string, import("./panel.js").Tab>} */
export const tabs = {
  events: eventsTab,
  hand: handTab,
  rules: rulesTab,
  network: networkTab,
  clients: clientsTab,
  checks: checksTab,
  server: serverTab,
};
