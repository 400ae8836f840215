// What the built site's files are sent with, where a server can be told. The files work without: see docs/embed.md.

import { framedPolicy, headerPolicy } from "./csp.mjs";

/** The page that other pages may frame. */
const FRAMED = /\/embed(\.html)?$/;

/** @param {string} path of a file, from the site's root */
export function headersOf(path) {
  return {
    "Content-Security-Policy": FRAMED.test(path) ? framedPolicy : headerPolicy,
    "Access-Control-Allow-Origin": "*", // other sites, and frames without an origin, load modules and the engine
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  };
}

/** The Vite plugin: sends them with the preview. */
export const headersPlugin = {
  name: "headers",
  configurePreviewServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      const { pathname } = new URL(request.url, "http://localhost");
      for (const [name, value] of Object.entries(headersOf(pathname))) response.setHeader(name, value);
      next();
    });
  },
};
