import { readFileSync } from "node:fs";
import { caption, clock, item, key, lead, leaders, open, server } from "./cluster.js";
import { expect, test } from "./playground.js";

const axe = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/** @param {import("@playwright/test").Page} page */
async function violations(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.flat().join(" ")).join(" | ")}`,
    );
  });
}

test("by keyboard alone: play, step, open a menu, crash a server, come back", async ({ page }) => {
  await open(page);
  await expect(leaders(page)).toBeVisible({ timeout: 30_000 });
  await caption(page).click();
  await page.keyboard.press("Space");
  await expect(key(page, /^Play/)).toBeVisible();
  await page.waitForTimeout(100);
  const stood = await clock(page).textContent();
  await page.keyboard.press("Home");
  await expect(clock(page)).toHaveText("0 ms");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(clock(page)).not.toHaveText("0 ms");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press(".");
  await page.keyboard.press(",");
  await page.keyboard.press("End");
  await expect(clock(page)).toHaveText(stood);

  await server(page, "n1").focus();
  await page.keyboard.press("Enter");
  await expect(item(page, /^Crash/)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(item(page, /^Pause/)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(server(page, "n1")).toHaveAccessibleName(/down/);
  await expect(server(page, "n1")).toBeFocused();
  await page.keyboard.press("Space");
  await expect(item(page, /^Restart/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(server(page, "n1")).toBeFocused();
});

test("every control can be reached by Tab, and the focus is seen", async ({ page }) => {
  await open(page);
  await lead(page);
  const seen = new Set();
  for (let n = 0; n < 80; n++) {
    await page.keyboard.press("Tab");
    seen.add(
      await page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return element?.getAttribute("aria-label") ?? element?.textContent?.trim() ?? "";
      }),
    );
  }
  const reached = [...seen].join("\n");
  for (const name of [
    /^n1, /m,
    /^n3, /m,
    /^client c1/m,
    /Network/,
    /Send/,
    /Play \(space\)/,
    /Playhead/,
    /Share/,
    /Story/,
  ])
    expect(reached).toMatch(name);
});

test("each moment is announced politely", async ({ page }) => {
  await open(page);
  await lead(page);
  const live = page.locator("[aria-live=polite]");
  await key(page, /^First/).click();
  await key(page, /^Next/).click();
  await expect
    .poll(async () => (await live.textContent()) === (await caption(page).textContent()))
    .toBe(true);
  await expect(live).not.toBeEmpty();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing on any view, in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page);
    await lead(page);
    expect(await violations(page)).toEqual([]);
    for (const tab of ["Rules", "Network", "Clients", "Checks", "Server"]) {
      await page.getByRole("tab", { name: tab }).click();
      expect(await violations(page), tab).toEqual([]);
    }
    await page.getByRole("button", { name: "By hand" }).click();
    await expect(page.getByRole("tab", { name: "By hand", selected: true })).toBeVisible();
    expect(await violations(page), "by hand").toEqual([]);
    await server(page, "n1").click();
    await expect(item(page, /^Crash/)).toBeVisible();
    expect(await violations(page), "menu").toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Share" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await violations(page), "share").toEqual([]);
  });
}

test("with reduced motion messages jump", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page);
  await lead(page);
  expect(await page.evaluate(() => document.querySelector("consensus-app").stage.view.still)).toBe(true);
});

for (const [width, height] of [
  [1440, 900],
  [1024, 700],
  [640, 420],
  [390, 800],
]) {
  test(`at ${width} × ${height} nothing is clipped, no part covers another, and all is in sight`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    await page.getByLabel("Number of servers").selectOption("5");
    await lead(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const parts = [
      "header",
      "playground-stage",
      "playground-caption",
      "playground-transport",
      "playground-rows",
      ...(width > 720 ? ["playground-panel"] : []), // elsewhere it is a sheet
    ];
    const boxes = await Promise.all(
      parts.map(async (part) => ({ part, ...(await page.locator(part).boundingBox()) })),
    );
    for (const [n, a] of boxes.entries()) {
      expect(a.width, a.part).toBeGreaterThan(100);
      expect(a.x + a.width, a.part).toBeLessThanOrEqual(width + 1);
      expect(a.y + a.height, a.part).toBeLessThanOrEqual(height + 1);
      for (const b of boxes.slice(n + 1)) {
        const w = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
        const h = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
        expect(w > 1 && h > 1, `${a.part} and ${b.part}`).toBe(false);
      }
    }
  });
}

test("on a phone time runs downward: scrolling is scrubbing, and the rest comes up from below", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await open(page);
  await lead(page);
  const lanes = page.locator("playground-rows .lanes");
  const stood = await clock(page).textContent();
  await lanes.evaluate((element) => {
    element.scrollTop = 40;
  });
  await expect(clock(page)).not.toHaveText(stood);
  await expect
    .poll(() => page.evaluate(() => document.querySelector("consensus-app").player.at))
    .toBeLessThan(80_000);
  expect((await key(page, /^Next/).boundingBox()).width).toBeGreaterThan(200);
  await expect(page.locator("playground-panel")).toBeHidden();
  await page.getByRole("group", { name: "Sheets" }).getByRole("button", { name: "Story" }).click();
  await expect(page.locator("playground-panel")).toBeVisible();
  expect(await violations(page), "sheet").toEqual([]);
  await page.keyboard.press("Escape");
  await expect(page.locator("playground-panel")).toBeHidden();
  await page.getByRole("button", { name: "Act", exact: true }).click();
  await expect(page.getByRole("button", { name: "Send" })).toBeVisible();
});

test("on a phone the story goes on from the keys", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto("./");
  const crash = page.getByRole("button", { name: "Crash n1" });
  await expect(crash).toBeVisible({ timeout: 30_000 });
  expect((await crash.boundingBox()).width).toBeGreaterThan(150);
  await crash.click();
  const next = page.locator("playground-transport > button.first");
  await expect(next).toBeVisible({ timeout: 30_000 });
  await expect(page.locator("playground-caption")).toContainText("dead");
  expect(await violations(page)).toEqual([]);
  await next.click();
  await expect(next).not.toBeInViewport();
});

test("seen as one server, the others are dimmed but for what they told it", async ({ page }) => {
  await open(page);
  const leader = await lead(page);
  const other = leader === "n1" ? "n2" : "n1";
  const dim = page.locator("playground-stage .server.unseen");
  await expect(dim).toHaveCount(0);
  await page.getByLabel("See as").selectOption(other);
  await expect(dim).toHaveCount(2);
  await expect(page.locator("playground-stage .role", { hasText: `told ${other} term 1` })).not.toHaveCount(
    0,
  );
  expect(await violations(page)).toEqual([]);
  await page.getByLabel("See as").selectOption("");
  await expect(dim).toHaveCount(0);
});

test("light and dark follow the reader's system, or the reader", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await open(page);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await page.getByRole("button", { name: "Light colours" }).click();
  expect(await ground()).not.toBe(dark);
  await page.reload();
  await expect(clock(page)).toBeVisible();
  expect(await ground()).not.toBe(dark);
});
