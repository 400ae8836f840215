// What the tests of the page do again and again, by the names that a person sees.

import { expect } from "./playground.js";

/** Opens the page and waits until a run is on the stage. @param {import("@playwright/test").Page} page @param {string} [hash] */
export async function open(page, hash = "") {
  await page.goto(`./${hash}`);
  await expect(clock(page)).toBeVisible();
}

export const clock = (page) => page.locator("playground-transport .clock");
export const caption = (page) => page.locator("playground-caption .text");
export const server = (page, name) => page.getByRole("button", { name: new RegExp(`^${name} `) });
export const servers = (page) => page.getByRole("button", { name: /^n\d+ / });
export const leaders = (page) => page.getByRole("button", { name: /^n\d+ .*, Leader/ });
export const client = (page, outcome) =>
  page.getByRole("button", { name: new RegExp(`^client c1 \\w+ ${outcome}`) });
export const item = (page, name) => page.getByRole("menuitem", { name });
export const key = (page, name) =>
  page.getByRole("group", { name: "Playback" }).getByRole("button", { name });

/** Lets time pass until some server leads, then halts. Returns the leader's name. */
export async function lead(page) {
  const more = page.getByRole("button", { name: "More controls" });
  if (await more.isVisible()) await more.click();
  await page.getByLabel("Speed").selectOption("8×");
  if (await more.isVisible()) await more.click();
  const leader = leaders(page);
  await expect(leader).toBeVisible({ timeout: 30_000 });
  await halt(page);
  return (await leader.getAttribute("aria-label")).slice(0, 2);
}

/** Lets time pass. */
export async function play(page) {
  const button = key(page, /^Play/);
  if (await button.isVisible()) await button.click();
}

/** Halts time. */
export async function halt(page) {
  // Not by its button: the story may halt by itself at any moment.
  await page.evaluate(() => document.querySelector("consensus-app").player.halt());
  await expect(key(page, /^Play/)).toBeVisible();
  await page.waitForTimeout(100); // for the last picture that was under way
}

/** Chooses from the menu of a server, a client or the network. */
export async function choose(page, target, name) {
  await target.click();
  await item(page, name).click();
}

/** All that the engine says at the cursor, in short: equal texts mean the same moment of the same run. */
export function frameText(page) {
  return page.evaluate(async () => {
    const app = document.querySelector("consensus-app");
    const frame = await app.engine.do("frame");
    // Whether there is a story to go back to is of the visit, not of the run: a link carries no branches.
    const bytes = new TextEncoder().encode(JSON.stringify({ ...frame, storyWaits: undefined }));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return `${frame.at} ${frame.position} ${await app.engine.do("fingerprint")} ${digest.join(" ")}`;
  });
}
