import { clock, open } from "./cluster.js";
import { expect, test } from "./playground.js";

/** Without a rule an old leader answers c3 with what it holds: `tests/killers/an-old-leader-that-answers-at-once-shows-an-old-value`. */
const STALE =
  "#an-old-leader-that-answers-at-once-shows-an-old-value.114f7T6K_1nyRp-FYRwUi9QXDjIbWhoqDtuWyItcDSreRZV_WUVN9-WzyHa0l1XKdjqJJeBQ8N2fm7todFdQKtK4AeKKlEx97AzDlj5CU7qnIxVWGRK7ohLrwNdK7nR7MrfXfSl_iuy0_HzgwrZx5EomtRjefpHA";

const panel = (page) => page.getByRole("tabpanel", { name: "Checks" });

test("a broken promise shows its two witnesses side by side, and leads to what each of them saw", async ({
  page,
}) => {
  await open(page, STALE);
  const verdict = page.locator("playground-transport .verdict");
  await expect(async () => {
    await page.keyboard.press("ArrowRight");
    await expect(verdict).toHaveClass(/broken/, { timeout: 300 });
  }).toPass();
  await page.getByRole("tab", { name: "Checks" }).click();
  const broken = panel(page).locator(".check.broken").filter({ hasText: "No stale reads" });
  await expect(broken.getByText(/c3 was told an old value of x/)).toBeVisible();
  const witnesses = broken.getByRole("group").locator(".witness");
  await expect(witnesses).toHaveText([/c2 · set x=2/, /c3 · get x/]);
  const [left, right] = [await witnesses.first().boundingBox(), await witnesses.last().boundingBox()];
  expect(left.y).toBe(right.y);
  expect(left.x + left.width).toBeLessThan(right.x);

  const end = await clock(page).textContent();
  await broken.getByRole("button", { name: /go to witness 1/ }).click();
  await expect(clock(page)).not.toHaveText(end);
  // Nothing is broken there yet, and the promise has been looked at since c1 was answered.
  await expect(panel(page).locator(".check.broken")).toHaveCount(0);
  await expect(panel(page).locator(".check", { hasText: "No stale reads" })).toContainText(
    "not put to the test yet",
  );
  await expect(
    panel(page).getByRole("button", { name: /^tested since .*go to the first test of Linearizability/ }),
  ).toBeVisible();
});

test("what a protocol does not promise is said with its reason", async ({ page }) => {
  await open(page);
  await page.getByRole("tab", { name: "Checks" }).click();
  const declined = panel(page).locator(".check.declined");
  await expect(declined.filter({ hasText: "Progress" })).toContainText("No protocol can promise");
});
