import { choose, frameText, key, lead, open, server, servers } from "./cluster.js";
import { expect, test } from "./playground.js";

test("a link opens the same run at the same moment in another browser profile", async ({
  page,
  browser,
  baseURL,
}) => {
  await open(page);
  const leader = await lead(page);
  await choose(page, server(page, leader), /^Crash/);
  await key(page, /^Next/).click();
  await key(page, /^Next/).click();
  const mine = await frameText(page);
  await page.getByRole("button", { name: "Share" }).click();
  const link = await page.getByLabel("Opens at this moment", { exact: true }).inputValue();
  expect(link.split("#")[1]).toMatch(/^[A-Za-z0-9_.-]*[A-Za-z0-9]$/);

  const context = await browser.newContext({ baseURL });
  const other = await context.newPage();
  await open(other, `#${link.split("#")[1]}`);
  expect(await frameText(other)).toBe(mine);
  await expect(server(other, leader)).toHaveAccessibleName(/down/);
  await context.close();
});

test("the address holds the run: a reload comes back to it", async ({ page }) => {
  await open(page);
  await lead(page);
  await page.keyboard.press("ArrowLeft"); // a page that only played by itself has no address
  await expect(page).toHaveURL(/#.+/);
  const mine = await frameText(page);
  await page.reload();
  await expect(key(page, /^Play/)).toBeVisible();
  expect(await frameText(page)).toBe(mine);
});

test("the title is the moment's caption", async ({ page }) => {
  await open(page);
  const leader = await lead(page);
  await choose(page, server(page, leader), /^Crash/);
  await expect(page).toHaveTitle(new RegExp(`^${leader} crashes.* · Consensus Playground$`));
});

for (const [what, hash] of [
  ["cut off", "#1"],
  ["not a link at all", "#%3Cimg%20src=x%20onerror=alert(1)%3E"],
  ["bad text", "#text=consensus%201%0Aprotocol%20nonsense"],
]) {
  test(`a link that is ${what} is told, and a playground runs`, async ({ page }) => {
    await open(page, hash);
    await expect(page.getByRole("alert")).toContainText("This link cannot be opened");
    await expect(page.locator("img")).toHaveCount(0);
    await expect(key(page, /^Halt/)).toBeVisible();
    const leader = await lead(page);
    await choose(page, server(page, leader), /^Crash/);
    await expect(server(page, leader)).toHaveAccessibleName(/down/);
  });
}

test("following another link opens it; a bad one leaves the run on the stage", async ({ page }) => {
  await open(page);
  await lead(page);
  const mine = await frameText(page);
  await page.evaluate(() => {
    location.hash = "#nonsense";
  });
  await expect(page.getByRole("alert")).toContainText("This link cannot be opened");
  expect(await frameText(page)).toBe(mine);
  await page.evaluate(() => {
    location.hash = "#text=consensus%201%0Aprotocol%20raft%0Aservers%207%0A";
  });
  await expect(servers(page)).toHaveCount(7);
});

test("“why?” tells of the caption's own event", async ({ page }) => {
  await open(page);
  await lead(page);
  for (let n = 0; n < 6; n++) {
    const { told, why } = await page.evaluate(async () => {
      const { engine } = document.querySelector("consensus-app");
      const { caption } = await engine.do("frame");
      return { told: caption, why: await engine.do("explain", caption.position) };
    });
    expect(why.position).toBe(told.position);
    expect(why.at).toBe(told.at);
    if (told.rule) expect(why.sentences.map(({ rule }) => rule.key)).toContain(told.rule.key);
    await page.keyboard.press("ArrowLeft");
    await page.waitForTimeout(100);
  }
});

test("a link made by an engine that played differently says so, quietly", async ({ page }) => {
  await open(page);
  await lead(page);
  await page.evaluate(async () => {
    const app = document.querySelector("consensus-app");
    const asked = app.engine.do.bind(app.engine);
    app.engine.do = (method, ...args) => (method === "differs" ? "It differs." : asked(method, ...args));
    await app.openLink(await asked("link", false));
  });
  await expect(page.getByRole("status").filter({ hasText: "It differs." })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
});
