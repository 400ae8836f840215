import { expect, test } from "vitest";
import { columnsOf, rowsOf } from "./columns.js";
import { changed, difference } from "./difference.js";

const VALUES = [
  null,
  0,
  "a",
  [],
  {},
  [1, 2, 3],
  [1, 2],
  [3, [2], { a: 1 }],
  { a: 1, b: { c: [1, { d: 2 }], e: null } },
  { a: 1, b: { c: [1, { d: 3 }, 4], e: 0 } },
  { b: { c: null } },
  { length: 4, 0: "x" },
];

test("a value and a difference make the other value, whatever they are", () => {
  for (const before of VALUES)
    for (const after of VALUES) {
      const change = difference(before, after);
      const sent = change && JSON.parse(JSON.stringify(change));
      expect(changed(before, sent), JSON.stringify([before, after])).toEqual(after);
      expect(change === undefined).toBe(JSON.stringify(before) === JSON.stringify(after));
    }
});

test("what did not change is the very same", () => {
  const before = { a: { x: 1 }, b: [{ y: 1 }, { z: 1 }] };
  const after = changed(before, difference(before, { a: { x: 1 }, b: [{ y: 1 }, { z: 2 }] }));
  expect(after.a).toBe(before.a);
  expect(after.b[0]).toBe(before.b[0]);
  expect(before.b[1]).toEqual({ z: 1 });
});

test("rows come back from their columns", () => {
  const rows = [
    [1, 100, 7],
    [2, 90, 7],
    [5, 120, 0],
  ];
  expect(columnsOf(rows)).toEqual([
    [1, 1, 3],
    [100, -10, 30],
    [7, 0, -7],
  ]);
  expect(rowsOf(columnsOf(rows))).toEqual(rows);
  expect(rowsOf(columnsOf([]))).toEqual([]);
});
