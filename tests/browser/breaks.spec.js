import { readFileSync } from "node:fs";
import { caption, clock, open } from "./cluster.js";
import { expect, test } from "./playground.js";

const axe = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

const box = (page) => page.getByRole("region", { name: "What breaks" });
const verdict = (page) => page.locator("playground-transport .verdict");
const press = (page, name) => box(page).getByRole("button", { name, exact: true }).click();

/** Switches a rule off, and finds it again among those that are off. */
async function switchOff(page, words) {
  await open(page);
  await page.getByRole("tab", { name: "Rules" }).click();
  await page.getByRole("textbox", { name: "Find a rule" }).fill(words);
  await page.getByRole("switch", { name: new RegExp(words) }).click();
  await page.getByRole("tab", { name: "Rules" }).click();
  await expect(page.getByRole("tabpanel").getByRole("button", { name: "What breaks?" })).toBeVisible();
}

const ask = (page, name) => page.getByRole("tabpanel").getByRole("button", { name }).click();

async function expectClean(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.flat().join(" ")).join(" | ")}`,
    );
  });
  expect(found).toEqual([]);
}

test("what breaks without a rule is found, and plays up to the broken promise", async ({ page }) => {
  test.slow();
  await switchOff(page, "at least as up to date as its own");
  const stood = await clock(page).textContent();
  await ask(page, "What breaks?");
  await expect(box(page).getByText(/\d+ moves, shrunk from \d+\. Found in [\d,]+ runs/)).toBeVisible({
    timeout: 40_000,
  });
  await expect(verdict(page)).toHaveText(/Leader Completeness broken/, { timeout: 30_000 });
  await expect(box(page).locator("[aria-current]")).toContainText("Leader Completeness: broken");
  await expectClean(page);

  await press(page, "Where the rule would have spoken");
  await expect(verdict(page)).not.toHaveClass(/broken/);
  await expect(caption(page)).toContainText("votes all the same for");
  await press(page, "Same schedule, rule on");
  await expect(page.getByText("Off in this run")).toHaveCount(0);
  await press(page, "Rule off again");
  await press(page, "Go to the break");
  await expect(verdict(page)).toHaveText(/Leader Completeness broken/);
  await press(page, "Back to where you were");
  await expect(clock(page)).toHaveText(stood);
  await expect(box(page)).toHaveCount(0);
});

test("a search can be cancelled, and the run stays where it was", async ({ page }) => {
  await switchOff(page, "were given in an earlier term"); // nothing is found for long
  const stood = await clock(page).textContent();
  await ask(page, "What breaks?");
  await expect(box(page).getByText(/[1-9][\d,]* of 20,000 runs tried · [1-9]/)).toBeVisible({
    timeout: 40_000,
  });
  await expectClean(page);
  await press(page, "Cancel");
  await expect(box(page)).toHaveCount(0);
  await expect(clock(page)).toHaveText(stood);
});

test("a rule on which no promise hangs is not searched for", async ({ page }) => {
  await switchOff(page, "heartbeat");
  await ask(page, "What breaks?");
  await expect(box(page)).toContainText("No promise hangs on this rule");
  await expect(box(page).getByRole("progressbar")).toHaveCount(0);
});

test("the reader breaks a promise, and sees the machine's moves beside their own", async ({ page }) => {
  await switchOff(page, "at least as up to date as its own");
  await ask(page, "Break it yourself");
  await expect(box(page)).toContainText("0 moves so far");
  const lines = [
    "fire n1 election",
    "deliver RequestVote n1->n2",
    "fire n2 election",
    "deliver RequestVoteReply n2->n1",
    "deliver AppendEntries n1->n3",
    "deliver AppendEntriesReply n3->n1",
    "deliver RequestVote n2->n1",
  ];
  for (const line of lines)
    await page.evaluate((text) => document.querySelector("consensus-app").act(["act", [text]]), line);
  await expect(box(page)).toContainText("7 moves so far");
  await page.evaluate(() =>
    document.querySelector("consensus-app").act(["act", ["deliver RequestVoteReply n1->n2"]]),
  );
  await expect(box(page)).toContainText(/Leader Completeness: broken\.\s+You 8, machine \d+/, {
    timeout: 40_000,
  });
  await press(page, "One link for both");
  const share = page.getByRole("dialog", { name: "Share this run" });
  await expect(share.getByLabel("The run as text")).toHaveValue(
    /deliver RequestVoteReply n1->n2\n\nrival\nconsensus 1/,
  );
  await share.getByRole("button", { name: "Close" }).click();
  await press(page, "The machine's run");
  await expect(verdict(page)).toHaveClass(/broken/, { timeout: 30_000 });
});

test("where no worker may start the page itself searches, says so, and can be cancelled", async ({
  page,
}) => {
  await page.addInitScript(() => {
    globalThis.Worker = class {
      constructor() {
        throw new DOMException("no worker here", "SecurityError");
      }
    };
  });
  await switchOff(page, "were given in an earlier term"); // nothing is found for long
  await ask(page, "What breaks?");
  await expect(box(page)).toContainText("No worker can start here", { timeout: 40_000 });
  await expect(box(page).getByText(/[1-9][\d,]* of 20,000 runs tried · [1-9]/)).toBeVisible({
    timeout: 40_000,
  });
  await press(page, "Cancel");
  await expect(box(page)).toHaveCount(0);
});
