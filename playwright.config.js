import { defineConfig } from "@playwright/test";
import { findChromium, findFirefox } from "./scripts/browsers.mjs";

// A port of this run's own, which the workers inherit: two runs on one machine must not meet.
process.env.PLAYGROUND_PORT ??= String(20000 + (process.pid % 20000));
const address = `http://127.0.0.1:${process.env.PLAYGROUND_PORT}/`;

export default defineConfig({
  testDir: "tests/browser",
  outputDir: "test-results",
  forbidOnly: !!process.env.CI,
  fullyParallel: true,
  workers: 2,
  // A test that passes on its second try only is named in the summary. Tracing every first try would cost a third more time.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: address,
    screenshot: "only-on-failure",
    trace: "on-first-retry",
  },
  projects: [
    {
      name: "chromium",
      use: { browserName: "chromium", launchOptions: { executablePath: findChromium() } },
    },
    {
      // The stock browser by WebDriver BiDi, and not a build of Playwright's own. Sizes and pixels are Chromium's job.
      name: "firefox",
      testMatch: ["smoke", "play", "link", "everywhere"].map((name) => `**/${name}.spec.js`),
      use: {
        browserName: "firefox",
        channel: "moz-firefox",
        launchOptions: { executablePath: findFirefox() },
      },
    },
  ],
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --port ${process.env.PLAYGROUND_PORT} --strictPort`,
    url: address,
    timeout: 60_000,
  },
});
