import { clock, halt, lead, leaders, open, servers } from "./cluster.js";
import { expect, test } from "./playground.js";

const tab = (page, name) => page.getByRole("tab", { name });
const cell = (page, from, to) => page.getByRole("button", { name: `${from} to ${to} cut`, exact: true });

test("one direction is cut and mended in the matrix, by keyboard", async ({ page }) => {
  await open(page);
  await lead(page);
  await tab(page, "Network").click();
  await cell(page, "n1", "n2").focus();
  await page.keyboard.press("ArrowRight");
  await expect(cell(page, "n1", "n3")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(cell(page, "n1", "n3")).toHaveAttribute("aria-pressed", "true");
  await expect(cell(page, "n3", "n1")).toHaveAttribute("aria-pressed", "false");
  await page.keyboard.press("Enter");
  await expect(cell(page, "n1", "n3")).toHaveAttribute("aria-pressed", "false");
});

test("a half-deaf leader is a click away, and loss is what was set", async ({ page }) => {
  await open(page);
  const leader = await lead(page);
  await tab(page, "Network").click();
  await page.getByRole("button", { name: `Half-deaf ${leader}` }).click();
  const others = ["n1", "n2", "n3"].filter((name) => name !== leader);
  for (const name of others) {
    await expect(cell(page, name, leader)).toHaveAttribute("aria-pressed", "true");
    await expect(cell(page, leader, name)).toHaveAttribute("aria-pressed", "false");
  }
  await page.getByLabel("lost, %").fill("12.5");
  await page.getByRole("button", { name: "Set", exact: true }).click();
  const loss = () =>
    page.evaluate(
      async () => (await document.querySelector("consensus-app").engine.do("links"))[0].network.loss,
    );
  await expect.poll(loss).toBe(125_000);
  await tab(page, "Rules").click();
  await tab(page, "Network").click();
  await expect(page.getByLabel("lost, %")).toHaveValue("12.5");
});

test("an election is won by hand, from the list alone and by keyboard", async ({ page }) => {
  await open(page);
  await halt(page);
  await page.getByRole("button", { name: "By hand" }).click();
  await expect(clock(page)).toHaveText(/^step /);
  const press = async (name) => {
    const button = page.getByRole("tabpanel").getByRole("button", { name }).first();
    await button.focus();
    await page.keyboard.press("Enter");
  };
  await press(/^Fire .* of n2$/);
  const deliver = /^Deliver .*from n2 to n3/;
  await expect(page.getByRole("button", { name: deliver }).first()).toBeVisible();
  for (let n = 0; n < 8 && !(await leaders(page).isVisible()); n++) {
    const next = page.getByRole("tabpanel").getByRole("button", { name: /^Deliver .*(n2 to n3|n3 to n2)/ });
    if (await next.count()) await press(/^Deliver .*(n2 to n3|n3 to n2)/);
    await page.waitForTimeout(500);
  }
  await expect(leaders(page)).toHaveAccessibleName(/^n2 /);
  await expect(servers(page)).toHaveCount(3);
});

test("a rule leads to where it spoke, back and on", async ({ page }) => {
  await open(page);
  await lead(page);
  await tab(page, "Rules").click();
  const rule = page.locator("playground-panel .rule:not(.silent)").first();
  const stood = await clock(page).textContent();
  await rule.getByRole("button", { name: /^Previous time/ }).click();
  await expect(clock(page)).not.toHaveText(stood);
  await expect(rule).toContainText(/ here/);
});
