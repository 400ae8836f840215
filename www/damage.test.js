import { expect, test } from "vitest";
import { damageOf, roomOf } from "./damage.js";
import { line } from "./strokes.js";
import { FakeRun } from "./testing/scene.js";
import { timeline } from "./timeline.js";
import { upright } from "./upright.js";

const measure = ({ text, align = "left" }) => {
  const wide = text.length * 6;
  return align === "center" ? [wide / 2, wide / 2] : align === "right" ? [wide, 0] : [0, wide];
};
const STILL = { x: 0, y: 0 };
const LOOK = { colour: "ink", width: 2, alpha: 1 };
const damage = (before, after, shift = STILL) => damageOf(before, after, shift, measure);
const holds = (boxes, x, y) =>
  boxes.some((box) => x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h);

/** Whether a stroke leaves ink on a point. */
function inksOn(stroke, x, y) {
  if (stroke.kind === "line") return onLine(stroke, x, y);
  const { x: left, y: top, w, h } = stroke.kind === "box" ? stroke : roomOf(stroke, measure);
  return x >= left && x <= left + w && y >= top && y <= top + h;
}

function onLine({ x1, y1, x2, y2, width, dash }, x, y) {
  const long = Math.hypot(x2 - x1, y2 - y1);
  if (long === 0) return false;
  const along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / long;
  const aside = ((x - x1) * (y2 - y1) - (y - y1) * (x2 - x1)) / long;
  if (along < 0 || along > long || Math.abs(aside) > width / 2) return false;
  return !dash || along % (dash[0] + dash[1]) < dash[0];
}

/** How a stroke looks, wherever it stands. */
const inkOf = ({ x, y, x1, y1, x2, y2, w, h, lane, brief, ...look }) => Object.values(look).join();

const known = (strokes) =>
  strokes.map((stroke) => ({ stroke, ink: inkOf(stroke), room: roomOf(stroke, measure) }));

const nearColumn = (strokes, x) => strokes.filter(({ room }) => room.x <= x && room.x + room.w >= x);

const inksAt = (near, x, y) =>
  near
    .filter(({ stroke }) => inksOn(stroke, x, y))
    .map(({ ink }) => ink)
    .join("; ");

/** Points whose ink is another than before, though they are not in what is to be painted anew. */
function forgotten(before, after, shift, { width, height }) {
  const boxes = damage(before, after, shift);
  const [old, fresh] = [known(before), known(after)];
  const points = [];
  for (let x = 0.31; x < width; x += 6) {
    const [a, b] = [nearColumn(old, x - shift.x), nearColumn(fresh, x)];
    for (let y = 0.31; y < height; y += 5) {
      const [was, is] = [inksAt(a, x - shift.x, y - shift.y), inksAt(b, x, y)];
      if (was !== is && !holds(boxes, x, y)) points.push({ x, y, was, is });
    }
  }
  return points;
}

const WIDTH = 400;
const SPAN = 1_000_000;
const PIXEL = SPAN / WIDTH;

function sheetAt(run, at, more = {}) {
  run.seekTime(at);
  const origin = Math.round(Math.max(0, at - SPAN * 0.9) / PIXEL);
  const from = origin * PIXEL;
  const window = run.window(Math.max(0, Math.floor(from - SPAN * 0.05)), at, WIDTH, "time");
  const size = { width: WIDTH, top: 30, row: 30 };
  const plain = {
    ...size,
    window,
    info: run.info(),
    from,
    to: from + SPAN,
    at,
    scale: "time",
    hover: null,
    why: null,
    eye: null,
  };
  return { ...plain, origin, ...more };
}

test.each([
  ["lying", timeline, (origin) => ({ x: origin, y: 0 }), { width: WIDTH, height: 230 }],
  ["upright", upright, (origin) => ({ x: 0, y: origin }), { width: 230, height: WIDTH }],
])("whatever of the %s lanes looks different when time passes is damage", (_, strokesOf, shiftOf, size) => {
  const run = new FakeRun();
  let before = sheetAt(run, 640_000);
  for (let step = 1; step <= 8; step += 1) {
    const now = sheetAt(run, 640_000 + Math.round(step * step * 3 * PIXEL), {
      hover: step % 3 === 0 ? 200 : null,
      eye: step > 5 ? { place: "n2", heard: new Map() } : null,
    });
    const [a, b] = [strokesOf(before), strokesOf(now)];
    expect(forgotten(a, b, shiftOf(before.origin - now.origin), size), `step ${step}`).toEqual([]);
    before = now;
  }
});

test("strokes that only moved along are no damage", () => {
  const strokes = timeline(sheetAt(new FakeRun(), 600_000));
  const moved = strokes.map((stroke) =>
    stroke.kind === "line"
      ? { ...stroke, x1: stroke.x1 - 7, x2: stroke.x2 - 7 }
      : { ...stroke, x: stroke.x - 7 },
  );
  expect(damage(strokes, strokes)).toEqual([]);
  expect(damage(strokes, moved, { x: -7, y: 0 })).toEqual([]);
  expect(damage(strokes, moved)).not.toEqual([]);
});

test("a line that grows is damaged at its end, one with other dashes all along", () => {
  const short = line(10, 50, 100, 50, LOOK);
  const long = line(10, 50, 120, 50, LOOK);
  const ends = damage([short], [long]);
  expect([holds(ends, 110, 50), holds(ends, 60, 50)]).toEqual([true, false]);
  const dashed = { ...LOOK, dash: [3, 3] };
  const grown = damage([line(10, 50, 100, 50, dashed)], [line(10, 50, 120, 50, dashed)]);
  expect([holds(grown, 110, 50), holds(grown, 60, 50)]).toEqual([true, false]);
  const crept = damage([line(10, 50, 100, 50, dashed)], [line(11, 50, 100, 50, dashed)]);
  expect(holds(crept, 60, 50)).toBe(true);
  const turned = damage([short], [line(10, 50, 100, 70, LOOK)]);
  expect(holds(turned, 60, 50)).toBe(true);
});

test("what covers another thing than before is damaged, though both are still there", () => {
  const [a, b] = [line(0, 10, 40, 10, LOOK), line(20, 0, 20, 20, { ...LOOK, colour: "red" })];
  expect(holds(damage([a, b], [b, a]), 20, 10)).toBe(true);
});

test.each([
  ["colour", line(0, 0, 40, 0, LOOK), line(0, 0, 40, 0, { ...LOOK, colour: "red" })],
  ["alpha", line(0, 0, 40, 0, LOOK), line(0, 0, 40, 0, { ...LOOK, alpha: 0.5 })],
  [
    "words",
    { kind: "text", x: 20, y: 4, text: "17", colour: "ink", size: 11 },
    { kind: "text", x: 20, y: 4, text: "18", colour: "ink", size: 11 },
  ],
  [
    "weight",
    { kind: "text", x: 20, y: 4, text: "17", colour: "ink", size: 11 },
    { kind: "text", x: 20, y: 4, text: "17", colour: "ink", size: 11, bold: true },
  ],
  [
    "fill",
    { kind: "box", x: 0, y: 0, w: 40, h: 8, fill: "press" },
    { kind: "box", x: 0, y: 0, w: 40, h: 8, fill: "surface" },
  ],
  [
    "edge",
    { kind: "box", x: 0, y: 0, w: 40, h: 8, fill: "press" },
    { kind: "box", x: 0, y: 0, w: 40, h: 8, fill: "press", stroke: "dim" },
  ],
  [
    "dot",
    { kind: "dot", x: 20, y: 0, r: 2, colour: "ink" },
    { kind: "dot", x: 20, y: 0, r: 2, colour: "ink", hollow: true },
  ],
  ["head", { kind: "head", x: 20, y: 0, colour: "ink" }, { kind: "head", x: 20, y: 0, colour: "accent" }],
])("another %s is damage", (_, before, after) => {
  expect(holds(damage([before], [after]), 21, 0.5)).toBe(true);
  expect(damage([before], [{ ...before }])).toEqual([]);
});

test("a box that grows is damaged at its side, one with a dashed edge all round", () => {
  const box = { kind: "box", x: 10, y: 10, w: 100, h: 18, fill: "surface", alpha: 0.7 };
  const sides = damage([box], [{ ...box, w: 120 }]);
  expect([holds(sides, 115, 20), holds(sides, 60, 28)]).toEqual([true, false]);
  const dashed = { ...box, stroke: "dim", dash: [4, 3] };
  expect(holds(damage([dashed], [{ ...dashed, w: 120 }]), 60, 28)).toBe(true);
});
