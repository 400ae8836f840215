import { open } from "./cluster.js";
import { expect, test } from "./playground.js";

/** All that can be read on the page, in its title and its address. Runs in the page. */
function everything() {
  const parts = (node) => [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes];
  const read = (node) =>
    node.nodeType === Node.TEXT_NODE
      ? node.data
      : [node.title ?? "", node.ariaLabel ?? "", ...parts(node).map(read)].join(" ");
  return [read(document.documentElement), document.title, location.href].join(" ");
}

test("a rule that is off by chance is spotted, and nothing gives it away before", async ({ page }) => {
  await open(page);
  await page.getByLabel("Lesson").selectOption("spot");
  const box = page.getByRole("region", { name: "Spot the rule" });
  await expect(box.getByText("One rule is off in this run. Which?")).toBeVisible({ timeout: 45_000 });
  await expect(box.getByRole("listitem")).toHaveCount(4);
  const off = await page.evaluate(() => document.querySelector("consensus-app").spot.told.off);
  await page.evaluate(() => document.querySelector("consensus-app").player.setSpeed(50));
  await page.getByRole("tab", { name: "Events" }).click();
  await expect
    .poll(() => page.evaluate(() => document.querySelector("consensus-app").player.playing), {
      timeout: 30_000,
    })
    .toBe(false);
  const before = await page.evaluate(everything);
  expect(before.split(off.words).length - 1, "only among the choices").toBe(1);
  expect(before).not.toContain(off.key);
  expect(before).not.toContain(off.whenOff);
  expect(await page.title()).toContain("a rule is off");
  await page.getByRole("button", { name: "Share" }).click();
  await expect(page.getByRole("alert")).toContainText("give the rule away");
  await page.getByRole("button", { name: "Close this message" }).click();

  const wrong = (await box.getByRole("listitem").allTextContents()).find(
    (words) => !words.includes(off.words),
  );
  await box.getByRole("button", { name: wrong.trim() }).click();
  await expect(box.getByRole("status")).toContainText("Not that one.");
  await expect(box.getByRole("status")).toContainText(off.whenOff);
  await expect(box.getByRole("status")).toContainText("broken.");
  await expect(page.getByText(`Off in this run: ${off.words}`)).toBeVisible();

  await box.getByRole("button", { name: "Show it breaking" }).click();
  const broken = () =>
    page.evaluate(() => document.querySelector("consensus-app").player.frame.checks.broken.length);
  await page.evaluate(() => document.querySelector("consensus-app").player.setSpeed(50));
  await expect.poll(broken, { timeout: 30_000 }).toBeGreaterThan(0);

  await box.getByRole("button", { name: "Another" }).click();
  await expect(box.getByText("One rule is off in this run. Which?")).toBeVisible({ timeout: 45_000 });
  const next = await page.evaluate(() => document.querySelector("consensus-app").spot.told.off);
  expect(next.key).not.toBe(off.key);
  await box.getByRole("button", { name: next.words }).click();
  await expect(box.getByRole("status")).toContainText("Right.");
});
