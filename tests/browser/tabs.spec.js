import { clock, halt, key, lead, leaders, open, server, servers } from "./cluster.js";
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

test("a rule is found by its words and switched off, and the run says so everywhere", async ({ page }) => {
  await open(page);
  await lead(page);
  await tab(page, "Rules").click();
  const rules = page.locator("playground-rules .rule");
  await expect.poll(() => rules.count()).toBeGreaterThan(10);
  await page.getByLabel("Find a rule").fill("one candidate at most");
  await expect(rules).toHaveCount(1);
  const knob = page.getByRole("switch", { name: /^Rule: A server votes for one candidate/ });
  await knob.focus();
  await page.keyboard.press("Enter");
  await expect(knob).not.toBeChecked();
  await expect(page.getByText(/^Off in this run: A server votes for one candidate/)).toBeVisible();
  await expect(page).toHaveTitle(/a rule is off/);
  await expect.poll(() => page.url()).toContain("without-one-vote-per-term");
  await page.getByLabel("Find a rule").fill("");
  await page.getByRole("button", { name: "Off 1" }).click();
  await expect(rules).toHaveCount(1);
  await knob.click();
  await expect(page.getByText("No rule is like that here.")).toBeVisible();
  await expect(page.getByText(/^Off in this run/)).toBeHidden();
  await expect(page).not.toHaveTitle(/a rule is off/);
});

test("a rule leads nowhere where it does not speak", async ({ page }) => {
  await open(page);
  await lead(page);
  await tab(page, "Rules").click();
  await key(page, /^First/).click();
  await expect(page.getByRole("button", { name: /^Next time/ })).not.toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Previous time/ })).toHaveCount(0);
  const silent = page
    .locator("playground-rules .rule.silent", { hasText: "matters with the option" })
    .first();
  await expect(silent.getByRole("button")).toHaveCount(0);
  await expect(silent.getByRole("switch")).toHaveCount(1);
});

test("a server shows what is on its disk and what is not, and what the moment has changed", async ({
  page,
}) => {
  await open(page);
  await page.evaluate(async () => {
    const app = document.querySelector("consensus-app");
    await app.openText("consensus 1\nprotocol raft\ndisk explicit\nfire n1 election\n", false);
  });
  await tab(page, "Server").click();
  const disk = page.getByRole("region", { name: "On its disk" });
  const memory = page.getByRole("region", { name: "Lost in a crash" });
  await expect(disk.getByText("not yet on disk")).toBeVisible();
  await expect(memory.getByText("current term")).toBeVisible();
  await expect(memory.locator(".new").first()).toHaveText("1");
  await expect(memory.getByText("was 0").first()).toBeVisible();
  await disk.getByRole("button", { name: "Sync now" }).click();
  await expect(disk.getByText("Nothing waits to be written.")).toBeVisible();
  await expect(disk.getByText("current term")).toBeVisible();
  await expect(memory.getByText("current term")).toBeHidden();
});

test("the matrix holds clients, and a name cuts a whole row or column", async ({ page }) => {
  await open(page);
  await lead(page);
  await tab(page, "Network").click();
  await page.getByRole("button", { name: "Cut all that c1 sends" }).click();
  for (const name of ["n1", "n2", "n3"]) {
    await expect(cell(page, "c1", name)).toHaveAttribute("aria-pressed", "true");
    await expect(cell(page, name, "c1")).toHaveAttribute("aria-pressed", "false");
  }
  await expect(cell(page, "n1", "n2")).toHaveAttribute("aria-pressed", "false");
  await page.getByRole("button", { name: "Mend all that c1 sends" }).click();
  await expect(cell(page, "c1", "n2")).toHaveAttribute("aria-pressed", "false");
});

test("a link of its own is set, listed, and shown again with what it does", async ({ page }) => {
  await open(page);
  await lead(page);
  await tab(page, "Network").click();
  await page.getByLabel("Which links").selectOption("n1");
  await page.getByLabel("and", { exact: true }).selectOption("n3");
  await page.getByLabel("lost, %").fill("7");
  await page.getByRole("button", { name: "Set", exact: true }).click();
  const own = page.getByRole("button", { name: /^n1 ↔ n3 .*7% lost/ });
  await expect(own).toBeVisible();
  await page.getByLabel("Which links").selectOption("");
  await expect(page.getByLabel("lost, %")).toHaveValue("0");
  await own.click();
  await expect(page.getByLabel("lost, %")).toHaveValue("7");
});

test("a client is asked for more in its tab, and all of it stays in the list", async ({ page }) => {
  await open(page);
  await lead(page);
  await page.evaluate(async () => {
    const app = document.querySelector("consensus-app");
    for (let n = 1; n <= 7; n++) await app.act(["submit", ["c1", null, `set k=${n}`]]);
  });
  await tab(page, "Clients").click();
  const listed = page.locator("playground-panel .ops li");
  await expect(listed.filter({ hasText: "set k=1" })).toBeVisible();
  const before = await listed.count();
  expect(before).toBeGreaterThanOrEqual(7);
  const box = page.getByRole("tabpanel").getByRole("form", { name: "Send a command of c1" });
  await box.getByLabel("Command").fill("get k");
  await box.getByRole("button", { name: "Send" }).click();
  await expect(listed).toHaveCount(before + 1);
  await expect
    .poll(() => page.evaluate(() => document.querySelector("consensus-app").player.playing))
    .toBe(true); // a command lets time go on
  await halt(page);
  await expect(listed).toHaveCount(before + 1);
  await expect(listed.first()).toContainText("get k");
});

test("when a message leaves the list, the focus goes to the next", async ({ page }) => {
  await open(page);
  await halt(page);
  await page.getByRole("button", { name: "By hand" }).click();
  const panel = page.getByRole("tabpanel");
  await panel.getByRole("button", { name: /^Fire .* of n2$/ }).click();
  await expect(panel.getByRole("button", { name: /^Deliver/ })).toHaveCount(2);
  const first = panel.getByRole("button", { name: /^Drop/ }).first();
  await first.focus();
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("button", { name: /^Drop/ })).toHaveCount(1);
  const focused = () =>
    page.evaluate(() => {
      const inner = document.querySelector("consensus-app").shadowRoot.activeElement?.shadowRoot;
      return inner?.activeElement?.closest("li, .body")?.tagName;
    });
  await expect.poll(focused).toBe("LI");
  await panel.getByRole("button", { name: /^Drop/ }).focus();
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("button", { name: /^Drop/ })).toHaveCount(0);
  await expect.poll(focused).toBe("LI");
});

test("all tabs are in sight at once, playing by hand or not", async ({ page }) => {
  await open(page);
  await halt(page);
  await page.evaluate(() => document.querySelector("consensus-app").onHand());
  await expect(tab(page, "By hand")).toHaveAttribute("aria-selected", "true");
  for (const [width, height] of [
    [1440, 900],
    [1280, 800],
    [1024, 700],
    [768, 1024],
    [390, 800],
  ]) {
    await page.setViewportSize({ width, height });
    const story = page.getByRole("button", { name: "Story", exact: true });
    if ((await story.isVisible()) && (await story.getAttribute("aria-expanded")) === "false")
      await story.click();
    const clipped = await page.getByRole("tab").evaluateAll((tabs) =>
      tabs
        .filter((one) => {
          const [box, row] = [one.getBoundingClientRect(), one.parentElement.getBoundingClientRect()];
          return box.left < row.left || box.right > row.right || one.scrollWidth > one.clientWidth;
        })
        .map((one) => one.textContent),
    );
    expect(clipped, `${width} × ${height}`).toEqual([]);
    await expect(page.getByRole("tab")).toHaveCount(8);
    const over = await page.getByRole("tablist").evaluate((row) => row.scrollWidth - row.clientWidth);
    expect(over, `${width} × ${height}`).toBeLessThanOrEqual(0);
  }
});

test("a digit sees as that server, and 0 sees all", async ({ page }) => {
  await open(page);
  await lead(page);
  const eye = page.getByLabel("See as");
  await page.keyboard.press("2");
  await expect(eye).toHaveValue("n2");
  await page.keyboard.press("9");
  await expect(eye).toHaveValue("n2");
  await page.keyboard.press("0");
  await expect(eye).toHaveValue("");
  await expect(server(page, "n2")).toBeVisible();
});
