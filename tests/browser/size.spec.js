import { expect, test } from "@playwright/test";
import { countingServer } from "./static-server.js";

/** What a reader on a slow line should ever wait for, in bytes, gzipped. The first view is not there yet. */
const AIM = 150_000;

/** What it may weigh today. It only ever falls, until it is the aim. */
const BUDGET = 300_000;

/** Late enough for a worker to have started and asked for the engine. */
const SETTLED_MS = 3_000;

test("the first view grows no heavier, and is on its way to 150 kB", async ({ page }) => {
  const server = await countingServer();
  await page.goto(server.address);
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(SETTLED_MS);
  const total = server.served.reduce((sum, { zipped }) => sum + zipped, 0);
  console.log(report(server.served, total));
  await page.close();
  await server.close();
  expect(
    server.served.some(({ path }) => path.endsWith(".wasm")),
    "the engine is part of the first view",
  ).toBe(true);
  expect(total, report(server.served, total)).toBeLessThanOrEqual(BUDGET);
});

function report(served, total) {
  const percent = Math.round((total / AIM) * 100);
  const lines = served.map(
    ({ path, bytes, zipped }) => `  ${String(zipped).padStart(7)} of ${String(bytes).padStart(7)}  ${path}`,
  );
  return [
    `first view: ${(total / 1000).toFixed(1)} kB gzipped, ${percent} % of the aim, ${served.length} requests`,
    ...lines,
  ].join("\n");
}
