import { readFileSync } from "node:fs";
import { loadEngine } from "../../scripts/engine.mjs";
import { open, clock as single } from "./cluster.js";
import { expect, test } from "./playground.js";

const axe = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const lesson = (name) => readFileSync(new URL(`../../www/lessons/${name}.scenario`, import.meta.url), "utf8");
const LESSON = lesson("same-failure-three-protocols-the-entry-lives-on");
/** A comparison with nothing to tell. */
const TEXT = `consensus 1
title "The leader dies, and its entry with it"
protocol raft
beside multi-paxos zab
servers 5
clients 2

until leader within 5s
submit c1 -> leader set x=1
until c1.last == ok within 3s
run 150ms
hold messages leader->follower.2
hold messages leader->follower.3
hold messages leader->follower.4
submit c1 -> leader set x=2
run 100ms
crash leader
crash follower.1
submit c2 set y=1
until leader within 5s
until c2.last == ok within 5s
restart last-crashed
run 600ms
`;

const view = (page) => page.getByRole("main", { name: "Side by side" });
const told = (page) => page.locator("playground-beside .caption");
const clock = (page) => page.locator("playground-beside .clock");
const sentence = (page) => page.locator("playground-beside .said").getByRole("status");
const playhead = (page) => view(page).getByRole("slider");
const at = async (page) => Number(await playhead(page).getAttribute("aria-valuenow"));

/** What the engine itself says of a scenario. */
async function compared(text) {
  const { Beside } = await loadEngine("search");
  const beside = Beside.fromText(text);
  return { comparison: beside.comparison(), link: beside.link() };
}

test("by one click a newcomer sees three protocols in the same failure, and comes back", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Side by side" }).click();
  const { comparison } = await compared(LESSON);
  await expect(told(page)).toHaveText(comparison.story.steps[0].text, { timeout: 30_000 });
  await expect.poll(() => at(page)).toBeGreaterThan(1_000); // it plays by itself
  await expect(view(page).getByRole("combobox", { name: "Scenario" }).locator("option")).toHaveCount(2);
  await view(page).getByRole("tab", { name: "Compared" }).click();
  await expect(view(page).getByRole("tabpanel")).toContainText(comparison.sentence);
  for (const { name } of comparison.sides) {
    await expect(view(page).getByRole("heading", { name, exact: true })).toBeVisible();
    await expect(view(page).getByRole("img", { name: new RegExp(`^${name}: n1 `) })).toBeVisible();
  }
  const row = (name) => view(page).getByRole("row", { name, exact: true });
  for (const { name, values } of comparison.counters)
    await expect(row([name, ...values].join(" "))).toBeVisible();
  await expect(row("an era of leadership term ballot epoch")).toBeVisible();
  await expect(page.locator("playground-stage")).toBeHidden();
  await page.getByRole("button", { name: "Back to one protocol" }).click();
  await expect(single(page)).toBeVisible();
  await expect(page.getByRole("button", { name: "Side by side" })).toBeFocused();
});

test("a link holds the comparison: it opens, plays, and goes to the first difference", async ({ page }) => {
  const { comparison, link } = await compared(TEXT);
  await page.goto(`./#${link}`);
  await expect(sentence(page)).toHaveText(comparison.sentence, { timeout: 30_000 });
  await expect(clock(page)).toHaveText("0 ms");
  await view(page).getByRole("button", { name: "Play", exact: true }).click();
  await expect.poll(() => at(page)).toBeGreaterThan(50_000);
  await view(page).getByRole("button", { name: "Pause" }).click();
  const stood = await at(page);
  await page.waitForTimeout(150);
  expect(await at(page)).toBe(stood);

  await view(page)
    .getByRole("button", { name: /^First difference/ })
    .click();
  await expect.poll(() => at(page)).toBe(comparison.difference.at);
  await expect(view(page)).toContainText(comparison.difference.text);
  const { Run } = await loadEngine("search");
  const opensAt = () => Run.fromLink(page.url().split("#")[1]).info().openAt?.at;
  await expect.poll(opensAt).toBe(comparison.difference.at);
  const here = page.url();
  await page.goto("about:blank");
  await page.goto(here);
  await expect(sentence(page)).toHaveText(comparison.sentence, { timeout: 30_000 });
  await expect.poll(() => at(page)).toBe(comparison.difference.at);
});

test("its link is copied, and what is beside is chosen", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { comparison, link } = await compared(TEXT);
  await page.goto(`./#${link}`);
  await expect(sentence(page)).toHaveText(comparison.sentence, { timeout: 30_000 });
  const boxes = view(page).getByRole("checkbox");
  await expect(boxes).toHaveCount(3);
  await expect(view(page).getByRole("checkbox", { checked: false })).toBeDisabled(); // two are enough
  await view(page).getByRole("checkbox", { name: "ZAB" }).uncheck();
  await expect(sentence(page)).not.toContainText("ZAB", { timeout: 30_000 });
  await expect(view(page).getByRole("checkbox", { name: "Multi-Paxos" })).toBeDisabled(); // one has to be
  await view(page).getByRole("button", { name: "Copy link" }).click();
  await expect(view(page).getByRole("button", { name: "Copied." })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const { Beside } = await loadEngine("search");
  const { Run } = await loadEngine("search");
  const text = Run.fromLink(copied.split("#")[1]).text();
  expect(text).toContain("\nbeside multi-paxos\n");
  const { sides } = Beside.fromText(text).comparison();
  expect(sides.map(({ key }) => key)).toEqual(["raft", "multi-paxos"]);
});

test("by keyboard: play, milestones, the ends, and back", async ({ page }) => {
  const { comparison, link } = await compared(TEXT);
  await page.goto(`./#${link}`);
  await expect(sentence(page)).toHaveText(comparison.sentence, { timeout: 30_000 });
  await playhead(page).focus();
  const [first] = comparison.faults;
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => at(page)).toBe(first.at);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => at(page)).toBe(comparison.sides[0].gaps[0].lost);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => at(page)).toBe(first.at);
  await page.keyboard.press(".");
  await expect.poll(() => at(page)).toBe(first.at + 5_000);
  await page.keyboard.press("End");
  await expect.poll(() => at(page)).toBe(comparison.until);
  await page.keyboard.press("Home");
  await page.keyboard.press("Space");
  await expect(view(page).getByRole("button", { name: "Pause" })).toBeVisible();
  await page.keyboard.press("Space");
  await expect(view(page).getByRole("button", { name: "Play", exact: true })).toBeVisible();
  const before = page.url();
  await page.keyboard.press("Escape");
  await expect(view(page)).toBeHidden();
  await expect(single(page)).toBeVisible();
  await expect.poll(() => page.url()).not.toBe(before); // the address follows a moment later
  await page.reload();
  await expect(single(page)).toBeVisible(); // what it went back to is no comparison any more
  await expect(view(page)).toBeHidden();
});

test("the pointer moves the one playhead of all bands", async ({ page }) => {
  const { comparison, link } = await compared(TEXT);
  await page.goto(`./#${link}`);
  await expect(sentence(page)).toHaveText(comparison.sentence, { timeout: 30_000 });
  const { x, y, width, height } = await playhead(page).boundingBox();
  await page.mouse.move(x + width * 0.25, y + height * 0.3);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.5, y + height * 0.8);
  await page.mouse.up();
  const away = async () => Math.abs((await at(page)) - comparison.until / 2);
  await expect.poll(away).toBeLessThan(comparison.until * 0.01);
});

test("a reader's own run is laid beside others as it stands", async ({ page }) => {
  const text = "consensus 1\nprotocol zab\n\nuntil leader within 5s\ncrash leader\nrun 1s\n";
  await page.goto(`./#text=${encodeURIComponent(text)}`);
  await expect(single(page)).toBeVisible();
  await page.getByRole("button", { name: "Side by side" }).click();
  const { comparison } = await compared(text.replace("zab\n", "zab\nbeside raft multi-paxos\n"));
  await expect(sentence(page)).toHaveText(comparison.sentence, { timeout: 30_000 });
});

/** Lets time pass eight times as fast until the story waits. */
async function toNextPause(page) {
  await page.evaluate(() => {
    const { view } = document.querySelector("consensus-app").beside;
    view.clock.speed = 8;
  });
  const waits = () =>
    page.evaluate(() => {
      const { view } = document.querySelector("consensus-app").beside;
      return view.telling.pause !== null || view.telling.over;
    });
  await expect.poll(waits, { timeout: 20_000 }).toBe(true);
}

test("a lesson of three protocols is opened from the course, asks, and is decided by the runs", async ({
  page,
}) => {
  test.setTimeout(90_000);
  const { comparison } = await compared(LESSON);
  const { steps } = comparison.story;
  await open(page);
  await page.getByLabel("Lesson").selectOption({ label: `43. ${comparison.title}` });
  await expect(told(page)).toHaveText(steps[0].text, { timeout: 30_000 });
  const panel = view(page).getByRole("tabpanel");
  const captions = new Set();
  let asked = 0;
  for (let n = 0; n < 20; n += 1) {
    await toNextPause(page);
    captions.add(await told(page).textContent());
    if (await page.locator("playground-beside .said > p[role]:not(.caption)").count()) break;
    expect(await sentence(page).count()).toBe(1); // what it comes to is not told before
    const asks = await page.evaluate(
      () => document.querySelector("consensus-app").beside.view.telling.pause.kind,
    );
    if (asks === "ask") {
      // The first answer is the common belief, or happens to be right: the runs say which.
      const step = steps.filter(({ kind }) => kind === "ask")[asked];
      await expect(told(page)).toHaveText(step.text);
      await panel.getByRole("button", { name: step.answers[0].text, exact: true }).click();
      await toNextPause(page);
      const right = step.answers[step.decided.right].text;
      await expect(panel.locator("li", { hasText: right }).locator(".tag").last()).toContainText(
        "this came true",
      );
      asked += 1;
      captions.add(await told(page).textContent());
    }
    if (await page.evaluate(() => document.querySelector("consensus-app").beside.view.telling.over)) break;
    await page.locator("playground-beside .said .on button").click();
  }
  expect(asked).toBe(3);
  for (const { kind, text } of steps.slice(1)) if (kind !== "stop") expect([...captions]).toContain(text);
  await expect(sentence(page).last()).toHaveText(comparison.sentence);
  // Any step can be gone back to, and what was seen stays in sight.
  await panel.getByRole("button", { name: new RegExp(steps[1].text.slice(0, 30)) }).click();
  await expect.poll(() => at(page)).toBe(steps[1].at);
  await expect(told(page)).toHaveText(steps[1].text);
  expect(await page.evaluate(() => document.querySelector("consensus-app").beside.view.telling.seen)).toBe(
    comparison.until,
  );
});

test("a story gives nothing away: keys stop where it waits, and what is to come is hidden", async ({
  page,
}) => {
  const { comparison, link } = await compared(LESSON);
  const { steps } = comparison.story;
  await page.goto(`./#${link}`);
  await expect(told(page)).toHaveText(steps[0].text, { timeout: 30_000 });
  await page.keyboard.press("End");
  expect(await at(page)).toBe(0);
  await expect(view(page).getByRole("button", { name: /^First difference/ })).toHaveCount(0);
  await playhead(page).focus();
  for (let n = 0; n < 40; n += 1) await page.keyboard.press("ArrowRight");
  await expect(view(page).getByRole("button", { name: /^First difference/ })).toBeVisible();
  await expect.poll(() => at(page)).toBe(comparison.until);
  await page.keyboard.press("Home");
  await expect(told(page)).toHaveText(steps[0].text);
  await page.keyboard.press("3"); // one server, in all of them
  await expect(page.locator("playground-beside .looked")).toHaveCount(6); // on each ring and in each log
  await page.keyboard.press("0");
  await expect(page.locator("playground-beside .looked")).toHaveCount(0);
});

test("a link to a question opens at the question", async ({ page }) => {
  const { comparison, link } = await compared(LESSON);
  const { steps } = comparison.story;
  const question = steps.find(({ kind }) => kind === "ask");
  await page.goto(`./#${link}`);
  await expect(told(page)).toHaveText(steps[0].text, { timeout: 30_000 });
  const number = steps.filter(({ kind }) => kind !== "stop").indexOf(question) + 1;
  await view(page)
    .getByRole("button", { name: `Step ${number}`, exact: true })
    .click();
  await expect(told(page)).toHaveText(question.text);
  const { Run } = await loadEngine("search");
  const passed = () => /past (\d+)/.exec(Run.fromLink(page.url().split("#")[1]).text())?.[1] ?? "0";
  const before = steps.filter(
    ({ kind, at, line }) => kind === "stop" && at === question.at && line < question.line,
  );
  await expect.poll(() => Run.fromLink(page.url().split("#")[1]).info().openAt?.at).toBe(question.at);
  expect(passed()).toBe(String(before.length));
  await page.reload();
  await expect(told(page)).toHaveText(question.text, { timeout: 30_000 });
});

test("on a phone the answers stand below the question, within reach of a thumb", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  const { comparison, link } = await compared(LESSON);
  const question = comparison.story.steps.find(({ kind }) => kind === "ask");
  await page.goto(`./#${link}`);
  await expect(told(page)).toBeVisible({ timeout: 30_000 });
  await page.evaluate(
    (line) => document.querySelector("consensus-app").beside.view.journey.turnTo(line),
    question.line,
  );
  await expect(told(page)).toHaveText(question.text);
  const answer = page
    .locator("playground-beside .choices")
    .getByRole("button", { name: question.answers[1].text });
  await expect(answer).toBeInViewport();
  expect((await answer.boundingBox()).height).toBeGreaterThanOrEqual(28);
  await answer.click();
  await expect(view(page).getByRole("button", { name: "Pause" })).toBeVisible();
});

for (const [width, height, scheme] of [
  [1440, 900, "light"],
  [1024, 700, "dark"],
  [390, 800, "light"],
])
  test(`nothing stands in anybody's way at ${width}x${height} in ${scheme}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    const { comparison, link } = await compared(LESSON);
    await page.goto(`./#${link}`);
    await expect(told(page)).toHaveText(comparison.story.steps[0].text, { timeout: 30_000 });
    const { line } = comparison.story.steps.find(({ kind }) => kind === "ask");
    await page.evaluate(
      (line) => document.querySelector("consensus-app").beside.view.journey.turnTo(line),
      line,
    );
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.flat().join(" "))}`,
      );
    });
    expect(found).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(width);
  });
