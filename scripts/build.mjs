// `npm run build`: everything from nothing to www/dist/.

import { fileURLToPath } from "node:url";
import { buildEngine } from "./engine.mjs";
import { prepare } from "./prepare.mjs";
import { recordOpening } from "./recording.mjs";
import { local, main, run, say } from "./tools.mjs";

export async function build() {
  await prepare();
  await buildEngine();
  await recordOpening();
  say("bundling the page");
  await run([...local("vite", "bin", "vite.js"), "build"]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(build);
