// The built page's engine, in its worker, plays in this browser as the native engine does.

import { generated, golden, sumOf, written } from "../unit/records.js";
import { open } from "./cluster.js";
import { expect, test } from "./playground.js";

/** More at once would make one answer of the page too large. */
const AT_ONCE = 20;

/** Plays scenarios beside the one on the stage. @param {import("@playwright/test").Page} page */
async function playAll(page, scenarios) {
  const played = [];
  for (let n = 0; n < scenarios.length; n += AT_ONCE) {
    const asked = scenarios.slice(n, n + AT_ONCE).map(({ source, events }) => ({ source, events }));
    played.push(...(await page.evaluate(playHere, asked)));
  }
  return scenarios.map(({ name }, n) => ({ name, ...played[n] }));
}

/** Runs in the page. */
async function playHere(scenarios) {
  const BESIDE = 77; // any number but that of the run on the stage
  const { host } = document.querySelector("consensus-app").engine;
  const played = [];
  for (const { source, events } of scenarios) {
    const asked = [
      source,
      ["differs"],
      ["seek", [events]],
      ["lines", [0, events]],
      ["fingerprint"],
      ["free"],
    ];
    const [, differs, , lines, fingerprint] = await host.call(BESIDE, asked);
    played.push({ differs: differs ?? "", lines: lines.map((line) => line.trimEnd()), fingerprint });
  }
  return played;
}

// Hundreds of runs: more work than other tests do.
test.setTimeout(300_000);

for (const [what, records] of [
  ["generated scenarios", generated()],
  ["lessons and killers", written()],
]) {
  test(`${what} play as they do natively`, async ({ page }) => {
    await open(page);
    const found = (await playAll(page, records)).map(({ name, differs, lines, fingerprint }) => ({
      name,
      summary: `${fingerprint} ${lines.length} ${sumOf(lines)}`,
      differs,
    }));
    expect(found).toEqual(records.map(({ name, summary }) => ({ name, summary, differs: "" })));
  });
}

test("the golden runs leave the traces that are on record, line by line", async ({ page }) => {
  await open(page);
  const records = golden().map((record) => ({ ...record, events: record.trace.length }));
  for (const { name, lines, fingerprint } of await playAll(page, records)) {
    const wanted = records.find((record) => record.name === name);
    expect(lines, name).toEqual(wanted.trace);
    expect(fingerprint, name).toBe(wanted.fingerprint);
  }
});
