// `npm run bench`: the engine natively, then the built engine in WebAssembly and the page.

import { existsSync } from "node:fs";
import { build } from "./build.mjs";
import { at, main, run, say } from "./tools.mjs";

await main(async () => {
  await build();
  say("native benchmarks");
  await run(["cargo", "bench", "-p", "tests", "--benches"]);
  if (!existsSync(at("scripts", "bench.mjs"))) return;
  say("benchmarks of the built page");
  await run([process.execPath, at("scripts", "bench.mjs")]);
});
