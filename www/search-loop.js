// A search goes on in slices as long as it is told to take, so that whoever hosts it can show how far it is, and end it.

/** @import { Search, SearchConstructor, SearchView } from "./engine-types" */

/** What to search for: in runs of a protocol in all its shapes, or with the settings of a scenario. */
/** @typedef {{ protocol: string, text?: string, without: string[], seed: number, runs: number }} Order */

/**
 * @typedef {object} Pace
 * @property {number} sliceMs how long a slice may take, in milliseconds
 * @property {() => Promise<void>} rest lets others do something between two slices
 * @property {() => boolean} isOver true once nobody waits for it any more
 * @property {() => number} [clock] milliseconds
 */

/** How often it tells how it stands, in milliseconds. */
const TELL_MS = 100;

/**
 * Searches to the end, and tells now and then how it stands; at the end in any case.
 * @param {SearchConstructor} maker
 * @param {Order} order
 * @param {Pace} pace
 * @param {(view: SearchView) => void} tell
 */
export async function searchOn(maker, order, pace, tell) {
  const { sliceMs, rest, isOver, clock = () => performance.now() } = pace;
  const search = begin(maker, order);
  let events = 500;
  let told = clock();
  try {
    while (!isOver()) {
      const began = clock();
      const goesOn = search.advance(events);
      const now = clock();
      if (!goesOn || now - told >= TELL_MS) {
        told = now;
        tell(search.view());
      }
      if (!goesOn) return;
      events = paced(events, now - began, sliceMs);
      await rest();
    }
  } finally {
    search.free();
  }
}

/** @param {SearchConstructor} maker @param {Order} order @returns {Search} */
function begin(maker, { protocol, text, without, seed, runs }) {
  return text === undefined
    ? maker.ofProtocol(protocol, without, seed, runs)
    : maker.ofText(text, without, seed, runs);
}

/** How many events the next slice has. @param {number} events @param {number} took @param {number} sliceMs */
function paced(events, took, sliceMs) {
  if (took > sliceMs) return Math.max(50, Math.floor(events / 2));
  return took < sliceMs / 2 ? events * 2 : events;
}
