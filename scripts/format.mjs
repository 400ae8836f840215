// `npm run format`: lay out every source file as the checks want it.

import { prepare } from "./prepare.mjs";
import { local, main, run } from "./tools.mjs";

await main(async () => {
  await prepare();
  await run(["cargo", "fmt", "--all"]);
  await run([...local("@biomejs", "biome", "bin", "biome"), "check", "--write"]);
});
