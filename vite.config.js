import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { coursePlugin } from "./scripts/course.mjs";
import { metaPolicy } from "./scripts/csp.mjs";
import { headersPlugin } from "./scripts/headers.mjs";
import { templatePlugin } from "./scripts/templates.mjs";

const www = fileURLToPath(new URL("www", import.meta.url));

/** Every HTML file in www/ is a page. */
const pages = readdirSync(www).filter((name) => name.endsWith(".html"));

/** The module that other sites load. Its address stands in their pages, so it is the only one without a hash. */
const ELEMENT = "embed";
const inputs = Object.fromEntries([
  ...pages.map((name) => [`page-${name.replace(".html", "")}`, `${www}/${name}`]),
  [ELEMENT, `${www}/${ELEMENT}.js`],
]);

/** Writes the policy into built pages. Not into served ones: the dev server puts styles inline. */
const contentSecurityPolicy = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      attrs: { "http-equiv": "Content-Security-Policy", content: metaPolicy },
      injectTo: "head-prepend",
    },
  ],
};

export default defineConfig({
  root: www,
  base: "./", // relative, so that the site works under any path
  plugins: [contentSecurityPolicy, coursePlugin, headersPlugin, templatePlugin],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0, // a data: address would break the policy
    modulePreload: false,
    rolldownOptions: {
      input: inputs,
      output: { entryFileNames: ({ name }) => (name === ELEMENT ? "[name].js" : "assets/[name]-[hash].js") },
    },
  },
  worker: { format: "es" },
  server: { host: "127.0.0.1" },
  preview: { host: "127.0.0.1", port: 4173, cors: false },
});
