// A site of somebody else, on a port of its own: it serves whatever pages a test writes, with whatever headers.

import { createServer } from "node:http";

/** @typedef {{ body: string | Buffer, headers?: Record<string, string>, status?: number }} Page */

/** Starts the site; `put` gives it a page and answers that page's address. */
export async function foreignSite() {
  /** @type {Map<string, Page>} */
  const pages = new Map();
  const server = createServer((request, response) => {
    const page = pages.get(new URL(request.url, "http://localhost").pathname);
    if (!page) return response.writeHead(404).end();
    const { body, headers = {}, status = 200 } = page;
    return response.writeHead(status, { "Content-Type": "text/html; charset=utf-8", ...headers }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const put = (path, body, headers, status) => {
    pages.set(path, { body, headers, status });
    return origin + path;
  };
  put("/favicon.ico", "", { "Content-Type": "image/x-icon" });
  return { origin, put, close: () => new Promise((resolve) => server.close(resolve)) };
}
