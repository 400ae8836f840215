// A plain server for the built site that keeps count of what it was asked for. The count is taken here and not in the
// browser, whose tools may not show what a worker fetches.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { headerPolicy } from "../../scripts/csp.mjs";

const dist = fileURLToPath(new URL("../../www/dist", import.meta.url));

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/**
 * Serves www/dist on a free port. `served` grows by {path, bytes, zipped} with every answer; what `refused` matches is
 * not served.
 */
export async function countingServer() {
  const state = { served: [], refused: /^$/ };
  const server = createServer((request, response) => answer(request, response, state));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}/`;
  return Object.assign(state, { address, close: () => new Promise((resolve) => server.close(resolve)) });
}

async function answer(request, response, { served, refused }) {
  const { pathname } = new URL(request.url, "http://localhost");
  if (refused.test(pathname)) return response.writeHead(503).end();
  const file = path.join(dist, path.normalize(pathname.endsWith("/") ? `${pathname}index.html` : pathname));
  const body = await readFile(file).catch(() => undefined);
  if (!body) return response.writeHead(404).end();
  served.push({ path: pathname, bytes: body.length, zipped: gzipSync(body, { level: 9 }).length });
  const type = TYPES[path.extname(file)] ?? "application/octet-stream";
  response.writeHead(200, { "Content-Type": type, "Content-Security-Policy": headerPolicy }).end(body);
}
