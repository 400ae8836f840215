import { open } from "./cluster.js";
import { expect, test } from "./playground.js";

const ask = "\nrun 1s\nsubmit c1 set x=1\nrun 9s\n";
const text = (/** @type {string} */ settings) =>
  `#text=${encodeURIComponent(`consensus 1\nprotocol raft\n${settings}\n${ask}`)}`;

/** Four servers that all wait equally long, and ask each other equally fast. */
const EVEN = "servers 4\nnetwork latency 20ms";
const progress = (page) => page.getByRole("tabpanel").getByRole("region", { name: "Progress" });
const gauge = (page) => progress(page).getByRole("meter");
const seek = (page, seconds) =>
  page.evaluate(
    (at) => document.querySelector("consensus-app").player.go(["seekTime", [at]]),
    seconds * 1_000_000,
  );

test("the meter rises without a rule that gets a cluster going, and falls back with it", async ({ page }) => {
  await open(page, text(`${EVEN}\nwithout random-timeout`));
  await page.getByRole("tab", { name: "Checks" }).click();
  await seek(page, 3);
  await expect(progress(page)).toContainText("A majority is connected: n1, n2, n3 and n4 are up");
  await expect(progress(page)).toContainText(/No progress for [12],\d{3} ms\. Nobody leads them\./);
  const early = Number(await gauge(page).getAttribute("aria-valuenow"));
  await seek(page, 8);
  await expect(progress(page)).toContainText(/No progress for [67],\d{3} ms/);
  expect(Number(await gauge(page).getAttribute("aria-valuenow"))).toBeGreaterThan(2 * early);

  // Beside the rule, and where it is asked what breaks: nothing does, but nothing gets on either.
  await page.getByRole("tab", { name: "Rules" }).click();
  await expect(progress(page)).toContainText("No progress for");
  await page.getByRole("tabpanel").getByRole("button", { name: "What breaks?" }).click();
  const box = page.getByRole("region", { name: "What breaks" });
  await expect(box).toContainText("No promise hangs on this rule");
  await expect(box.getByRole("region", { name: "Progress" })).toContainText("No progress for");
  await box.getByRole("button", { name: "Same schedule, rule on" }).click();
  await seek(page, 8);
  await expect(box.getByRole("region", { name: "Progress" })).toContainText("Nothing stands still.");
});

test("of a cluster without a connected majority nothing is expected", async ({ page }) => {
  await open(page, text("servers 3"));
  await page.getByRole("tab", { name: "Checks" }).click();
  for (const name of ["n1", "n2"])
    await page.evaluate(
      (line) => document.querySelector("consensus-app").act(["act", [line]]),
      `crash ${name}`,
    );
  await expect(progress(page)).toContainText("No majority is connected");
  await expect(gauge(page)).toHaveCount(0);
});
