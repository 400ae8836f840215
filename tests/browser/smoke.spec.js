import { expect, test } from "./playground.js";

test("the page opens without a word on the console", async ({ page }) => {
  await page.goto("./");
  await expect(page).toHaveTitle(/Consensus Playground/);
  await page.waitForLoadState("networkidle");
  await expect(page.locator("body")).not.toBeEmpty();
});

test("the policy stands in the page itself, for hosts that set no headers", async ({ page }) => {
  await page.goto("./");
  const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
  expect(policy).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';");
});

test("an inline script is blocked", async ({ page, watch }) => {
  watch.expectError(/Content Security Policy|violates the following directive/); // as Chromium and Firefox say it
  await page.goto("./");
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.inlineScriptRan = true";
    document.body.append(script);
    return "inlineScriptRan" in window;
  });
  expect(ran).toBe(false);
});
