import { clock, halt, lead, open } from "./cluster.js";
import { expect, test } from "./playground.js";

const box = (page) => page.getByRole("region", { name: "Why" });

test("a term answers since when and why, and each because leads one cause back", async ({ page }) => {
  await open(page);
  const leader = await lead(page);
  await halt(page);
  await page.getByRole("tab", { name: "Server" }).click();
  const other = ["n1", "n2", "n3"].find((name) => name !== leader);
  await page.getByRole("tabpanel").getByRole("button", { name: other, exact: true }).click();
  await page.getByTitle(/^Since when, and why\? voted/i).click();
  await expect(box(page).getByRole("heading")).toContainText(`${other}.voted_for is ${leader}, since`);
  await expect(box(page).getByRole("listitem").first()).toContainText(`${other} votes for ${leader}`);

  await box(page).getByRole("button", { name: "because …" }).click();
  await expect(box(page).locator("li.hand")).toContainText(`Because ${leader} sent RequestVote to ${other}`);
  const before = await clock(page).textContent();
  await box(page)
    .locator("li.hand")
    .getByRole("button", { name: /^Go to/ })
    .click();
  await expect(clock(page)).not.toHaveText(before);
  await expect(box(page)).toBeVisible();

  await page.keyboard.press("Escape");
  await expect(box(page)).toBeHidden();
});

test("the network's menu says why nobody leads, and a cell of a log why it is not committed", async ({
  page,
}) => {
  await open(page);
  const leader = await lead(page);
  await halt(page);
  const others = ["n1", "n2", "n3"].filter((name) => name !== leader);
  await page.evaluate(
    async ({ leader, others }) => {
      const app = document.querySelector("consensus-app");
      await app.act(...others.map((name) => ["crash", [name]]), ["submit", ["c1", leader, "set y=2"]]);
      await app.player.go(["run", [app.player.at + 100_000]]);
    },
    { leader, others },
  );
  const cell = page.locator("playground-logs .cell", { hasText: "y=2" }).first();
  await cell.click();
  await expect(box(page)).toContainText("Why not yet");
  await expect(box(page)).toContainText(`${others[0]} is missing: it is down.`);
  await box(page).getByRole("button", { name: "Close" }).click();

  await page.evaluate((name) => document.querySelector("consensus-app").act(["crash", [name]]), leader);
  await page.getByRole("button", { name: "Network", exact: true }).click();
  await page.getByRole("menuitem", { name: "Why does nobody lead?" }).click();
  await expect(box(page)).toContainText(`${leader} is down.`);
});
