// What the headless test of labels reckons with, measured where the fonts are: no word on the stage touches another, a
// server, a client or a message, and none leaves the stage.

import { open } from "./cluster.js";
import { expect, test } from "./playground.js";

const SIZES = [
  [1440, 900],
  [1024, 700],
  [640, 420],
  [390, 800],
];

for (const [width, height] of SIZES) {
  test(`at ${width} × ${height} the words on the stage stand clear as they are drawn`, async ({ page }) => {
    test.slow();
    await page.setViewportSize({ width, height });
    await open(page);
    for (const servers of [3, 5, 7, 9]) {
      await page.getByLabel("Number of servers").selectOption(String(servers));
      await expect
        .poll(() => page.evaluate(() => document.querySelector("consensus-app").player.info?.servers))
        .toBe(servers);
      const seen = await page.evaluate(measure);
      expect(seen.words).toBeGreaterThan(10);
      expect(seen.clashes, `${servers} servers`).toEqual([]);
    }
  });
}

/** Goes through some moments and measures. Runs in the page. */
async function measure() {
  const app = document.querySelector("consensus-app");
  const root = app.stage.renderRoot;
  const boxes = (selector) =>
    [...root.querySelectorAll(selector)].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { name: element.textContent || element.getAttribute("class"), x, y, w: width, h: height };
    });
  const touch = (a, b) =>
    Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x) > 1 &&
    Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y) > 3;
  const clashes = new Set();
  let words = 0;
  app.player.halt();
  for (let n = 0; n < 12; n += 1) {
    await app.move("next");
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const stage = app.stage.getBoundingClientRect();
    const texts = boxes(".role, .note, .op, .label text");
    const things = boxes(".server .body, .client .box, .flight .head, .flight .lost");
    words += texts.length;
    texts.forEach((text, place) => {
      for (const other of [...texts.slice(place + 1), ...things])
        if (touch(text, other)) clashes.add(`${text.name} touches ${other.name}`);
      if (
        text.x < stage.x ||
        text.x + text.w > stage.right ||
        text.y < stage.y ||
        text.y + text.h > stage.bottom
      )
        clashes.add(`${text.name} leaves the stage`);
    });
  }
  return { words, clashes: [...clashes] };
}
