import { open } from "./cluster.js";
import { expect, test } from "./playground.js";

/** So many pictures after a click something has to have come of it. */
const MOST = 600;
/** So fast that a moment takes no longer than its picture. */
const FAST = 1_000;
/** Every day one in five lessons is read, the last of them among them; `CAMPAIGN=full` reads all. */
const EVERY = process.env.CAMPAIGN === "full" ? 1 : 5;

for (const half of [0, 1]) {
  test(`lessons are read to their end, step by step, and each answer is decided: half ${half + 1} of 2`, async ({
    page,
  }) => {
    test.setTimeout(180_000);
    await open(page);
    const picker = page.getByLabel("Lesson");
    const count = await picker.locator("option:not([hidden]):not([value=spot])").count();
    expect(count).toBeGreaterThan(20);
    for (let index = count - 1 - half * EVERY; index > 0; index -= 2 * EVERY) {
      await picker.selectOption({ index });
      const name = await picker.locator("option").nth(index).textContent();
      const shown = () => page.evaluate(() => document.querySelector("consensus-app").player.info.title);
      await expect.poll(shown).toBe(name.replace(/^\d+\. /, ""));
      if (await page.evaluate(isSideBySide)) continue; // told elsewhere: see beside.spec.js
      const read = await page.evaluate(readThrough, { most: MOST, fast: FAST });
      expect(read, name).toEqual({ done: true, failures: [], undecided: [], notice: "", clipped: [] });
      expect(await picker.evaluate((select) => select.selectedOptions[0].textContent)).toBe(name);
    }
  });
}

/** Whether the story is that of several protocols. Runs in the page. */
function isSideBySide() {
  return document.querySelector("consensus-app").player.info.beside.length > 0;
}

/** Goes on from step to step by the story's own button, to the script's last line. Runs in the page. */
async function readThrough({ most, fast }) {
  const app = document.querySelector("consensus-app");
  const { player } = app;
  const panel = () => app.renderRoot.querySelector("playground-panel").renderRoot;
  const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const questions = new Map();
  const clipped = new Set();
  player.setSpeed(fast);
  let clicked = "";
  for (let idle = 0; idle < most && !player.frame?.scriptDone; idle += 1) {
    await drawn();
    if (!player.frame) continue; // the lesson is being opened
    const { question, line, pause } = player.frame;
    if (question) questions.set(question.line, question.right);
    if (player.playing) idle = 0;
    if (player.playing || !pause || `${line} ${app.tab}` === clicked || app.panelView?.frame !== player.frame)
      continue;
    // Where a lesson points at another tab, the button beside the caption goes on, or leads to the question.
    const beside = app.tab === "story" ? null : app.renderRoot.querySelector(".tools .first");
    const button = beside ?? panel().querySelector(".answers .on button");
    if (!button) continue; // the panel is being drawn
    for (const text of cutOff()) clipped.add(text);
    clicked = `${line} ${app.tab}`;
    idle = 0;
    button.click();
  }
  player.halt();
  await drawn();
  for (const text of cutOff()) clipped.add(text);
  const { question, scriptDone: done, failures } = player.frame;
  if (question) questions.set(question.line, question.right);
  const undecided = [...questions].filter(([, right]) => right === null).map(([line]) => line);
  return { done, failures, undecided, notice: app.notice, clipped: [...clipped] };

  /** What of the caption does not stand whole in its place. */
  function cutOff() {
    const box = app.renderRoot.querySelector("playground-caption");
    const outer = box.getBoundingClientRect();
    const texts = [...box.renderRoot.querySelectorAll(".text, .rule")];
    const out = texts.filter((text) => {
      const inner = text.getBoundingClientRect();
      const within =
        inner.left >= outer.left && inner.right <= outer.right && inner.bottom <= outer.bottom + 1;
      return !within || inner.top < outer.top || text.scrollHeight > text.clientHeight + 1;
    });
    return out.map((text) => text.textContent.trim());
  }
}
