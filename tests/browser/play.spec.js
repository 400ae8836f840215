import {
  caption,
  choose,
  client,
  clock,
  halt,
  item,
  key,
  lead,
  leaders,
  open,
  play,
  server,
  servers,
} from "./cluster.js";
import { expect, test } from "./playground.js";

test("a cluster comes to life by itself: it elects a leader, commits a command and answers", async ({
  page,
}) => {
  await open(page);
  await page.getByLabel("Speed").selectOption("4×");
  await expect(leaders(page)).toBeVisible({ timeout: 30_000 });
  await expect(client(page, "set x=1: OK")).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByRole("row", { name: /^n1/ })).toContainText("x=1");
  await expect(page.getByText(/✓ \d+ of \d+/)).toBeVisible();
});

test("time halts, goes on, and goes back moment by moment", async ({ page }) => {
  await open(page);
  await lead(page);
  const stood = await clock(page).textContent();
  await page.waitForTimeout(300);
  expect(await clock(page).textContent()).toBe(stood);
  await key(page, /^Previous/).click();
  await expect(clock(page)).not.toHaveText(stood);
  await key(page, /^First/).click();
  await expect(clock(page)).toHaveText("0 ms");
  await key(page, /^Last/).click();
  await expect(clock(page)).toHaveText(stood);
});

test("time passes in true proportions where that is wanted", async ({ page }) => {
  await open(page);
  const speed = page.getByRole("combobox", { name: "Speed" });
  await speed.selectOption("even");
  await expect(page.getByText("true proportions").first()).toBeVisible();
  await speed.selectOption("2×");
  await expect(page.getByText("true proportions")).toHaveCount(0);
});

test("the playhead is dragged through the lanes", async ({ page }) => {
  await open(page);
  await lead(page);
  await key(page, /^First/).click();
  await expect(clock(page)).toHaveText("0 ms");
  const lanes = await page.locator("playground-rows .lanes").boundingBox();
  await page.mouse.move(lanes.x + 40, lanes.y + 60);
  await page.mouse.down();
  await page.mouse.move(lanes.x + 80, lanes.y + 60, { steps: 4 });
  await page.mouse.up();
  await expect(clock(page)).toHaveText(/^[1-9]\d? ms|^1\d\d ms/);
});

test("a client submits a command, and it is answered", async ({ page }) => {
  await open(page);
  await lead(page);
  await page.getByRole("textbox", { name: "Command" }).fill("set y=2");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(client(page, "set y=2: OK")).toBeVisible({
    timeout: 30_000,
  });
});

test("a command that makes no sense says so, and the page stays usable", async ({ page }) => {
  await open(page);
  await lead(page);
  await page.getByRole("textbox", { name: "Command" }).fill("sett y=2");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("alert")).toContainText(/sett/);
  await page.getByRole("button", { name: "Close this message" }).click();
  await expect(page.getByRole("alert")).toBeHidden();
  await play(page);
  await expect(key(page, /^Halt/)).toBeVisible();
});

test("the leader crashes, another takes its place, and the first comes back", async ({ page }) => {
  await open(page);
  const leader = await lead(page);
  await choose(page, server(page, leader), /^Crash/);
  await expect(server(page, leader)).toHaveAccessibleName(/down/);
  await expect(caption(page)).toContainText(`${leader} crashes`);
  await play(page);
  const others = page.getByRole("button", { name: new RegExp(`^n[^${leader[1]}] .*, Leader`) });
  await expect(others).toBeVisible({ timeout: 30_000 });
  await halt(page);
  await choose(page, server(page, leader), /^Restart/);
  await expect(server(page, leader)).not.toHaveAccessibleName(/down/);
});

test("the network is cut by dragging across the ring, and healed", async ({ page }) => {
  await open(page);
  await lead(page);
  const stage = await page.locator("playground-stage").boundingBox();
  await page.mouse.move(stage.x + stage.width * 0.12, stage.y + stage.height * 0.3);
  await page.mouse.down();
  await page.mouse.move(stage.x + stage.width * 0.3, stage.y + stage.height - 4, { steps: 5 });
  await page.mouse.up();
  await expect(page.getByText("cut off: n3")).toBeVisible();
  await page.getByRole("button", { name: "Heal" }).click();
  await expect(page.getByText("cut off: n3")).toBeHidden();
});

test("the network is partitioned into groups by a dialog", async ({ page }) => {
  await open(page);
  await lead(page);
  await choose(page, page.getByRole("button", { name: "Network" }), /^Partition into groups/);
  const dialog = page.getByRole("dialog", { name: "Partition the network" });
  await dialog.getByRole("group", { name: "n1" }).getByLabel("B").check();
  await dialog.getByRole("button", { name: "Partition" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("cut off: n1")).toBeVisible();
});

test("an open menu holds time; closing it lets it go on", async ({ page }) => {
  await open(page);
  await play(page);
  await server(page, "n1").click();
  await expect(item(page, /^Crash/)).toBeVisible();
  await page.waitForTimeout(200); // for the last picture that was under way
  const stood = await clock(page).textContent();
  await page.waitForTimeout(400);
  expect(await clock(page).textContent()).toBe(stood);
  await page.keyboard.press("Escape");
  await expect(clock(page)).not.toHaveText(stood);
});

test("acting in the past starts a branch, and the other one is kept", async ({ page }) => {
  await open(page);
  const leader = await lead(page);
  await choose(page, server(page, leader), /^Crash/);
  await key(page, /^Previous/).click();
  await key(page, /^Previous/).click();
  await choose(page, server(page, leader), /^Pause/);
  await expect(server(page, leader)).toHaveAccessibleName(/paused/);
  const branches = page.getByLabel("Branch");
  await expect(branches.locator("option")).toHaveCount(3); // the story is the third
  await branches.selectOption({ index: 1 });
  await key(page, /^Last/).click();
  await expect(branches.locator("option")).toHaveCount(3);
});

test("a message in flight can be dropped", async ({ page }) => {
  await open(page);
  await lead(page);
  const message = page.getByRole("button", { name: /^\w+ from n\d to n\d/ }).first();
  for (let n = 0; n < 20 && !(await message.isVisible()); n++) {
    await key(page, /^Next/).click();
    await page.waitForTimeout(150);
  }
  const name = await message.getAttribute("aria-label");
  await message.focus();
  await page.keyboard.press("Enter");
  await item(page, /^(Drop|Lose)/).click();
  await expect(page.getByRole("button", { name, exact: true })).toBeHidden();
});

test("one to nine servers, and another protocol, are a choice away", async ({ page }) => {
  await open(page);
  for (const count of ["9", "1", "5"]) {
    await page.getByLabel("Number of servers").selectOption(count);
    await expect(servers(page)).toHaveCount(Number(count));
  }
  const protocols = page.getByRole("group", { name: "Protocol" });
  const other = protocols.getByRole("button", { pressed: false }).first();
  const name = await other.textContent();
  await other.click();
  await expect(protocols.getByRole("button", { pressed: true })).toContainText(name.trim());
  await expect(servers(page)).toHaveCount(5);
});

test("a lesson waits for its reader, step by step", async ({ page }) => {
  await open(page);
  await page.getByLabel("Lesson").selectOption({ index: 1 });
  const story = page.getByRole("tabpanel", { name: "Story" });
  await expect(story.getByText(/^1 of \d+$/)).toBeVisible();
  await story.getByRole("button", { name: "Next", exact: true }).click();
  await expect(story.getByText(/^[2-9] of \d+$/)).toBeVisible();
});
