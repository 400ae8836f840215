// The lanes are painted only where they differ from what was painted: that must not be seen.

import { halt, key, lead, open, play, server } from "./cluster.js";
import { expect, test } from "./playground.js";

/** So far may the edge of a line be from what it would be if it had been painted with all others. */
const FAINT = 130;

/**
 * How the lanes on the screen differ from the same lanes painted whole on another canvas: how many pixels do, and the most
 * that a colour of one does.
 */
function difference(page) {
  return page.evaluate(() => {
    const { painting } = document.querySelector("consensus-app").renderRoot.querySelector("playground-rows");
    const { strokes, look, origin } = painting.shown;
    const whole = new painting.constructor(document.createElement("canvas"));
    whole.show(strokes, look, origin);
    const [one, two] = [painting, whole].map(({ canvas }) => {
      const sheet = new OffscreenCanvas(canvas.width, canvas.height);
      const pen = sheet.getContext("2d");
      pen.fillStyle = look.colours.surface;
      pen.fillRect(0, 0, sheet.width, sheet.height);
      pen.drawImage(canvas, 0, 0);
      return pen.getImageData(0, 0, sheet.width, sheet.height).data;
    });
    const far = one.map((value, n) => Math.abs(value - two[n]));
    return {
      inked: two.some((value, n) => value !== two[n % 4]),
      share: far.filter((value) => value > 24).length / far.length,
      most: far.reduce((a, b) => Math.max(a, b)),
    };
  });
}

async function expectWhole(page, when) {
  const { inked, share, most } = await difference(page);
  expect(inked, `${when}: something is painted`).toBe(true);
  expect(share, `${when}: few pixels differ`).toBeLessThan(0.004);
  expect(most, `${when}: none by much`).toBeLessThan(FAINT);
}

/** Counts how the lanes are painted from now on: in parts, or whole. */
async function counted(page) {
  await page.evaluate(() => {
    const { painting } = document.querySelector("consensus-app").renderRoot.querySelector("playground-rows");
    const { partsOf } = painting;
    window.paintings = { parts: 0, whole: 0 };
    painting.partsOf = function (...args) {
      const parts = partsOf.apply(this, args);
      window.paintings[parts ? "parts" : "whole"] += 1;
      return parts;
    };
  });
}

for (const [name, viewport] of [
  ["on a screen", { width: 1280, height: 800 }],
  ["on a phone", { width: 390, height: 800 }],
])
  test(`${name} the lanes look as if they were painted whole, whatever happens`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await open(page);
    await lead(page);
    await counted(page);
    await page.evaluate(() => document.querySelector("consensus-app").player.setSpeed(0.5));
    await play(page);
    for (let look = 1; look <= 4; look += 1) {
      await page.waitForTimeout(700);
      await expectWhole(page, `after a while ${look}`);
    }
    const { parts, whole } = await page.evaluate(() => window.paintings);
    expect(parts, "most pictures are painted in parts").toBeGreaterThan(3 * whole);
    await halt(page);
    await page.keyboard.press("2");
    await expectWhole(page, "through a server's eyes");
    await page.emulateMedia({ colorScheme: "dark" });
    await expectWhole(page, "in the dark");
    await page.setViewportSize({ width: viewport.width - 40, height: viewport.height });
    await page.waitForTimeout(300);
    await expectWhole(page, "in a smaller window");
    await key(page, /^Previous/).click();
    await expectWhole(page, "a moment earlier");
  });

test("the lanes under the pointer, nearer, and in steps look as if they were painted whole", async ({
  page,
}) => {
  await open(page);
  await lead(page);
  await server(page, "n3").press("Enter");
  await page.getByRole("menuitem", { name: /^Crash/ }).click();
  await page.waitForTimeout(500);
  const lanes = page.locator("playground-rows .lanes");
  for (const x of [60, 160, 260]) {
    await lanes.hover({ position: { x, y: 60 } });
    await expectWhole(page, `with the pointer at ${x}`);
  }
  await page.getByRole("button", { name: "Show less time" }).click();
  await page.waitForTimeout(200);
  await expectWhole(page, "nearer");
  await page.evaluate(() => document.querySelector("consensus-app").player.setScale("steps"));
  await page.waitForTimeout(200);
  await expectWhole(page, "in steps");
  await key(page, /^Previous/).click();
  await page.waitForTimeout(200);
  await expectWhole(page, "a step earlier");
});
