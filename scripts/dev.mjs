// `npm run dev`: build the engine once, then Vite's dev server. After a change to Rust code run it again.

import { buildEngine } from "./engine.mjs";
import { prepare } from "./prepare.mjs";
import { recordOpening } from "./recording.mjs";
import { main } from "./tools.mjs";

await main(async () => {
  await prepare();
  await buildEngine();
  await recordOpening();
  const { createServer } = await import("vite"); // not before it is installed
  const server = await createServer();
  await server.listen();
  server.printUrls();
});
