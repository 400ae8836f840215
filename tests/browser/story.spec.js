import { caption, choose, client, clock, key, leaders, open, play, server } from "./cluster.js";
import { expect, test } from "./playground.js";

/** Screen time from the first event to the first thing that the page asks of its reader, in milliseconds. */
const MOST_SCREEN_MS = 12_000;

/** On a busy machine a run takes its time. */
const LONG = { timeout: 60_000 };

const story = (page) => page.getByRole("tabpanel", { name: "Story" });
const button = (page, name) => story(page).getByRole("button", { name, exact: true });
const back = (page) => page.getByRole("button", { name: "Back to the story" });

/** Opens the first minute and lets it play, fast, to what it asks first. */
async function begin(page) {
  await open(page);
  await page.getByLabel("Speed").selectOption("8×");
  await expect(button(page, "Crash n1")).toBeVisible(LONG);
}

async function lesson(page, title) {
  await open(page);
  await page.getByLabel("Speed").selectOption("8×");
  const picker = page.getByLabel("Lesson");
  const option = picker.locator("option", { hasText: title });
  await picker.selectOption(await option.getAttribute("value"));
  const opened = () => page.evaluate(() => document.querySelector("consensus-app").player.info?.title);
  await expect.poll(opened).toContain(title); // until then the steps are those of the story before
  await expect(story(page).getByText(/^1 of \d+$/)).toBeVisible();
}

test("the first minute elects, commits and answers in twelve seconds, and then asks", async ({ page }) => {
  await begin(page);
  await expect(caption(page)).toHaveText("n1 leads. What if it dies?");
  await expect(server(page, "n1")).toHaveAccessibleName(/Leader/);
  await expect(client(page, "set x=1: OK")).toBeVisible();
  await expect(key(page, /^Play/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Crash n1" })).toHaveCount(1);
  await expect(page.locator("playground-rows").getByText("crash leader")).toBeHidden();
  const took = await page.evaluate(() => {
    const { pacing, at } = document.querySelector("consensus-app").player;
    let [screen, now] = [0, 0];
    for (; now < at; screen += 16) now = Math.max(now + 1, pacing.advance(now, 16));
    return screen;
  });
  expect(took).toBeGreaterThan(1_000);
  expect(took).toBeLessThanOrEqual(MOST_SCREEN_MS);
});

for (const way of ["mouse", "keyboard"]) {
  test(`the first minute's four invitations are accepted by ${way}`, async ({ page }) => {
    const accept = async (name) => {
      await expect(button(page, name)).toBeVisible(LONG);
      if (way === "mouse") return button(page, name).click();
      await button(page, name).focus();
      await page.keyboard.press("Enter");
    };
    await begin(page);
    await accept("Crash n1");
    await expect(server(page, "n1")).toHaveAccessibleName(/down/);
    await accept("Next");
    await accept("Cut n3 off");
    await expect(button(page, "Step back")).toBeVisible(LONG);
    await expect(leaders(page)).toHaveCount(2);
    const stood = await clock(page).textContent();
    await accept("Step back");
    await expect(clock(page)).not.toHaveText(stood);
    await play(page);
    await accept("Switch the rule off");
    await expect(page.getByText(/^Off in this run: A server .*vote/)).toBeVisible();
    await expect(caption(page)).toContainText("is broken", LONG);
    await expect(leaders(page)).toHaveCount(2);
    await back(page).click();
    await expect(page.getByText("Off in this run")).toBeHidden();
    await expect(page.getByText(/✓ \d+ of \d+/)).toBeVisible();
    await play(page);
    await expect(caption(page)).toContainText("The rest is yours", LONG);
    await accept("Let it run");
    await expect(key(page, /^Halt/)).toBeVisible();
  });
}

test("who ignores an invitation plays freely, and can come back to it", async ({ page }) => {
  await begin(page);
  await play(page);
  await expect(back(page)).toBeVisible();
  await expect(button(page, "Crash n1")).toBeHidden();
  await expect(page.getByRole("button", { name: "Crash n1" })).toHaveCount(0);
  await choose(page, server(page, "n2"), /^Pause/);
  await expect(server(page, "n2")).toHaveAccessibleName(/paused/);
  await back(page).click();
  await expect(button(page, "Crash n1")).toBeVisible();
  await expect(server(page, "n2")).not.toHaveAccessibleName(/paused/);
});

test("every other protocol has a first minute too", async ({ page }) => {
  await begin(page);
  const protocols = page.getByRole("group", { name: "Protocol" });
  const names = (await protocols.getByRole("button", { pressed: false }).allTextContents()).map((name) =>
    name.trim(),
  );
  const others = names.filter((name) => name !== "Side by side");
  expect(others.length).toBeGreaterThan(1);
  for (const name of others) {
    await protocols.getByRole("button", { name, exact: true }).click();
    await expect(protocols.getByRole("button", { pressed: true })).toContainText(name);
    await expect(story(page).getByRole("button", { name: /^Crash n\d$/ })).toBeVisible(LONG);
    await expect(caption(page)).toContainText(/What if (n\d|it) dies\?/);
  }
});

test("a lesson is read step by step, answered, and told how the run decided", async ({ page }) => {
  await lesson(page, "Two majorities always meet");
  await button(page, "Next").click();
  await expect(story(page).getByText(/^2 of \d+$/)).toBeVisible(LONG);
  await button(page, "Next").click();
  await expect(story(page).getByText(/^3 of \d+$/)).toBeVisible(LONG);
  await button(page, "Yes: it has given its vote of term 1 to nobody").click();
  await expect(story(page).getByText("Well seen.")).toBeVisible(LONG);
  await expect(story(page).getByText("your answer: this came true")).toBeVisible();
});

test("any step of a lesson is a jump, forward and back", async ({ page }) => {
  await lesson(page, "Two majorities always meet");
  await button(page, "Step 8").click();
  await expect(story(page).getByText(/^8 of \d+$/)).toBeVisible(LONG);
  await expect(server(page, "n1")).toHaveAccessibleName(/down/);
  await story(page)
    .getByRole("button", { name: /^2 n1 is elected/ })
    .click();
  await expect(story(page).getByText(/^2 of \d+$/)).toBeVisible(LONG);
  await expect(server(page, "n1")).toHaveAccessibleName(/Leader/);
});

test("who touches a lesson leaves it, and finds it where it was", async ({ page }) => {
  await lesson(page, "Two majorities always meet");
  await button(page, "Step 7").click();
  await expect(story(page).getByText(/^7 of \d+$/)).toBeVisible(LONG);
  await choose(page, server(page, "n5"), /^Crash/);
  await expect(story(page).getByText("The story waits at step 7.")).toBeVisible();
  await page.getByRole("tab", { name: "Rules" }).click();
  await back(page).click();
  await expect(server(page, "n5")).not.toHaveAccessibleName(/down/);
  await page.getByRole("tab", { name: "Story" }).click();
  await expect(story(page).getByText(/^7 of \d+$/)).toBeVisible(LONG);
  await expect(button(page, "Next")).toBeVisible();
});

test("a question whose answers are servers is answered on the picture", async ({ page }) => {
  await lesson(page, "A split vote elects nobody");
  await button(page, "Step 4").click();
  await expect(story(page).getByText("or click the server that you mean")).toBeVisible(LONG);
  await server(page, "n2").click();
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect(story(page).getByText("your answer", { exact: false })).toBeVisible(LONG);
  await expect(story(page).getByText("A good guess, but the run went another way.")).toBeVisible();
  await server(page, "n2").click();
  await expect(page.getByRole("menu")).toBeVisible();
});

test("a link opens at the step that was read, or on the way of one who left", async ({ page, context }) => {
  const linkOf = (reader) =>
    reader.evaluate(() => document.querySelector("consensus-app").engine.do("link", true));
  await lesson(page, "Two majorities always meet");
  await button(page, "Step 7").click();
  await expect(story(page).getByText(/^7 of \d+$/)).toBeVisible(LONG);
  const other = await context.newPage();
  await open(other, `#${await linkOf(page)}`);
  await expect(story(other).getByText(/^7 of \d+$/)).toBeVisible(LONG);
  await expect(button(other, "Next")).toBeVisible();
  await choose(page, server(page, "n5"), /^Crash/);
  const third = await context.newPage();
  await open(third, `#${await linkOf(page)}`);
  await expect(story(third).getByText(/It left the story at step 7\./)).toBeVisible(LONG);
  await expect(server(third, "n5")).toHaveAccessibleName(/down/);
  await expect(back(third)).toHaveCount(0);
});

test("the picker says what is shown", async ({ page }) => {
  const shown = () => page.getByLabel("Lesson").evaluate((select) => select.selectedOptions[0].textContent);
  await begin(page);
  expect(await shown()).toBe("The first minute");
  await play(page); // past the invitation
  await expect.poll(shown).toBe("Free play");
  await back(page).click();
  await expect.poll(shown).toBe("The first minute");
  await page.getByLabel("Number of servers").selectOption("5");
  await expect.poll(shown).toBe("Free play");
});

test("with autoplay a lesson goes on by itself", async ({ page }) => {
  await lesson(page, "A split vote elects nobody");
  await story(page).getByLabel("Autoplay").check();
  await expect(story(page).getByText(/^2 of \d+$/)).toBeVisible(LONG);
  await story(page).getByLabel("Autoplay").uncheck();
});

test("a wrong answer can be run as it is told, and then a promise breaks", async ({ page }) => {
  await lesson(page, "Two majorities always meet");
  await button(page, "Step 6").click();
  await expect(story(page).getByText(/^6 of \d+$/)).toBeVisible(LONG);
  const told = button(page, "Run it as told").first();
  const { height } = await told.boundingBox();
  expect(height).toBeGreaterThanOrEqual(28);
  await told.click();
  await expect(page.getByText(/^Off in this run: A server votes for one candidate/)).toBeVisible(LONG);
  await page.getByLabel("Speed").selectOption("8×");
  await key(page, /^Play|^Halt/).waitFor();
  await play(page);
  await expect(page.getByRole("button", { name: /✕ .* broken/ })).toBeVisible(LONG);
});
