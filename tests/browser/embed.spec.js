// The figure in pages of somebody else: another port, frames without an origin, strict policies, several on a page.

import { readFileSync } from "node:fs";
import { test as base, expect } from "@playwright/test";
import { lead, open as openPage } from "./cluster.js";
import { foreignSite } from "./foreign.js";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const axe = read("node_modules/axe-core/axe.min.js");
const [frameExample, elementExample] = [...read("docs/embed.md").matchAll(/```html\n(.*?)```/gs)].map(
  ([, body]) => body,
);
const story = read("www/lessons/a-leader-in-the-minority-talks-to-itself.scenario");
const three = "consensus 1\nprotocol raft\nservers 3\nclients 1\n";

const test = base.extend({
  site: async ({ browserName: _ }, use) => {
    const site = await foreignSite();
    await use(site);
    await site.close();
  },
  /** A page that logs an error, or breaks anybody's policy, fails its test. */
  watch: [
    async ({ page }, use) => {
      const seen = [];
      const expected = [];
      page.on("console", (message) => message.type() === "error" && seen.push(message.text()));
      page.on("pageerror", (error) => seen.push(error.message));
      await use({ expectError: (pattern) => expected.push(pattern) });
      expect(seen.filter((text) => !expected.some((pattern) => pattern.test(text)))).toEqual([]);
    },
    { auto: true },
  ],
});

/** An example of the documentation, with the address of the playground under test: nothing else is changed. */
const at = (example, baseURL) => example.replaceAll("https://playground.example/", baseURL);
const html = (body, head = "") =>
  `<!doctype html><html lang="en"><head><title>Somebody's page</title>${head}</head><body><main><h1>A page</h1>${body}</main></body></html>`;
const script = (baseURL) => `<script type="module" src="${baseURL}embed.js"></script>`;
const attribute = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
const figureWith = (text, more = "") =>
  `<consensus-playground text="${attribute(text)}" ${more}></consensus-playground>`;
const next = (place) => place.getByRole("button", { name: "Next" });
const caption = (place) => place.locator(".caption .text");
const ask = (page, method, ...args) =>
  page
    .locator("consensus-playground")
    .first()
    .evaluate((figure, [method, args]) => figure[method](...args), [method, args]);

/** What axe finds in a frame. @param {import("@playwright/test").Frame} frame */
async function violations(frame) {
  await frame.evaluate(axe);
  return frame.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  });
}

test("the documented element plays on a foreign page and does what the page asks", async ({
  page,
  site,
  baseURL,
}) => {
  await page.goto(site.put("/article", html(at(elementExample, baseURL))));
  await expect(next(page)).toBeVisible();
  await page.getByRole("button", { name: "Crash the leader" }).click();
  await expect(page.locator("#moment")).toHaveText(/^n\d crashes/);
  await expect(caption(page)).toHaveText(/^n\d crashes/);
  await expect(page.getByRole("button", { name: /^n\d .*down/ })).toHaveCount(1);
  expect(await ask(page, "text")).toContain("submit c1 set x=1");
  await expect(page).toHaveTitle("Somebody's page");
  expect(page.url()).toBe(`${site.origin}/article`);
});

test("the documented frame plays without an origin, and tells the page around it", async ({
  page,
  site,
  baseURL,
}) => {
  const listen = `<script>told = []; addEventListener("message", ({ data, origin }) => told.push({ ...data, origin }))</script>`;
  await page.goto(site.put("/article", html(at(frameExample, baseURL), listen)));
  const frame = page.frameLocator("iframe");
  await next(frame).click();
  await expect(caption(frame)).not.toHaveText("Nothing has happened yet.");
  const told = await page.evaluate(() => globalThis.told);
  expect(told[0]).toMatchObject({ type: "open", detail: { servers: 3 } });
  expect(told.at(-1).type).toBe("moment");
  expect(told.every(({ source, origin }) => source === "consensus-playground" && origin === "null")).toBe(
    true,
  );
  expect(told.at(-1).detail.text).toBe(await caption(frame).textContent());
});

test("three frames with an origin share one worker, and play apart", async ({
  page,
  site,
  baseURL,
  browser,
}) => {
  const frame = `<iframe src="${baseURL}embed.html" width="640" height="420"></iframe>`;
  await page.goto(site.put("/article", html(frame.repeat(3))));
  const places = [0, 1, 2].map((n) => page.frameLocator("iframe").nth(n));
  for (const [n, place] of places.entries()) {
    await expect(next(place)).toBeVisible();
    for (let count = 0; count < n; count += 1) {
      const before = await caption(place).textContent();
      await next(place).click();
      await expect(caption(place)).not.toHaveText(before);
    }
  }
  const told = await Promise.all(places.map((place) => caption(place).textContent()));
  expect(new Set(told).size).toBe(3);
  expect(page.workers()).toHaveLength(0); // none of a page's own
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send("Target.getTargets");
  const shared = targetInfos.filter(({ type, url }) => type === "shared_worker" && url.startsWith(baseURL));
  expect(shared).toHaveLength(1);
});

test("three sandboxed frames play too, each with an engine of its own", async ({ page, site, baseURL }) => {
  await page.goto(site.put("/article", html(at(frameExample, baseURL).repeat(3))));
  for (const n of [0, 1, 2]) {
    const place = page.frameLocator("iframe").nth(n);
    await next(place).click();
    await expect(caption(place)).toHaveText(/election/);
  }
  expect(page.workers()).toHaveLength(0);
});

test("a figure shows a story's steps, its questions, and the way back to it", async ({
  page,
  site,
  baseURL,
}) => {
  const split = read("www/lessons/a-split-vote-elects-nobody.scenario");
  await page.goto(site.put("/article", html(figureWith(split), script(baseURL))));
  const steps = page.getByLabel("Step of the story");
  await expect(steps.locator("option:checked")).toHaveText("1 of 8");
  await steps.selectOption({ label: "4 of 8" });
  await expect(caption(page)).toHaveText(/Who leads term 1\?$/);
  await page.getByRole("button", { name: /^n1 .*An answer$/ }).click();
  await expect(page.getByRole("menu")).toHaveCount(0);
  const told = page.getByRole("button", { name: "Run it as told" });
  await expect(told).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("It came out otherwise than you said: Nobody.")).toBeVisible();
  await told.click();
  await expect(caption(page)).toContainText("As told: “n1: it asked first”");
  await page.getByRole("button", { name: "Back to the story" }).click();
  await expect(steps.locator("option:checked")).toHaveText("4 of 8");
  await page.getByRole("button", { name: /^n4 / }).click();
  await page.getByRole("menuitem", { name: /^Crash/ }).click();
  await page.getByRole("button", { name: "Back to the story" }).click();
  await expect(page.getByRole("button", { name: /^n4 .*down/ })).toHaveCount(0);
  await expect(steps.locator("option:checked")).toHaveText("4 of 8");
  expect(await violations(page.mainFrame())).toEqual([]);
});

test("with autoplay a figure's story goes on by itself, until its reader halts it", async ({
  page,
  site,
  baseURL,
}) => {
  const asks =
    'consensus 1\nprotocol raft\n\ncaption "One."\nstop\ncaption "Two of {leaders}."\nstop\nrun 1s\ncaption "Three."\nstop\n';
  await page.goto(site.put("/article", html(figureWith(asks, "autoplay"), script(baseURL))));
  const here = page.getByLabel("Step of the story").locator("option:checked");
  await expect(here).toHaveText("1 of 3");
  await expect(here).toHaveText("2 of 3");
  await expect(caption(page)).toHaveText("Two of 0.");
  await page.getByRole("button", { name: /^Halt/ }).click();
  await page.waitForTimeout(2_500);
  await expect(here).toHaveText("2 of 3");
});

test("what a story points at is marked, and an entry is told", async ({ page, site, baseURL }) => {
  const looks =
    'consensus 1\nprotocol raft\noption no-op off\n\nfire n1 election\ndeliver all\nsubmit c1 -> n1 set x=1\ndeliver ClientRequest c1->n1\ndeliver AppendEntries n1->n2\ncaption "Look."\nlook n2\nlook entry 1\nstop\n';
  await page.goto(site.put("/article", html(figureWith(looks), script(baseURL))));
  await page.getByLabel("Step of the story").selectOption({ label: "1 of 1" });
  await expect(page.locator(".server.looked")).toHaveCount(1);
  await expect(page.locator(".caption")).toContainText("x=1 (term 1) on n1 n2; nothing on n3.");
});

test("the documented policy is enough for an element, and one line for a frame", async ({
  page,
  site,
  baseURL,
}) => {
  const origin = new URL(baseURL).origin;
  const [, documented] = /```text\n(.*?)\n```/s.exec(read("docs/embed.md"));
  const policy = `default-src 'none'; ${documented.replaceAll("https://playground.example", origin)}`;
  const strict = { "Content-Security-Policy": policy };
  await page.goto(site.put("/element", html(figureWith(three, 'width="640"'), script(baseURL)), strict));
  await next(page).click();
  await expect(caption(page)).toHaveText(/election/);
  expect(await page.locator("consensus-playground").evaluate((figure) => figure.clientWidth)).toBe(640);
  await page.getByRole("button", { name: /^n1 / }).click();
  await page.getByRole("menuitem", { name: /^Crash/ }).click();
  await expect(page.getByRole("button", { name: /^n1 .*down/ })).toBeVisible();

  const framing = { "Content-Security-Policy": `default-src 'none'; frame-src ${origin}` };
  await page.goto(site.put("/frame", html(at(frameExample, baseURL)), framing));
  await next(page.frameLocator("iframe")).click();
  await expect(caption(page.frameLocator("iframe"))).toHaveText(/election/);
});

test("a policy that forbids the engine is told in the figure", async ({ page, site, baseURL, watch }) => {
  watch.expectError(/WebAssembly|Content Security Policy/);
  const origin = new URL(baseURL).origin;
  const policy = {
    "Content-Security-Policy": `default-src 'none'; script-src ${origin}; connect-src ${origin}`,
  };
  await page.goto(site.put("/article", html(figureWith(three), script(baseURL)), policy));
  await expect(page.getByRole("alert")).toContainText("This run cannot be opened");
});

/** Counts what is compiled in a page. Put in before its scripts run. */
function countCompilations() {
  globalThis.compiled = 0;
  for (const name of ["compile", "compileStreaming", "instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = (source, ...rest) => {
      if (!(source instanceof WebAssembly.Module)) globalThis.compiled += 1;
      return original.call(WebAssembly, source, ...rest);
    };
  }
}

test("three on a foreign page compile the engine once, and play apart", async ({ page, site, baseURL }) => {
  const asked = [];
  page.on("request", (request) => request.url().endsWith(".wasm") && asked.push(request.url()));
  await page.addInitScript(countCompilations);
  const figures = figureWith(three).repeat(3);
  await page.goto(site.put("/article", html(figures, script(baseURL))));
  const positions = await page.evaluate(() =>
    Promise.all(
      [...document.querySelectorAll("consensus-playground")].map(async (figure, n) => {
        for (let step = 0; step < 5 * n; step++) await figure.nextMoment(false);
        return (await figure.frame()).position;
      }),
    ),
  );
  expect(new Set(positions).size).toBe(3);
  expect(await page.evaluate(() => globalThis.compiled)).toBe(1);
  expect(asked).toHaveLength(1);
});

test("three on the playground's own origin share one worker", async ({ page }) => {
  const asked = [];
  page.context().on("request", (request) => request.url().endsWith(".wasm") && asked.push(request.url()));
  await page.goto("./embed.html");
  await expect(next(page)).toBeVisible();
  const counts = await page.evaluate(async () => {
    const more = [2, 3].map((count) => {
      const figure = document.createElement("consensus-playground");
      figure.setAttribute("text", `consensus 1\nprotocol raft\nservers ${count}\n`);
      document.body.append(figure);
      return figure;
    });
    const infos = await Promise.all(more.map((figure) => figure.info()));
    more[0].remove(); // gives its run back, and nobody else's
    await new Promise((resolve) => setTimeout(resolve));
    return [...infos.map(({ servers }) => servers), (await more[1].frame()).nodes.length];
  });
  expect(counts).toEqual([2, 3, 3]);
  expect(page.workers()).toHaveLength(1);
  expect(asked.length).toBeLessThanOrEqual(1);
});

test("keys go to the figure that has the focus, and to no other", async ({ page, site, baseURL }) => {
  const figures = `<input aria-label="A field">${figureWith(three).repeat(2)}`;
  await page.goto(site.put("/article", html(figures, script(baseURL))));
  const positions = () =>
    page.evaluate(() =>
      Promise.all(
        [...document.querySelectorAll("consensus-playground")].map(async (f) => (await f.frame()).position),
      ),
    );
  const [start] = await positions();
  await page.getByLabel("A field").focus();
  await page.keyboard.press("ArrowRight");
  expect(await positions()).toEqual([start, start]);
  await next(page).nth(1).focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(async () => (await positions())[1]).toBeGreaterThan(start);
  expect((await positions())[0]).toBe(start);
  await page.keyboard.press("Home");
  await expect.poll(positions).toEqual([start, start]);
  await page.locator("consensus-playground").first().locator(".caption").click();
  await page.keyboard.press(".");
  await expect.poll(positions).toEqual([start + 1, start]);
});

for (const [what, attributes, message] of [
  ["cut off", 'link="1"', "This run cannot be opened"],
  ["no link at all", 'link="&lt;img src=x onerror=alert(1)&gt;"', "This run cannot be opened"],
  ["bad text", 'text="consensus 1&#10;protocol nonsense"', "nonsense"],
  ["missing", 'src="nowhere.scenario"', "the server answers 404"],
  ["too long", 'src="long.scenario"', "longer than 256 kB"],
  ["unknown to show", 'show="stage nonsense"', "there is no part “nonsense”"],
]) {
  test(`what is ${what} is told in the figure, and its neighbour plays`, async ({
    page,
    site,
    baseURL,
    watch,
  }) => {
    watch.expectError(/404/);
    site.put("/long.scenario", `${three}${"# on and on\n".repeat(22_000)}`, { "Content-Type": "text/plain" });
    const figures = `<consensus-playground ${attributes}></consensus-playground>${figureWith(three)}`;
    const listen = `<script>addEventListener("failure", ({ detail }) => { failure = detail.message; }, true)</script>`;
    await page.goto(site.put("/article", html(figures, listen + script(baseURL))));
    await expect(page.getByRole("alert")).toContainText(message);
    await expect(page.locator("img")).toHaveCount(0);
    if (!attributes.startsWith("show"))
      expect(await page.evaluate(() => globalThis.failure)).toContain(message);
    const neighbour = page.locator("consensus-playground").nth(1);
    await next(neighbour).click();
    await expect(caption(neighbour)).toHaveText(/election/);
  });
}

test("a scenario comes from a file, and another when the attribute changes", async ({
  page,
  site,
  baseURL,
}) => {
  for (const count of [2, 4])
    site.put(`/${count}.scenario`, `consensus 1\nprotocol raft\nservers ${count}\n`, {
      "Content-Type": "text/plain",
    });
  const body = '<consensus-playground src="2.scenario"></consensus-playground>';
  await page.goto(site.put("/article", html(body, script(baseURL))));
  await expect(page.getByRole("button", { name: /^n\d+ / })).toHaveCount(2);
  await page.locator("consensus-playground").evaluate((figure) => figure.setAttribute("src", "4.scenario"));
  await expect(page.getByRole("button", { name: /^n\d+ / })).toHaveCount(4);
});

test("styles stay apart, either way", async ({ page, site, baseURL }) => {
  const rude =
    "<style>* { color: red !important; font-size: 40px; letter-spacing: 9px; text-transform: uppercase; --ink: red }</style>";
  await page.goto(
    site.put("/article", html(`<p>words</p>${figureWith(three, 'theme="dark"')}`, rude + script(baseURL))),
  );
  await expect(next(page)).toBeVisible();
  const look = (locator) =>
    locator.evaluate((element) => {
      const { color, fontSize, letterSpacing, textTransform, backgroundColor } = getComputedStyle(element);
      return { color, fontSize, letterSpacing, textTransform, backgroundColor };
    });
  expect(await look(caption(page))).toMatchObject({
    fontSize: "16px",
    letterSpacing: "normal",
    textTransform: "none",
  });
  expect((await look(caption(page))).color).not.toBe("rgb(255, 0, 0)");
  expect(await look(page.locator("p").first())).toMatchObject({ color: "rgb(255, 0, 0)", fontSize: "40px" });
  expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
  const dark = await look(page.locator(".figure"));
  await page.locator("consensus-playground").evaluate((figure) => figure.setAttribute("theme", "light"));
  await expect
    .poll(async () => (await look(page.locator(".figure"))).backgroundColor)
    .not.toBe(dark.backgroundColor);
});

test("only what is wanted is shown, and a stage without actions only looks", async ({
  page,
  site,
  baseURL,
}) => {
  const body = figureWith(three, 'show="stage caption"');
  await page.goto(site.put("/article", html(body, script(baseURL))));
  await expect(caption(page)).toBeVisible();
  await expect(page.locator(".foot")).toHaveCount(0);
  await expect(page.locator("playground-stage")).toHaveAttribute("inert");
  await page.getByText("n1", { exact: true }).click({ force: true });
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.localName)).not.toBe(
    "playground-stage",
  );
  await expect(page.getByRole("menu")).toHaveCount(0);
  await page
    .locator("consensus-playground")
    .evaluate((figure) => figure.setAttribute("show", "rows transport"));
  await expect(next(page)).toBeVisible();
  await expect(page.getByRole("slider")).toBeVisible();
  await expect(page.locator("playground-stage")).toHaveCount(0);
  await expect(caption(page)).toHaveCount(0);
});

test("a figure out of sight loads nothing until it is asked or seen", async ({ page, site, baseURL }) => {
  const asked = [];
  page.on("request", (request) => request.url().endsWith(".wasm") && asked.push(request.url()));
  const body = `<div style="height: 3000px"></div>${figureWith(three, "autoplay")}`;
  await page.goto(site.put("/article", html(body, script(baseURL))));
  await page.waitForTimeout(500);
  expect(asked).toHaveLength(0);
  await page.locator("consensus-playground").scrollIntoViewIfNeeded();
  await expect(page.getByRole("button", { name: /^Halt/ })).toBeVisible();
  await expect.poll(async () => (await ask(page, "frame")).at).toBeGreaterThan(0);
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(300);
  const { at: stood } = await ask(page, "frame");
  await page.waitForTimeout(300);
  expect((await ask(page, "frame")).at).toBe(stood);
});

test("the engine's answers and events reach the page; a bad request is refused with words", async ({
  page,
  site,
  baseURL,
}) => {
  await page.goto(site.put("/article", html(figureWith(story), script(baseURL))));
  const heard = await page.evaluate(async () => {
    const figure = document.querySelector("consensus-playground");
    const heard = [];
    for (const type of ["open", "moment", "pause", "violation"])
      figure.addEventListener(type, ({ detail }) => heard.push([type, detail]));
    await figure.seek(0);
    const reached = await figure.run(60_000_000);
    const paused = (await figure.frame()).pause;
    await figure.proceed();
    const question = (await figure.frame()).pause;
    await figure.proceed(1);
    await figure.run(60_000_000);
    await figure.partition([["n1"], ["n2", "n3", "n4", "n5"]]);
    await figure.heal();
    await figure.crash("n1");
    const refused = await figure.crash("n9").catch(({ message }) => message);
    const link = await figure.link(false);
    const fingerprint = await figure.fingerprint();
    const { position } = await figure.frame();
    await figure.fromLink(link);
    await figure.seek(position);
    const text = await figure.text();
    return {
      heard,
      reached,
      paused,
      question,
      refused,
      same: fingerprint === (await figure.fingerprint()),
      text,
    };
  });
  expect(heard.paused.kind).toBe("stop");
  expect(heard.question.answers).toHaveLength(3);
  expect(heard.refused).toContain("n9");
  expect(heard.text).toContain("crash n1");
  const types = heard.heard.map(([type]) => type);
  expect(types).toEqual(expect.arrayContaining(["open", "moment", "pause"]));
  expect(heard.heard.find(([type]) => type === "pause")[1]).toEqual(heard.paused);
  expect(heard.same).toBe(true);
});

test("a broken promise is an event", async ({ page, site, baseURL }) => {
  const killer = read("tests/killers/two-halves-elect-two-leaders.scenario");
  await page.goto(site.put("/article", html(figureWith(killer), script(baseURL))));
  const violation = await page.evaluate(async () => {
    const figure = document.querySelector("consensus-playground");
    const heard = new Promise((resolve) =>
      figure.addEventListener("violation", ({ detail }) => resolve(detail), { once: true }),
    );
    for (let n = 0; n < 400 && (await figure.frame()).checks.broken.length === 0; n++) {
      if ((await figure.frame()).pause) await figure.proceed();
      await figure.step();
    }
    return heard;
  });
  expect(violation.text).not.toBe("");
  await expect(page.locator(".caption .broken")).toContainText(violation.name);
});

for (const [width, height] of [
  [640, 420],
  [360, 480],
])
  for (const colorScheme of ["light", "dark"])
    test(`at ${width} × ${height}, ${colorScheme}, a story is told whole: nothing clipped, axe finds nothing`, async ({
      page,
      site,
      baseURL,
    }) => {
      await page.emulateMedia({ colorScheme });
      const source = `${baseURL}embed.html#text=${encodeURIComponent(story)}`;
      const body = `<iframe src="${source}" title="A story" width="${width}" height="${height}" sandbox="allow-scripts" frameborder="0"></iframe>`;
      await page.goto(site.put("/article", html(body)));
      const place = page.frameLocator("iframe");
      await expect(next(place)).toBeVisible();
      const frame = page.frames().find((other) => other.url().startsWith(baseURL));
      const troubles = await frame.evaluate(async () => {
        const figure = document.querySelector("consensus-playground");
        const root = figure.shadowRoot;
        const troubles = [];
        const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        for (let n = 0; n < 400 && !figure.player.frame.scriptDone; n++) {
          await figure.move("next");
          await drawn();
          const outer = root.querySelector(".figure").getBoundingClientRect();
          for (const inner of root.querySelectorAll("playground-stage, .caption, .foot, .foot button")) {
            const box = inner.getBoundingClientRect();
            const list = inner.closest(".answers")?.getBoundingClientRect() ?? outer;
            const out =
              box.right > outer.right + 1 ||
              box.left < outer.left - 1 ||
              box.bottom > Math.max(outer.bottom, list.bottom) + 1;
            const small = inner.matches("button") && (box.height < 28 || box.width < 28);
            if (out || small)
              troubles.push(`${n}: ${inner.className || inner.localName} ${out ? "out" : "small"}`);
          }
          const words = root.querySelector(".caption");
          if (words.scrollHeight > words.clientHeight + 1 && words.tabIndex !== 0)
            troubles.push(`${n}: caption clipped: ${words.textContent.trim()}`);
          if (root.querySelector("playground-stage").clientHeight < 140)
            troubles.push(`${n}: no room for the stage`);
        }
        return { troubles, done: figure.player.frame.scriptDone };
      });
      expect(troubles).toEqual({ troubles: [], done: true });
      expect(await violations(frame)).toEqual([]);
      await place.getByRole("button", { name: /^n1 / }).click();
      await expect(place.getByRole("menuitem", { name: /^Crash/ })).toBeVisible();
      expect(await violations(frame)).toEqual([]);
    });

test("a story asks, the reader answers, and the run decides", async ({ page, site, baseURL }) => {
  await page.goto(site.put("/article", html(figureWith(story), script(baseURL))));
  const answer = page
    .getByRole("group", { name: "Answers" })
    .getByRole("button", { name: "It stores x=1 and waits" });
  for (let n = 0; n < 60 && !(await answer.isVisible()); n++) {
    await next(page).click();
    await page.waitForTimeout(60);
  }
  await expect(caption(page)).toHaveText(/What does it do\?$/);
  await answer.click();
  await page.getByRole("button", { name: /^Halt/ }).click();
  const decided = page.getByText("✓ You said so: It stores x=1 and waits.");
  for (let n = 0; n < 60 && !(await decided.isVisible()); n++) {
    await next(page).click();
    await page.waitForTimeout(60);
  }
  await expect(decided).toBeVisible();
  await page.getByRole("button", { name: "Heal the cut" }).click();
  await expect(page.getByRole("button", { name: "Heal the cut" })).toHaveCount(0);
});

test("the dialog's lines show the same run elsewhere, as a frame and as an element", async ({
  page,
  site,
}) => {
  await openPage(page);
  await lead(page);
  await page.getByRole("button", { name: "Embed" }).click();
  const mine = await page.evaluate(async () => {
    const { engine } = document.querySelector("consensus-app");
    const { position } = await engine.do("frame");
    return `${position} ${await engine.do("fingerprint")}`;
  });
  const dialog = page.getByRole("dialog", { name: "Embed this run" });
  await dialog.getByRole("button", { name: "At this moment" }).click();
  await dialog.getByRole("button", { name: "360 × 480" }).click();
  await dialog.getByRole("button", { name: "Dark" }).click();
  expect(await violations(page.mainFrame())).toEqual([]);
  const frame = await dialog.getByLabel("As a frame").inputValue();
  const element = await dialog.getByLabel("As an element").inputValue();
  const here = (figure) =>
    figure.evaluate(async (it) => `${(await it.frame()).position} ${await it.fingerprint()}`);

  await page.goto(site.put("/element", html(element)));
  const figure = page.locator("consensus-playground");
  await expect(figure.getByRole("button", { name: "Back" })).toBeVisible();
  expect(await here(figure)).toBe(mine);
  expect(await figure.evaluate((it) => [it.clientWidth, it.clientHeight, it.getAttribute("theme")])).toEqual([
    360,
    480,
    "dark",
  ]);

  await page.goto(site.put("/frame", html(frame)));
  const framed = page.frameLocator("iframe").locator("consensus-playground");
  await expect(framed.getByRole("button", { name: "Back" })).toBeVisible();
  expect(await here(framed)).toBe(mine);
});

test("the documentation names every attribute", async ({ page }) => {
  await page.goto("./embed.html");
  const names = await page.evaluate(() => customElements.get("consensus-playground").observedAttributes);
  const documented = read("docs/embed.md");
  expect(
    names.filter((name) => !documented.includes(`| \`${name}\``) && !["width", "height"].includes(name)),
  ).toEqual([]);
});

test("the pages say who may frame and load them", async ({ request }) => {
  const page = await request.get("./index.html");
  expect(page.headers()["content-security-policy"]).toContain("frame-ancestors 'none'");
  for (const path of ["./embed.html", "./embed.js"])
    expect((await request.get(path)).headers()["access-control-allow-origin"]).toBe("*");
  expect((await request.get("./embed.html")).headers()["content-security-policy"]).not.toContain(
    "frame-ancestors",
  );
});

for (const [width, height] of [
  [640, 420],
  [360, 480],
])
  test(`a figure of several protocols shows them all and tells their story at ${width}x${height}`, async ({
    page,
    baseURL,
  }) => {
    const compared = read("www/lessons/same-failure-three-protocols-the-entry-dies.scenario");
    await page.setViewportSize({ width, height });
    await page.goto(`${baseURL}embed.html#text=${encodeURIComponent(compared)}`);
    for (const name of ["Raft", "Multi-Paxos", "ZAB"])
      await expect(page.getByRole("heading", { name, exact: true })).toBeVisible({ timeout: 30_000 });
    const words = page.locator(".besides p").first();
    await expect(words).toContainText("The same three protocols");
    const steps = page.getByLabel("Step of the story");
    await steps.selectOption({ index: 3 });
    await expect(words).toContainText("Which of them still saves x=2?");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await violations(page.mainFrame())).toEqual([]);
    await page.getByRole("button", { name: "None of them" }).click();
    await expect.poll(() => ask(page, "frame").then((frames) => frames[0].at)).toBeGreaterThan(900_000);
    await ask(page, "halt");
    await ask(page, "seekTime", 700_000);
    const frames = await ask(page, "frame");
    expect(frames.map(({ at }) => at)).toEqual([700_000, 700_000, 700_000]);
    await page.getByRole("slider", { name: "Playhead" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => ask(page, "frame").then(([first]) => first.at)).toBeGreaterThan(700_000);
    await expect(ask(page, "crash", "n1")).rejects.toThrow("several protocols");
    await page.evaluate(() =>
      document.querySelector("consensus-playground").setAttribute("text", "consensus 1\nprotocol raft\n"),
    );
    await expect(page.locator("playground-stage")).toBeVisible({ timeout: 30_000 });
  });
