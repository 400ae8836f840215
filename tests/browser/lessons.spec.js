import { open } from "./cluster.js";
import { expect, test } from "./playground.js";

/** More moments than any lesson has. */
const MOST = 400;

for (const half of [0, 1]) {
  test(`lessons play to their end, and each answer is decided: half ${half + 1} of 2`, async ({ page }) => {
    await open(page);
    const picker = page.getByLabel("Lesson");
    const count = await picker.locator("option").count();
    expect(count).toBeGreaterThan(20);
    for (let index = 1 + half; index < count; index += 2) {
      await picker.selectOption({ index });
      const title = await picker.locator("option").nth(index).textContent();
      await expect
        .poll(() => page.evaluate(() => document.querySelector("consensus-app").player.info.title))
        .toBe(title.replace(/^\d+\. /, ""));
      const end = await page.evaluate(stepThrough, MOST);
      expect(end, title).toEqual({ done: true, failures: [], undecided: [], notice: "" });
    }
  });
}

/** Goes on moment by moment, as the right arrow does, to the script's last line. Runs in the page. */
async function stepThrough(most) {
  const app = document.querySelector("consensus-app");
  const questions = new Map();
  for (let n = 0; n < most && !app.player.frame.scriptDone; n++) {
    const { position } = app.player.frame;
    await app.move("next");
    if (app.player.frame.position === position) await app.player.go(["proceed", []]); // a stop at the very end
    const { frame } = app.player;
    if (frame.question) questions.set(frame.question.line, frame.question.right);
  }
  const undecided = [...questions].filter(([, right]) => right === null).map(([line]) => line);
  const { scriptDone: done, failures } = app.player.frame;
  return { done, failures, undecided, notice: app.notice };
}
