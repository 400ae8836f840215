import { describe, expect, test, vi } from "vitest";
import {
  bandStrokes,
  faultStrokes,
  gapStrokes,
  HEAD,
  headStrokes,
  STRIP,
  together,
  topsOf,
} from "./beside-bands.js";
import { BesideClock } from "./beside-clock.js";
import { BesideHost } from "./beside-host.js";
import { Journey } from "./beside-journey.js";
import { Ring, spotOf } from "./beside-rings.js";
import { COMPARISONS, MOST_BESIDE, othersThan, usualBeside } from "./beside-scenarios.js";
import { Telling } from "./beside-story.js";
import { stripStrokes } from "./beside-strips.js";
import { Viewport } from "./beside-viewport.js";
import { PROTOCOLS } from "./protocols.js";
import { FakeRun } from "./testing/scene.js";

const run = new FakeRun();
const info = run.info();
const window = run.window(0, 2_000_000, 20_000, "time");
const gap = { lost: 500_000, again: 900_000, answer: 1_100_000 };
const comparison = {
  title: "",
  until: 2_000_000,
  openAt: null,
  passed: 0,
  story: { steps: [], lines: 0, endsAt: 0 },
  sentence: "",
  terms: "",
  sides: ["One", "Other"].map((name) => ({ key: name, name, gaps: [gap], without: 400_000, lacks: [] })),
  faults: [
    { at: 500_000, text: "hold messages *" },
    { at: 500_000, text: "crash leader" },
    { at: 1_500_000, text: "restart last-crashed" },
  ],
  difference: { at: 1_000_000, text: "" },
  counters: [],
  words: [],
};
const bands = {
  comparison,
  infos: [info, info],
  windows: [window, window],
  width: 1000,
  row: 20,
  from: 0,
  to: 2_000_000,
  seen: 2_000_000,
};
const of = (strokes, kind) => strokes.filter((stroke) => stroke.kind === kind);

describe("the bands", () => {
  const [first, second, bottom] = topsOf(bands);

  test("stand below one another, each as high as its lanes", () => {
    const lanes = info.servers + info.clients;
    expect([first, second - first, bottom - second]).toEqual([HEAD, STRIP + lanes * 20, STRIP + lanes * 20]);
  });

  test("hold the same lanes at the same instants, one band lower", () => {
    const lines = of(bandStrokes(bands), "line").filter(({ y1, y2, width }) => y1 === y2 && width >= 3);
    const [high, low] = [lines.filter(({ y1 }) => y1 < second), lines.filter(({ y1 }) => y1 > second)];
    expect(high.length).toBeGreaterThan(4);
    expect(low.map(({ x1, x2, y1 }) => [x1, x2, y1 - (second - first)])).toEqual(
      high.map(({ x1, x2, y1 }) => [x1, x2, y1]),
    );
  });

  test("a fault goes through all of them, in red only if it takes something away", () => {
    const lines = of(faultStrokes(bands, bottom), "line");
    expect(lines.map(({ x1, y2, colour }) => [x1, y2, colour])).toEqual([
      [250, bottom, "red"],
      [750, bottom, "dim"],
    ]);
  });

  test("what is done at the same instant is told in one line, the harm of it first", () => {
    expect(together(comparison.faults)).toEqual([
      { at: 500_000, harm: true, text: "crash leader and 1 more", brief: "crash leader" },
      { at: 1_500_000, harm: false, text: "restart last-crashed", brief: "restart last-crashed" },
    ]);
  });

  test("a bar reaches from the leader's loss to the next leader, and says how long that is", () => {
    const strokes = gapStrokes(gap, bands, first);
    expect(of(strokes, "box")[0]).toMatchObject({ x: 250, w: 200 });
    expect(of(strokes, "text").map(({ text }) => text)).toEqual([
      "no leader for 400 ms",
      "first answer after 600 ms",
    ]);
    const tick = of(strokes, "line").at(-1);
    expect([tick.x1, tick.x2]).toEqual([550, 550]);
  });

  test("a bar without an end reaches to the end, and no answer is made up", () => {
    const strokes = gapStrokes({ lost: 500_000, again: null, answer: null }, bands, first);
    expect(of(strokes, "box")[0]).toMatchObject({ x: 250, w: 750 });
    expect(of(strokes, "text").map(({ text }) => text)).toEqual(["no leader again"]);
    expect(of(strokes, "line")).toEqual([]);
  });

  test("one playhead goes through all, and veils what is to come", () => {
    const strokes = headStrokes(bands, 500_000);
    expect(of(strokes, "line")[0]).toMatchObject({ x1: 250, y2: bottom + 4, colour: "accent" });
    expect(of(strokes, "box")[0]).toMatchObject({ x: 250, w: 750 });
  });

  test("what was never seen is hidden, and told by no bar and no word", () => {
    const early = { ...bands, seen: 700_000 };
    const [veil, wall] = of(headStrokes(early, 500_000), "box");
    expect([veil.x, veil.w, veil.alpha]).toEqual([250, 100, 0.55]);
    expect([wall.x, wall.w, wall.alpha]).toEqual([350, 650, undefined]);
    expect(of(gapStrokes(gap, early, first), "text")).toEqual([]);
    expect(of(faultStrokes(early, bottom), "line").map(({ x1 }) => x1)).toEqual([250]);
    const texts = (seen) => of(bandStrokes({ ...bands, seen }), "text").map(({ text }) => text);
    expect(texts(999_999)).not.toContain("≠");
    expect(texts(1_000_000)).toContain("≠");
  });
});

const answers = ["A", "B"].map((text) => ({ text, place: null, without: [] }));
const step = (line, kind, at, more) => ({
  line,
  kind,
  text: `${kind} ${line}`,
  at,
  answers: [],
  decided: null,
  looks: [],
  ...more,
});
const tale = {
  steps: [
    step(0, "caption", 0),
    step(2, "caption", 300, { looks: [{ index: null, places: ["n1", null] }] }),
    step(3, "stop", 300),
    step(4, "ask", 300, { answers, decided: { line: 6, right: 1 } }),
    step(6, "caption", 800),
    step(7, "invite", 800),
    step(9, "caption", 900),
  ],
  lines: 10,
  endsAt: 900,
};

describe("the story", () => {
  const begun = (at = 0, passed = 0) => {
    const telling = new Telling();
    telling.begin(tale, 2_000, at, passed);
    return telling;
  };

  test("tells each step at its instant, and waits where it has to", () => {
    const telling = begun();
    expect([telling.words, telling.pause, telling.bar]).toEqual(["caption 0", null, 300]);
    telling.see(300);
    expect([telling.words, telling.pause.kind]).toEqual(["caption 2", "stop"]);
    expect([telling.pointsAt(0), telling.pointsAt(1)]).toEqual([["n1"], []]);
    expect(telling.pass()).toBe(false); // the question waits at the same instant
    expect([telling.words, telling.story.pause.answers.length]).toEqual(["ask 4", 2]);
    expect(telling.pass()).toBe(true);
    expect([telling.bar, telling.words]).toEqual([800, "caption 2"]);
  });

  test("does not know an answer before the runs have decided it", () => {
    const telling = begun(300, 1);
    telling.story.answer(0);
    telling.pass();
    telling.see(799);
    expect(telling.story.asked.get(4).right).toBe(null);
    telling.see(800);
    expect([telling.story.asked.get(4).right, telling.story.answers.get(4)]).toEqual([1, 0]);
  });

  test("shows no more of the runs than was seen, until it is over", () => {
    const telling = begun();
    telling.see(300);
    expect(telling.seen).toBe(300);
    telling.turnTo(9);
    expect([telling.over, telling.seen]).toEqual([true, 2_000]);
    telling.turnTo(2);
    expect([telling.over, telling.seen, telling.pause.line]).toEqual([false, 2_000, 3]);
  });

  test("is entered where a link says, behind what its reader had passed", () => {
    expect(begun(300, 0).pause.line).toBe(3);
    const telling = begun(300, 1);
    expect([telling.pause.line, telling.passedAt(300), telling.passedAt(800)]).toEqual([4, 1, 0]);
    expect(begun(500, 0).pause).toBe(null);
  });

  test("there need not be one", () => {
    const telling = new Telling();
    telling.begin({ steps: [], lines: 0, endsAt: 0 }, 2_000, 0, 0);
    telling.see(1_000);
    expect([telling.told, telling.pause, telling.words]).toEqual([false, null, ""]);
  });
});

describe("the reader's way", () => {
  const begun = (story) => {
    vi.stubGlobal("requestAnimationFrame", () => 1);
    vi.stubGlobal("cancelAnimationFrame", () => {});
    const journey = new Journey(() => {});
    journey.begin({ ...comparison, until: 2_000, faults: [], sides: [], difference: null, story });
    return journey;
  };

  test("leads from milestone to milestone, and past no place at which the story waits", () => {
    const journey = begun(tale);
    journey.go("next");
    expect([journey.clock.at, journey.telling.pause.line]).toEqual([300, 3]);
    journey.go("next");
    expect([journey.clock.at, journey.telling.pause.line]).toEqual([300, 4]);
    journey.go("next");
    expect([journey.clock.at, journey.telling.pause.line]).toEqual([800, 7]);
    journey.go("back");
    expect([journey.clock.at, journey.telling.pause.line]).toEqual([300, 3]);
    journey.go("last");
    expect(journey.clock.at).toBe(800); // no further than was seen
    journey.turnTo(9);
    journey.go("last");
    expect(journey.clock.at).toBe(2_000);
    vi.unstubAllGlobals();
  });

  test("goes on by the same key that lets time pass", () => {
    const journey = begun(tale);
    journey.seek(300);
    expect(journey.clock.at).toBe(0); // nobody has seen that yet
    journey.go("next");
    journey.go("toggle");
    expect([journey.telling.pause.line, journey.clock.playing]).toEqual([4, false]);
    journey.proceed(1);
    expect([journey.telling.story.answers.get(4), journey.clock.playing, journey.clock.bar]).toEqual([
      1,
      true,
      800,
    ]);
    journey.go("toggle");
    expect(journey.clock.playing).toBe(false);
    vi.unstubAllGlobals();
  });

  test("is free where nothing is told", () => {
    const journey = begun({ steps: [], lines: 0, endsAt: 0 });
    journey.seek(1_500);
    expect([journey.clock.at, journey.clock.bar]).toEqual([1_500, 2_000]);
    journey.go("last");
    expect(journey.clock.at).toBe(2_000);
    vi.unstubAllGlobals();
  });
});

describe("the ring", () => {
  const ring = new Ring(info, window);

  test("shows each server as its lane is at that instant", () => {
    const [n1, , , n4] = ring.servers(1_262_000);
    expect(n1).toMatchObject({ name: "n1", term: 2, kind: "leading", down: false });
    expect(n4).toMatchObject({ term: 5, kind: "seeking" });
    expect(ring.words(ring.servers(1_262_000))).toMatch(/^n1 \w+ \w+ 2$/);
    expect(ring.words([])).toMatch(/^nobody /);
  });

  test("shows the messages between servers that are under way, and no others", () => {
    const going = ring.going(320_000);
    expect(going.map(({ to }) => to)).toEqual([1, 2, 3, 4]);
    for (const { part } of going) expect(part).toBeGreaterThan(0);
    expect(ring.going(1_150_000)).toEqual([]); // a client's request is under way
  });

  test("no two servers stand in the same place", () => {
    for (let count = 1; count <= 9; count += 1) {
      const spots = Array.from({ length: count }, (_, lane) => JSON.stringify(spotOf(lane, count)));
      expect(new Set(spots).size).toBe(count);
    }
  });
});

describe("the stretch of time that is shown", () => {
  test("is turned like a page when the playhead comes to its edge", () => {
    const view = new Viewport();
    view.begin(2_000_000);
    expect([view.from, view.to, view.whole]).toEqual([0, 2_000_000, true]);
    view.zoom(0.25, 0);
    expect([view.from, view.to, view.whole]).toEqual([0, 500_000, false]);
    view.follow(400_000);
    expect(view.from).toBe(0);
    view.follow(490_000);
    expect(view.from).toBe(470_000);
    view.follow(2_000_000);
    expect(view.to).toBe(2_000_000);
    view.follow(100_000);
    expect(view.from).toBeLessThan(100_000);
  });
});

describe("the clock", () => {
  test("stops on its way where it has to", () => {
    /** @type {((now: number) => void)[]} */
    const frames = [];
    vi.stubGlobal("requestAnimationFrame", (frame) => frames.push(frame));
    vi.stubGlobal("cancelAnimationFrame", () => {});
    const clock = new BesideClock(() => {});
    clock.begin(10_000, 0);
    clock.bar = 3_000;
    clock.play();
    for (let now = clock.before + 24; clock.playing; now += 24) frames.shift()?.(now);
    expect(clock.at).toBe(3_000);
    vi.unstubAllGlobals();
  });

  test("stands where it is put, within the run", () => {
    const told = vi.fn();
    vi.stubGlobal("cancelAnimationFrame", () => {});
    const clock = new BesideClock(told);
    clock.begin(1_000, 2_000);
    expect(clock.at).toBe(1_000);
    clock.seek(-5);
    expect(clock.at).toBe(0);
    expect(told).toHaveBeenCalled();
  });

  test("goes on at one rate, and halts at the end", () => {
    /** @type {((now: number) => void)[]} */
    const frames = [];
    vi.stubGlobal("requestAnimationFrame", (frame) => frames.push(frame));
    vi.stubGlobal("cancelAnimationFrame", () => {});
    const clock = new BesideClock(() => {});
    clock.begin(10_000, 0);
    clock.play();
    let now = clock.before;
    const places = [];
    while (clock.playing) {
      now += 24;
      frames.shift()?.(now);
      places.push(Math.round(clock.at));
    }
    expect(places).toEqual([2_000, 4_000, 6_000, 8_000, 10_000]);
    clock.play();
    expect(clock.at).toBe(0);
    vi.unstubAllGlobals();
  });
});

describe("the host", () => {
  class FakeWorker {
    postMessage() {}
    terminate() {}
  }
  const start = () => {
    vi.stubGlobal("Worker", FakeWorker);
    const host = new BesideHost();
    vi.unstubAllGlobals();
    return host;
  };

  test("does the work in the page if its worker never starts", async () => {
    const host = start();
    host.takeOver = () => {
      host.desk = Promise.resolve({ answer: ({ ticket, args }) => ({ ticket, result: args[0] }) });
      return host.desk;
    };
    const asked = host.ask("echo", 7);
    host.worker.onerror({ message: "" });
    expect(await asked).toBe(7);
    expect(await host.ask("echo", 8)).toBe(8);
  });

  test("tells whoever waits when a worker breaks that had begun", async () => {
    const host = start();
    const first = host.ask("echo", 7);
    host.worker.onmessage({ data: { ticket: 1, result: 7 } });
    expect(await first).toBe(7);
    const second = host.ask("echo", 8);
    host.worker.onerror({ message: "out of memory" });
    await expect(second).rejects.toThrow("out of memory");
  });

  test("hands on what the desk says is wrong", async () => {
    const host = start();
    const asked = host.ask("open", "nonsense");
    host.worker.onmessage({ data: { ticket: 1, error: "line 1, column 1: this is no scenario" } });
    await expect(asked).rejects.toThrow("this is no scenario");
  });
});

test("each protocol has usual neighbours, never itself, and never too many", () => {
  for (const { key } of PROTOCOLS) {
    const others = usualBeside(key);
    expect(others).toHaveLength(MOST_BESIDE);
    const known = othersThan(key).map((other) => other.key);
    expect(known).not.toContain(key);
    expect(known).toEqual(expect.arrayContaining(others));
  }
  expect(COMPARISONS.every(({ title, text }) => title && text.includes("\nbeside "))).toBe(true);
});

test("thin strips show no more than was seen: gaps, and faults in red only if they take something away", () => {
  const lines = (seen) => of(stripStrokes(comparison, 1000, 500_000, seen), "line");
  const boxes = (seen) => of(stripStrokes(comparison, 1000, 500_000, seen), "box");
  expect(lines(2_000_000).filter(({ width, colour }) => width === 1 && colour === "red")).toHaveLength(1);
  expect(lines(2_000_000).filter(({ width, colour }) => width === 1 && colour === "dim")).toHaveLength(1);
  expect(lines(400_000).filter(({ width }) => width === 1)).toEqual([]);
  expect(boxes(400_000)).toEqual([]);
  expect(boxes(600_000).map(({ x, w }) => [x, w])).toEqual([
    [250, 50],
    [250, 50],
  ]);
  expect(boxes(2_000_000)[0]).toMatchObject({ x: 250, w: 200 });
});
