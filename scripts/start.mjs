// `npm start`: build, then serve the built site until Ctrl+C.

import { build } from "./build.mjs";
import { main } from "./tools.mjs";

await main(async () => {
  await build();
  const { preview } = await import("vite"); // not before the build has installed it
  const server = await preview();
  console.log(`\nConsensus Playground is at ${server.resolvedUrls.local[0]} (Ctrl+C stops it)`);
});
