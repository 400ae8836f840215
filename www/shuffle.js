// A list in another order, which follows from a number: the same number, the same order.

/**
 * @template T
 * @param {T[]} list
 * @param {number} seed
 * @returns {T[]}
 */
export function shuffled(list, seed) {
  const mixed = [...list];
  for (let n = mixed.length - 1; n > 0; n -= 1) {
    const other = scattered(seed, n) % (n + 1);
    [mixed[n], mixed[other]] = [mixed[other], mixed[n]];
  }
  return mixed;
}

/** A number below 2³² in which every bit hangs on every bit of both. @param {number} seed @param {number} n */
function scattered(seed, n) {
  let bits = Math.imul((seed >>> 0) ^ Math.imul(n, 0x9e3779b1), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
