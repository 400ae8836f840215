// The page on a run made by hand: `npm run dev`, then /testing/.

import "../theme.js";
import "../app.js";
import { PageHost } from "../page-host.js";
import { FakeRun } from "./scene.js";

/** @import { App } from "../app.js" */
/** @import { RunConstructor } from "../engine-types" */

const app = /** @type {App} */ (document.createElement("consensus-app"));
const maker = /** @type {RunConstructor} */ (/** @type {unknown} */ (FakeRun));
app.engine.start = () => new PageHost(maker);
document.body.append(app);
