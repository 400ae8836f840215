import init from "./engine/engine.js";
import engineUrl from "./engine/engine_bg.wasm?url";

const status = document.querySelector("#status");
await init({ module_or_path: engineUrl });
if (status) status.textContent = "The engine runs.";
