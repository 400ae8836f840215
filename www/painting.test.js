import { beforeEach, expect, test } from "vitest";
import { sameWindow } from "./lanes.js";
import { Painting } from "./painting.js";
import { line } from "./strokes.js";
import { FakeRun } from "./testing/scene.js";

/** A canvas that notes what is wiped and moved on it. */
class FakeCanvas extends EventTarget {
  width = 0;
  height = 0;
  wiped = [];
  moves = [];
  drawn = 0;

  getContext() {
    const noted = {
      clearRect: (...box) => this.wiped.push(box),
      drawImage: (_, x, y) => this.moves.push([x, y]),
      stroke: () => {
        this.drawn += 1;
      },
      measureText: (text) => ({ actualBoundingBoxLeft: 0, actualBoundingBoxRight: text.length * 6 }),
    };
    return new Proxy({}, { get: (own, name) => noted[name] ?? own[name] ?? (() => {}), set: Reflect.set });
  }

  /** What was done since the last time. */
  get news() {
    const { wiped, moves, drawn } = this;
    Object.assign(this, { wiped: [], moves: [], drawn: 0 });
    return { wiped, moves, drawn };
  }
}

const COLOURS = { ink: "#000", surface: "#fff" };
const LOOK = { width: 400, height: 100, colours: COLOURS, font: "sans-serif" };
const WHOLE = [[0, 0, 400, 100]];
const HERE = { x: 0, y: 0 };
const ticks = (...places) => places.map((x) => line(x, 20, x, 40, { colour: "ink", width: 2 }));

let canvas;
let painting;

beforeEach(() => {
  globalThis.devicePixelRatio = 1;
  canvas = new FakeCanvas();
  painting = new Painting(canvas);
  painting.show(ticks(50, 150, 250), LOOK, HERE);
  expect(canvas.news).toEqual({ wiped: WHOLE, moves: [], drawn: 1 });
});

test("what is painted already is not painted again", () => {
  painting.show(ticks(50, 150, 250), LOOK, HERE);
  expect(canvas.news).toEqual({ wiped: [], moves: [], drawn: 0 });
});

test("what is new is painted where it is, and nothing else", () => {
  painting.show(ticks(50, 150, 250, 350), LOOK, HERE);
  const { wiped, drawn } = canvas.news;
  expect([wiped, drawn]).toEqual([[[348, 18, 4, 24]], 1]);
});

test("what has moved along is moved, and only the bare edge is painted", () => {
  painting.show(ticks(40, 140, 240), LOOK, { x: 10, y: 0 });
  expect(canvas.news).toEqual({ wiped: [[390, 0, 10, 100]], moves: [[-10, 0]], drawn: 0 });
  painting.show(ticks(45, 145, 245), LOOK, { x: 5, y: 0 });
  expect(canvas.news).toEqual({ wiped: [[0, 0, 5, 100]], moves: [[5, 0]], drawn: 0 });
});

test("parts end between pixels of the screen", () => {
  globalThis.devicePixelRatio = 1.25;
  painting.show(ticks(50, 150), LOOK, HERE);
  canvas.news;
  painting.show(ticks(50, 150, 251.3), LOOK, HERE);
  const [[x, y, w, h]] = canvas.news.wiped;
  for (const edge of [x, y, x + w, y + h])
    expect(Math.abs(edge * 1.25 - Math.round(edge * 1.25))).toBeLessThan(1e-9);
});

test.each([
  ["another theme", { colours: { ...COLOURS } }],
  ["another font", { font: "serif" }],
  ["another width", { width: 420 }],
  ["another height", { height: 90 }],
])("%s is painted whole", (_, other) => {
  const look = { ...LOOK, ...other };
  painting.show(ticks(50, 150, 250), look, HERE);
  expect(canvas.news).toEqual({ wiped: [[0, 0, look.width, look.height]], moves: [], drawn: 1 });
});

test("other pixels, a canvas that has lost its picture, and one that is told to forget are painted whole", () => {
  globalThis.devicePixelRatio = 2;
  painting.show(ticks(50, 150, 250), LOOK, HERE);
  expect(canvas.news.wiped).toEqual(WHOLE);
  canvas.dispatchEvent(new Event("contextrestored"));
  painting.show(ticks(50, 150, 250), LOOK, HERE);
  expect(canvas.news.wiped).toEqual(WHOLE);
  painting.forget();
  painting.show(ticks(50, 150, 250), LOOK, HERE);
  expect(canvas.news.wiped).toEqual(WHOLE);
});

test("a jump, and a picture of which little is left, are painted whole", () => {
  painting.show(ticks(50, 150, 250), LOOK, { x: 300, y: 0 });
  expect(canvas.news).toEqual({ wiped: WHOLE, moves: [], drawn: 1 });
  const ground = [{ kind: "box", x: 0, y: 0, w: 390, h: 90, fill: "surface" }];
  painting.show(ground, LOOK, { x: 300, y: 0 });
  expect(canvas.news.wiped).toEqual(WHOLE);
});

test("two windows are the same if nothing that is drawn of them differs", () => {
  const run = new FakeRun();
  run.seekTime(600_000);
  const window = run.window(0, 600_000, 400, "time");
  expect(sameWindow(window, structuredClone(window))).toBe(true);
  expect(sameWindow(null, window)).toBe(false);
  for (const name of ["lanes", "messages", "marks"]) {
    const other = structuredClone(window);
    other[name][1] += 1;
    expect(sameWindow(window, other), name).toBe(false);
  }
  for (const other of [
    { from: 5 },
    { to: 600_001 },
    { ops: [] },
    { actions: [] },
    { comb: Float64Array.of(0, 1, 1) },
  ])
    expect(sameWindow(window, { ...window, ...other }), Object.keys(other)[0]).toBe(false);
});
