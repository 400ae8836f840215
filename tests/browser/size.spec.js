import { expect, test } from "@playwright/test";
import { countingServer } from "./static-server.js";

/** What a reader on a slow line should ever wait for, in bytes, gzipped. */
const BUDGET = 150_000;

/** Late enough for a worker to have started and asked for the engine. */
const SETTLED_MS = 3_000;

test("the first view is at most 150 kB, gzipped", async ({ page }) => {
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
  const lines = served.map(
    ({ path, bytes, zipped }) => `  ${String(zipped).padStart(7)} of ${String(bytes).padStart(7)}  ${path}`,
  );
  return [`first view: ${(total / 1000).toFixed(1)} kB gzipped, ${served.length} requests`, ...lines].join(
    "\n",
  );
}
