import { expect, test } from "vitest";
import { contrast, HUES, hueOf, mix, PALETTE } from "./colour.js";
import { runs } from "./events-tab.js";
import { moveOf } from "./keys.js";
import { logs } from "./logs.js";
import { cutsOf } from "./slices.js";
import { FakeRun } from "./testing/scene.js";
import { happenings, timeline } from "./timeline.js";
import { Told } from "./told.js";
import { Viewport } from "./viewport.js";
import { formatTime, listed } from "./words.js";

test.each(["light", "dark"])("in %s, text can be read and terms be told apart from their ground", (theme) => {
  const colours = PALETTE[theme];
  for (const ground of [colours.stage, colours.surface, colours.raised]) {
    for (const name of ["ink", "dim", "red", "accent"])
      expect(contrast(colours[name], ground), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    for (let n = 0; n <= HUES; n++)
      expect(contrast(colours[`t${n}`], ground), `t${n}`).toBeGreaterThanOrEqual(3);
  }
  expect(contrast(colours.dim, colours.press)).toBeGreaterThanOrEqual(4.5);
  for (let n = 1; n <= HUES; n++) {
    expect(contrast(colours["on-term"], colours[`t${n}`]), `on t${n}`).toBeGreaterThanOrEqual(4.5);
    expect(
      contrast(colours.ink, mix(colours[`t${n}`], colours.surface, 0.15)),
      `pale t${n}`,
    ).toBeGreaterThanOrEqual(4.5);
  }
  expect(contrast(colours["on-accent"], colours.accent)).toBeGreaterThanOrEqual(4.5);
});

test("hues come round again, and term 0 has none", () => {
  expect([0, 1, HUES, HUES + 1].map(hueOf)).toEqual([0, 1, HUES, 1]);
});

test("keys mean what the sheet says, and nothing with Ctrl", () => {
  const key = (name, more = {}) =>
    moveOf({ key: name, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more });
  expect([key(" "), key("ArrowRight"), key("ArrowRight", { shiftKey: true }), key("."), key("Home")]).toEqual(
    ["toggle", "next", "nextTurn", "step", "first"],
  );
  expect(key("ArrowRight", { ctrlKey: true })).toBeNull();
  expect(key("q")).toBeNull();
});

function logsOf(lengths, same = 0) {
  const nodes = lengths.map((length, n) => ({
    name: `n${n + 1}`,
    cells: Array.from({ length }, (_, i) => ({
      index: i + 1,
      term: "1",
      text: i < same ? "a" : `x${n}`,
      committed: i < same,
      applied: true,
      acks: [],
    })),
  }));
  const log = { from: 1, last: Math.max(...lengths), same: false };
  return { log, nodes, chosen: [{ index: 1, at: 5, by: [1, 2] }] };
}

/** The same logs as a frame holds them: only from one index on. */
function lastOf({ log, nodes, chosen }, from, same) {
  const cut = nodes.map((node) => ({ ...node, cells: node.cells.filter(({ index }) => index >= from) }));
  return { log: { ...log, from, same }, nodes: cut, chosen };
}

test("logs stand aligned by index, with the seal of what is chosen", () => {
  const { columns, rows } = logs(logsOf([3, 1, 2]), 8);
  expect(columns.map((column) => column.index)).toEqual([1, 2, 3]);
  expect(columns[0].chosen).toEqual({ at: 5, by: [1, 2] });
  expect(rows.map(({ cells }) => cells.has(2))).toEqual([true, false, true]);
});

test("what all rows agree on folds when room gets short", () => {
  const { columns } = logs(logsOf([40, 40, 38], 36), 6);
  expect(columns[0]).toMatchObject({ kind: "fold", from: 1, to: 35, same: true });
  expect(columns.slice(1).map((column) => column.index)).toEqual([36, 37, 38, 39, 40]);
});

test("a log that differs from the beginning folds all the same, and does not say that it agrees", () => {
  const { columns } = logs(logsOf([20, 20], 2), 6);
  expect(columns[0]).toMatchObject({ kind: "fold", same: false });
  expect(columns).toHaveLength(6);
});

test.each([
  [logsOf([40, 40, 38], 36), true],
  [logsOf([40, 40, 40], 40), true],
  [logsOf([40, 40], 2), false],
])("logs of which a frame holds only the end look the same", (whole, same) => {
  const places = ({ columns, rows }) =>
    rows.map(({ cells }) => columns.map((column) => cells.get(column.index)?.text ?? column));
  for (const room of [4, 8, 12])
    expect(places(logs(lastOf(whole, 29, same), room))).toEqual(places(logs(whole, room)));
});

test("what a frame leaves out is folded, however much room there is", () => {
  const { columns } = logs(lastOf(logsOf([40, 40], 40), 29, true), 60);
  expect(columns[0]).toMatchObject({ kind: "fold", from: 1, to: 39, same: true });
});

test("a cut that leaves two sides is a partition; one that does not is some cut links", () => {
  const frame = { nodes: ["n1", "n2", "n3", "n4"].map((name) => ({ name })), cuts: [] };
  const across = [
    ["n1", "n3"],
    ["n1", "n4"],
    ["n2", "n3"],
    ["n2", "n4"],
  ];
  expect(cutsOf(frame, across)).toEqual([
    [
      "partition",
      [
        [
          ["n1", "n2"],
          ["n3", "n4"],
        ],
      ],
    ],
  ]);
  expect(cutsOf(frame, [["n1", "n3"]])).toEqual([["cut", ["n1", "n3", true]]]);
});

test("a turning point takes the caption at once; what is notable waits until it is read; routine never comes", () => {
  const told = new Told();
  const caption = (text, grade, position) => ({ text, grade, position });
  const [first, turn, third] = [
    caption("a", "notable", 1),
    caption("b", "turning", 2),
    caption("c", "notable", 3),
  ];
  expect(told.offer(first, 0, true, 1)).toBe(first);
  expect(told.offer(turn, 10, true, 1)).toBe(turn);
  expect(told.offer(third, 20, true, 1)).toBe(turn);
  expect(told.offer(caption("r", "routine", 4), 30, true, 1)).toBe(turn);
  expect(told.offer(caption("r", "routine", 5), 9000, true, 1)).toBe(third);
  expect(told.offer(first, 9001, false, 1)).toBe(first);
});

test("the rows follow the cursor only as far as they must", () => {
  const view = new Viewport(1000, 10, 100_000);
  view.follow(900);
  expect(view.from).toBe(0);
  view.follow(1930);
  expect(view.from).toBeCloseTo(1000);
  view.follow(1200);
  expect(view.from).toBeCloseTo(1000);
  view.zoom(0.5, 1500);
  expect([view.from, view.span]).toEqual([1250, 500]);
});

test("the diagram ends a lost message short of its receiver's lane and tells no future", () => {
  const run = new FakeRun();
  const sheet = (at) => ({
    window: run.window(0, at, 800, "time"),
    info: run.info(),
    width: 800,
    top: 30,
    row: 30,
    from: 0,
    to: 1_500_000,
    at,
    scale: "time",
  });
  run.seekTime(600_000);
  const strokes = timeline(sheet(600_000));
  const texts = strokes.flatMap((stroke) => (stroke.kind === "text" ? [stroke.text] : []));
  expect(texts).toEqual(expect.arrayContaining(["t2 leads", "3 committed", "partition n4 n5", "set x=1 OK"]));
  run.seekTime(450_000);
  expect(
    timeline(sheet(450_000)).some((stroke) => stroke.kind === "text" && stroke.text.startsWith("partition")),
  ).toBe(false);
  const crosses = strokes.filter(
    (stroke) => stroke.kind === "line" && stroke.colour === "red" && stroke.x1 !== stroke.x2,
  );
  const lanes = [45, 75, 105, 135, 165];
  for (const { y1, y2 } of crosses)
    for (const lane of lanes) expect(Math.abs((y1 + y2) / 2 - lane)).toBeGreaterThan(4);
});

test("a message under way is drawn as far as it was seen", () => {
  const run = new FakeRun();
  const none = new Float64Array();
  const messages = Float64Array.from([1, 0, 1, 100_000, 200_000, 0, 2, 0]);
  const whole = run.window(0, 150_000, 800, "time");
  const window = {
    ...whole,
    to: 150_000,
    lanes: none,
    marks: none,
    comb: none,
    beats: none,
    ops: [],
    messages,
  };
  const sheet = {
    window,
    info: run.info(),
    width: 1000,
    top: 30,
    row: 30,
    from: 0,
    to: 1_000_000,
    scale: "time",
  };
  const [line, ...more] = happenings({ ...sheet, at: 150_000 });
  expect([line.x1, line.y1, line.x2, line.y2, more.length]).toEqual([100, 45, 150, 60, 0]);
  const [arrived, head] = happenings({ ...sheet, at: 200_000 });
  expect([arrived.x2, arrived.y2, head.kind]).toEqual([200, 75, "dot"]);
});

test("an operation's words keep clear of the client's others, or are left out", () => {
  const run = new FakeRun();
  const none = new Float64Array();
  const op = (from, to) => ({ client: 1, from, to, text: "set x=1", outcome: "ok" });
  const wordsAt = (...ops) => {
    const window = {
      ...run.window(0, 900_000, 1000, "time"),
      lanes: none,
      marks: none,
      comb: none,
      messages: none,
      ops,
    };
    const sheet = {
      window,
      info: run.info(),
      width: 1000,
      top: 30,
      row: 30,
      from: 0,
      to: 1_000_000,
      at: 900_000,
      scale: "time",
    };
    return happenings(sheet)
      .filter(({ kind }) => kind === "text")
      .map(({ x, align }) => [x, align].join(" ").trim());
  };
  const short = op(300_000, 320_000);
  expect(wordsAt(short)).toEqual(["324"]);
  expect(wordsAt(short, op(600_000, 800_000))).toEqual(["324", "605"]);
  expect(wordsAt(short, op(350_000, 800_000))).toEqual(["296 right", "355"]);
  expect(wordsAt(op(100_000, 290_000), short, op(330_000, 800_000))).toEqual(["105", "335"]);
  expect(wordsAt(op(880_000, null))).toEqual(["876 right"]);
  expect(wordsAt(op(100_000, 870_000), op(880_000, null))).toEqual(["105"]);
});

test("routine moments in a row stand together", () => {
  const grades = ["turning", "routine", "routine", "notable", "routine"];
  expect(runs(grades.map((grade) => ({ grade }))).map((run) => run.length)).toEqual([1, 2, 1, 1]);
});

test("times and lists are written for readers", () => {
  expect([0, 1_262_000, 12_050, 12_345_678].map(formatTime)).toEqual([
    "0 ms",
    "1,262 ms",
    "12.1 ms",
    "12,346 ms",
  ]);
  expect(listed(["n1", "n2", "n3"])).toBe("n1, n2 and n3");
});

test("what a client asked stands in its lane on both scales", () => {
  const run = new FakeRun();
  run.seekTime(600_000);
  const texts = (scale, from, to, at) =>
    timeline({
      window: run.window(from, at, 800, scale),
      info: run.info(),
      width: 800,
      top: 30,
      row: 30,
      from,
      to,
      at,
      scale,
    }).flatMap((stroke) => (stroke.kind === "text" ? [stroke.text] : []));
  expect(texts("time", 0, 1_500_000, 600_000)).toContain("set x=1 OK");
  expect(texts("steps", 0, 150, 60)).toContain("set x=1 OK");
});
