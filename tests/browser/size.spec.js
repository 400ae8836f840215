import { loadavg } from "node:os";
import { expect, test } from "@playwright/test";
import { loadEngine } from "../../scripts/engine.mjs";
import { opening } from "../../scripts/recording.mjs";
import { countingServer } from "./static-server.js";

/** What a reader on a slow line should ever wait for, in bytes, gzipped. */
const MOST = 150_000;

/** Late enough for a worker, if one started, to have asked for the engine. */
const SETTLED_MS = 3_000;

/** Opens the page as a first visitor does. Gives what was loaded, and when the cluster was on the stage. */
async function visit(page, hash = "") {
  const server = await countingServer();
  await page.goto(`${server.address}${hash}`);
  const seen = page.waitForFunction(
    () => document.querySelector("consensus-app")?.player.frame?.at >= 0 && performance.now(),
  );
  const pictured = await (await seen).jsonValue();
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(SETTLED_MS);
  const total = server.served.reduce((sum, { zipped }) => sum + zipped, 0);
  await page.close();
  await server.close();
  return { served: server.served, total, pictured };
}

function report(what, { served, total, pictured }) {
  const lines = served.map(
    ({ path, bytes, zipped }) => `  ${String(zipped).padStart(7)} of ${String(bytes).padStart(7)}  ${path}`,
  );
  const figures = `${(total / 1000).toFixed(1)} kB gzipped, ${served.length} requests`;
  const clock = `on the stage after ${pictured.toFixed(0)} ms at a load average of ${loadavg()[0].toFixed(1)}`;
  return [`${what}: ${figures}, ${clock}`, ...lines].join("\n");
}

test("the first view weighs at most 150 kB", async ({ page }) => {
  const view = await visit(page);
  console.log(report("first view", view));
  expect(view.total, report("first view", view)).toBeLessThanOrEqual(MOST);
  expect(view.total, "the page itself is counted").toBeGreaterThan(20_000);
});

test("a link loads the one engine that plays it, and nothing recorded", async ({ page }) => {
  const { Run } = await loadEngine("raft");
  const view = await visit(page, `#${Run.fromText(opening()).link(false)}`);
  console.log(report("a link", view));
  const paths = view.served.map(({ path }) => path);
  expect(paths.filter((path) => path.endsWith(".wasm"))).toHaveLength(1);
  expect(paths.filter((path) => path.includes("opening"))).toEqual([]);
});
