// The protocols that can be played, in the order in which they are offered: the first is the one that most readers come for.

import order from "./starts/order.txt?raw";

/** Each protocol's key, as scenarios name it, and its name. */
export const PROTOCOLS = order
  .trim()
  .split("\n")
  .map((line) => line.split(" "))
  .map(([key, name]) => ({ key, name }));

/** The key of the first. */
export const FIRST = PROTOCOLS[0].key;
