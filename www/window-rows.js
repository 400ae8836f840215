// The numbers of a window as rows, and what they mean.

import { Recent } from "./recent.js";

/** Columns of the typed arrays' rows. */
export const WIDTHS = { lanes: 6, messages: 8, marks: 4, comb: 3 };
/** What is known of a message, as bits. */
export const MESSAGE = { reply: 1, lost: 2, routine: 4 };

/** The rows of arrays that were asked for: many pictures are made of the same. @type {Recent<Float64Array, number[][]>} */
const known = new Recent(16);

/** @param {Float64Array} array @param {number} width @returns {number[][]} */
export function rows(array, width) {
  return known.get(array, () => {
    const list = [];
    for (let n = 0; n + width <= array.length; n += width) {
      const row = [];
      for (let column = 0; column < width; column += 1) row.push(array[n + column]);
      list.push(row);
    }
    return list;
  });
}
