// What every browser test starts from: a page that is watched. A test fails when the page logs an error, throws,
// breaks its security policy (Chromium logs that as an error), or asks another origin for anything.

import { test as base, expect } from "@playwright/test";

export { expect };

/** @typedef {{ expectError: (pattern: RegExp) => void }} Watch */

export const test = base.extend({
  /** Watches by itself; a test that provokes an error names it: `watch.expectError(/Content Security Policy/)`. */
  watch: [
    async ({ page, baseURL }, use) => {
      const seen = watchPage(page, new URL(baseURL).origin);
      const expected = [];
      await use({ expectError: (pattern) => expected.push(pattern) });
      const troubles = seen.filter((text) => !expected.some((pattern) => pattern.test(text)));
      expect(troubles, "the page stays quiet and keeps to its own origin").toEqual([]);
    },
    { auto: true },
  ],
});

function watchPage(page, origin) {
  const seen = [];
  page.on("console", (message) => message.type() === "error" && seen.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => seen.push(`thrown: ${error.message}`));
  page.on(
    "request",
    (request) => isForeign(request.url(), origin) && seen.push(`asked another origin: ${request.url()}`),
  );
  return seen;
}

function isForeign(address, origin) {
  const url = new URL(address);
  return !["data:", "blob:"].includes(url.protocol) && url.origin !== origin;
}
