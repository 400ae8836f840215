import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Engine } from "./engine.js";
import { lookedEntries } from "./figure-looks.js";
import { METHODS } from "./figure-methods.js";
import { EVENTS, News } from "./figure-news.js";
import { partsOf, unknownText } from "./figure-parts.js";
import { EngineDied, WorkerHost } from "./host.js";
import { PageHost } from "./page-host.js";
import { borrowHost } from "./shared-host.js";
import { elementSnippet, escaped, frameSnippet } from "./snippets.js";
import { FakeRun } from "./testing/scene.js";
import { dedent, readUpTo } from "./text-from-outside.js";

const documented = readFileSync(new URL("../docs/embed.md", import.meta.url), "utf8");

test("the documentation names every method and every event of a figure", () => {
  for (const method of Object.keys(METHODS)) expect(documented).toMatch(new RegExp(`\`${method}\\(`));
  for (const name of EVENTS) expect(documented).toContain(`| \`${name}\` |`);
});

test("figures share one host, each with a run of its own, and the last one closes it", async () => {
  let started = 0;
  let closed = 0;
  const start = () => {
    started += 1;
    const host = new PageHost(FakeRun);
    return { call: (run, calls) => host.call(run, calls), close: () => (closed += 1) };
  };
  const engines = [1, 2, 3].map(() => new Engine(() => borrowHost(start)));
  for (const [n, engine] of engines.entries()) {
    await engine.open({ text: "protocol" });
    await engine.do("seekTime", 100_000 * (n + 1));
  }
  expect(await Promise.all(engines.map(async (engine) => (await engine.do("frame")).at))).toEqual([
    100_000, 200_000, 300_000,
  ]);
  expect([started, closed]).toEqual([1, 0]);
  engines[0].close();
  engines[1].close();
  expect(closed).toBe(0);
  expect((await engines[2].do("frame")).at).toBe(300_000);
  engines[2].close();
  expect(closed).toBe(1);
});

test("when the shared engine breaks under one figure, the others take up their runs in a new one", async () => {
  let started = 0;
  class Fragile extends FakeRun {
    static fromText(text) {
      return Object.assign(new Fragile(), { text: () => text });
    }
    crash() {
      throw new WebAssembly.RuntimeError("unreachable");
    }
  }
  const start = () => {
    started += 1;
    return new PageHost(Fragile);
  };
  const [one, other] = [1, 2].map(() => new Engine(() => borrowHost(start)));
  for (const engine of [one, other]) {
    await engine.open({ text: "protocol" });
    await engine.do("seekTime", 500_000);
    await engine.do("frame");
  }
  await expect(one.do("crash", "n1")).rejects.toThrow("so it was not done");
  await expect(other.do("frame")).rejects.toThrow();
  expect((await other.do("frame")).at).toBe(500_000);
  expect((await one.do("frame")).at).toBe(500_000);
  expect(started).toBe(2);
  one.close();
  other.close();
});

test("text that stands in a page loses the page's indentation, and keeps its own", () => {
  expect(dedent('\n    consensus 1\n    ask "?"\n      answer "a"\n\n    stop\n  ')).toBe(
    'consensus 1\nask "?"\n  answer "a"\n\nstop',
  );
  expect(dedent("consensus 1\r\nprotocol x")).toBe("consensus 1\nprotocol x");
  expect(dedent(" \n ")).toBe("");
});

test("of a response only so much is read as a scenario may be long", async () => {
  let sent = 0;
  const endless = () =>
    new Response(
      new ReadableStream({
        pull(controller) {
          sent += 1;
          controller.enqueue(new Uint8Array(100));
        },
      }),
    );
  expect(await readUpTo(endless(), 1_000)).toBe(null);
  expect(sent).toBeLessThan(20);
  const bytes = await readUpTo(new Response("a".repeat(1_000)), 1_000);
  expect(new TextDecoder().decode(bytes ?? undefined)).toBe("a".repeat(1_000));
});

test("words of `show` that name no part are told", () => {
  expect([...partsOf(null).parts]).toEqual(["stage", "caption", "transport", "rows", "actions", "story"]);
  expect([...partsOf(" stage, rows ").parts]).toEqual(["stage", "rows"]);
  expect(partsOf("stage  lanes").unknown).toEqual(["lanes"]);
  expect(unknownText(["lanes"])).toContain("“lanes”");
  expect(unknownText([])).toBe("");
});

test("each thing is told once", () => {
  const told = [];
  const news = new News((type, detail) => told.push([type, detail]));
  const caption = { position: 3, text: "n1 leads" };
  const pause = { line: 7 };
  const broken = [{ key: "one-leader" }];
  news.report({ caption, pause: null, checks: { broken: [] } });
  news.report({ caption: { ...caption }, pause, checks: { broken: [] } });
  news.report({ caption, pause: { ...pause }, checks: { broken } });
  news.report({ caption, pause: null, checks: { broken } });
  expect(told).toEqual([
    ["moment", caption],
    ["pause", pause],
    ["violation", broken[0]],
  ]);
  news.report({ caption, pause, checks: { broken: [] } });
  expect(told.at(-1)).toEqual(["pause", pause]);
});

test("a title stays a text in the lines to paste", () => {
  const title = '"><script>alert(1)</script>&';
  const embedding = {
    root: "https://a.example/b/",
    link: "1",
    title,
    width: 640,
    height: 420,
    theme: "dark",
    autoplay: true,
  };
  expect(escaped(title)).toBe("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;");
  for (const snippet of [frameSnippet(embedding), elementSnippet(embedding)]) {
    expect(snippet).not.toContain("<script>");
    expect(snippet).toContain(escaped(title));
  }
  expect(frameSnippet(embedding)).toContain(
    'src="https://a.example/b/embed.html?theme=dark&amp;autoplay=#1"',
  );
  expect(elementSnippet(embedding)).toContain('theme="dark" autoplay=""');
});

test("when a shared worker's engine breaks, all who use it are told, also those who ask later", async () => {
  const line = { onmessage: null, onerror: null, postMessage() {}, terminate() {} };
  const host = new WorkerHost(line);
  const asked = host.call(1, [["frame"]]);
  host.settle({ ticket: 0, dead: "unreachable" });
  await expect(asked).rejects.toThrow(EngineDied);
  await expect(host.call(1, [["frame"]])).rejects.toThrow("unreachable");
});

test("an entry that is pointed at is told by who holds what", () => {
  const cell = (index, text, term) => ({ index, text, term });
  const nodes = [
    { name: "n1", cells: [cell(1, "a=1", "1"), cell(2, "b=2", "2")] },
    { name: "n2", cells: [cell(1, "a=1", "1"), cell(2, "b=2", "2")] },
    { name: "n3", cells: [cell(2, "c=3", "3")] },
  ];
  const info = /** @type {any} */ ({ protocol: { index: "index", term: "term" } });
  const told = (...looks) => lookedEntries(/** @type {any} */ ({ looks, nodes }), info);
  expect(told({ kind: "entry", index: 2, place: null })).toEqual([
    "Index 2: b=2 (term 2) on n1 n2; c=3 (term 3) on n3.",
  ]);
  expect(told({ kind: "entry", index: 1, place: "n3" })).toEqual(["Index 1: nothing on n3."]);
  expect(told({ kind: "place", place: "n1" })).toEqual([]);
});
