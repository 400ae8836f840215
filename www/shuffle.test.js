import { expect, test } from "vitest";
import { shuffled } from "./shuffle.js";

const LIST = [1, 2, 3, 4];
const orders = (/** @type {number} */ count) =>
  Array.from({ length: count }, (_, n) => shuffled(LIST, 1_700_000_000_000_000 + n * 977));

test("the order follows from the number, and nothing is lost", () => {
  expect(shuffled(LIST, 7)).toEqual(shuffled(LIST, 7));
  for (const order of orders(50)) expect([...order].sort()).toEqual(LIST);
});

test("each comes first about as often as any other", () => {
  const firsts = orders(4_000).map(([first]) => first);
  for (const one of LIST) {
    const often = firsts.filter((first) => first === one).length;
    expect(often).toBeGreaterThan(850);
    expect(often).toBeLessThan(1_150);
  }
});
