// The page begins with a recording, and goes over to the engine when its reader wants more.

import { readFileSync } from "node:fs";
import { test as base, expect } from "@playwright/test";
import { clock, item, play, server } from "./cluster.js";
import { countingServer } from "./static-server.js";

const test = base.extend({
  site: async ({ page }, use) => {
    const site = await countingServer();
    await use(site);
    await page.close();
    await site.close();
  },
});

const { end, waits } = JSON.parse(
  readFileSync(new URL("../../www/engine/opening.json", import.meta.url), "utf8"),
);

const engines = (site) => site.served.filter(({ path }) => path.endsWith(".wasm"));
const at = (page) => page.evaluate(() => document.querySelector("consensus-app").player.at);

/** Opens the page and lets it play by itself, at a speed that is set without a sign of a reader. */
async function begin(page, site, speed = 1) {
  await page.goto(site.address);
  await expect(clock(page)).toBeVisible();
  await page.evaluate((faster) => {
    document.querySelector("consensus-app").player.speed = faster;
  }, speed);
}

/** Halts where the scenario does not wait by itself, before the recording ends. Runs in the page. */
function halted(far) {
  const { player } = document.querySelector("consensus-app");
  if (player.at >= far) player.halt();
  return player.at >= far;
}

test("untouched, the page plays all that was recorded, without an engine and without a link", async ({
  page,
  site,
}) => {
  await begin(page, site, 4);
  await page.waitForFunction(halted, waits ? end : end * 0.6);
  await page.waitForTimeout(1_000); // longer than the address waits with a link
  await expect(page.getByRole("button", { name: /^n\d .*, Leader/ })).toBeVisible();
  expect(await page.evaluate(() => location.hash)).toBe("");
  expect(engines(site)).toEqual([]);
});

test("a first sign of the reader fetches the engine, and nothing else changes", async ({ page, site }) => {
  await begin(page, site);
  await page.mouse.move(300, 300);
  await page.mouse.move(310, 310);
  await expect.poll(() => engines(site).length).toBe(1);
  const before = await at(page);
  await expect.poll(() => at(page)).toBeGreaterThan(before);
});

test("a click goes over to the engine at the same moment", async ({ page, site }) => {
  await begin(page, site);
  await expect.poll(() => at(page)).toBeGreaterThan(end / 3);
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: /^Play/ })).toBeVisible();
  const before = await at(page);
  const moment = () =>
    page.evaluate(async () => {
      const { frame, window } = document.querySelector("consensus-app").player;
      return JSON.stringify([frame, window.lanes, window.messages, window.marks]);
    });
  await page.evaluate(() => document.querySelector("consensus-app").player.refresh()); // lanes up to this instant
  const told = await moment();
  await server(page, "n1").click();
  await expect(item(page, /^Crash/)).toBeVisible();
  expect(engines(site)).toHaveLength(1);
  await page.evaluate(() => document.querySelector("consensus-app").player.go());
  expect(await moment()).toBe(told);
  await item(page, /^Crash/).click();
  await expect(server(page, "n1")).toHaveAccessibleName(/down/);
  expect(await at(page)).toBe(before);
  await play(page);
  await expect.poll(() => at(page)).toBeGreaterThan(before);
});

test("an engine that cannot be loaded is told of; the page plays on, and tries again", async ({
  page,
  site,
}) => {
  site.refused = /\.wasm$/;
  await begin(page, site);
  await expect.poll(() => at(page)).toBeGreaterThan(0);
  await server(page, "n1").click();
  await expect(page.getByRole("alert")).toContainText("The engine could not be loaded");
  await page.getByRole("button", { name: "Close this message" }).click();
  const before = await at(page);
  await expect.poll(() => at(page)).toBeGreaterThan(before);
  site.refused = /^$/;
  await server(page, "n1").click();
  await item(page, /^Crash/).click();
  await expect(server(page, "n1")).toHaveAccessibleName(/down/);
});

test("without the recording, the engine plays from the beginning", async ({ page, site }) => {
  site.refused = /opening.*\.json$/;
  await begin(page, site);
  await expect.poll(() => at(page)).toBeGreaterThan(0);
  expect(engines(site)).toHaveLength(1);
});
