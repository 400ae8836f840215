import { readFileSync } from "node:fs";
import { open } from "./cluster.js";
import { expect, test } from "./playground.js";

const KILLER = "a-vote-for-a-log-that-is-behind-elects-a-leader-without-the-committed-entry.scenario";
const machine = readFileSync(new URL(`../killers/${KILLER}`, import.meta.url), "utf8");

const HAND = `consensus 1
title "Break it yourself: Raft without up-to-date-log"
protocol raft
without up-to-date-log

hold timers
hold messages *
goal "Have the cluster break a promise." until violations > 0 within 100 moves
fire n1 election
deliver RequestVote n1->n2
fire n2 election
deliver RequestVoteReply n2->n1
deliver AppendEntries n1->n3
deliver AppendEntriesReply n3->n1
deliver RequestVote n2->n1
deliver RequestVoteReply n1->n2
`;

const box = (page) => page.getByRole("region", { name: "What breaks" });
const verdict = (page) => page.locator("playground-transport .verdict");
const press = (page, name) => box(page).getByRole("button", { name, exact: true }).click();

test("one link shows a run by hand and the machine's beside it, and plays both", async ({ page }) => {
  await open(page, `#text=${encodeURIComponent(`${HAND}\nrival\n${machine}`)}`);
  await expect(box(page)).toContainText(/by hand in 8 moves, by the machine in \d+\./);
  await press(page, "The machine's run");
  await expect(verdict(page)).toHaveClass(/broken/, { timeout: 30_000 });
  await expect(page.locator("#lesson")).not.toContainText("Break it yourself");
  await press(page, "The run by hand");
  await expect(verdict(page)).toHaveClass(/broken/, { timeout: 30_000 });
  const link = await page.evaluate(() => document.querySelector("consensus-app").engine.do("link", false));

  await page.goto("about:blank");
  await open(page, `#${link}`);
  await expect(box(page)).toContainText(/by hand in 8 moves, by the machine in \d+\./);
  await box(page).getByRole("button", { name: "Close, and stay in this run" }).click();
  await expect(box(page)).toHaveCount(0);
});
