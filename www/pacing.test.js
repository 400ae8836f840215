import { expect, test } from "vitest";
import { Pacing, SLOW } from "./pacing.js";

const MS = 1000;

function paced(beats, to = 20_000 * MS) {
  const pacing = new Pacing();
  pacing.learn(0, to, Float64Array.from(beats.flat().map((ms) => ms * MS)));
  return pacing;
}

test("a flight of 30 ms lasts 0.8 s", () => {
  expect(paced([[0, 100]]).advance(10 * MS, 800)).toBeCloseTo(40 * MS);
});

test("a quiet stretch is over in 1.2 s, however long it is", () => {
  const pacing = paced([
    [0, 10],
    [410, 500],
    [2500, 2600],
  ]);
  expect(pacing.advance(10 * MS, 1200)).toBeCloseTo(410 * MS, -1);
  expect(pacing.advance(500 * MS, 1200)).toBeCloseTo(2500 * MS, -1);
  expect(pacing.hurry(100 * MS)).toBeCloseTo((400 * MS * SLOW) / 1200);
  expect(pacing.hurry(450 * MS)).toBe(1);
});

test("a short pause is not stretched", () => {
  expect(
    paced([
      [0, 10],
      [20, 30],
    ]).rateAt(15 * MS).rate,
  ).toBe(SLOW);
});

test("screen time is a monotone function of protocol time, the same by small steps as by large ones", () => {
  const pacing = paced([
    [100, 180],
    [170, 220],
    [900, 1000],
  ]);
  let small = 0;
  for (let n = 0; n < 600; n++) {
    const next = pacing.advance(small, 10);
    expect(next).toBeGreaterThan(small);
    small = next;
  }
  expect(small).toBeCloseTo(pacing.advance(0, 6000), 0);
});

test("an idle cluster goes at an even pace", () => {
  const pacing = paced([[0, 10]]);
  expect(pacing.advance(3000 * MS, 1200)).toBeCloseTo(3600 * MS);
});

test("in true proportions a quiet stretch takes its time", () => {
  const pacing = paced([
    [0, 10],
    [410, 500],
  ]);
  pacing.even = true;
  const [busy, quiet] = [pacing.advance(0, 100), pacing.advance(200 * MS, 100) - 200 * MS];
  expect(quiet).toBeCloseTo(busy);
  expect(busy).toBeGreaterThan(0);
});

test("it asks for the beats around the cursor before it needs them", () => {
  const pacing = new Pacing();
  expect(pacing.wants(0)).toEqual({ from: 0, to: 10_000 * MS });
  pacing.learn(0, 10_000 * MS, new Float64Array());
  expect(pacing.wants(4_000 * MS)).toBeNull();
  expect(pacing.wants(6_000 * MS)).toEqual({ from: 1_000 * MS, to: 16_000 * MS });
});
