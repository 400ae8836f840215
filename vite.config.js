import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { coursePlugin } from "./scripts/course.mjs";
import { headerPolicy, metaPolicy } from "./scripts/csp.mjs";
import { templatePlugin } from "./scripts/templates.mjs";

const www = fileURLToPath(new URL("www", import.meta.url));

/** Every HTML file in www/ is a page. */
const pages = readdirSync(www).filter((name) => name.endsWith(".html"));

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

const headers = {
  "Content-Security-Policy": headerPolicy,
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

export default defineConfig({
  root: www,
  base: "./", // relative, so that the site works under any path
  plugins: [contentSecurityPolicy, coursePlugin, templatePlugin],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0, // a data: address would break the policy
    modulePreload: false,
    rolldownOptions: { input: pages.map((name) => `${www}/${name}`) },
  },
  worker: { format: "es" },
  server: { host: "127.0.0.1" },
  preview: { host: "127.0.0.1", port: 4173, headers },
});
