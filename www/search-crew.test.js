import { expect, test } from "vitest";
import { Crew } from "./search-crew.js";
import { searchOn } from "./search-loop.js";

const ORDER = { protocol: "p", without: ["r"], runs: 10 };

/** @param {Partial<import("./engine-types").SearchView>} news */
function view(news) {
  const none = { schedules: 0, overridden: 0, shrinks: 0, seed: 1, tried: "", found: null };
  return { stand: /** @type {const} */ ("searching"), runs: 0, of: 10, events: 0, ...none, ...news };
}

const found = { promise: "q", words: "It broke", run: 3, before: 9, after: 4, fork: 2, text: "" };

/** A crew whose searches the test speaks for. @param {number[]} seeds */
function crewOf(seeds) {
  const heard = [];
  const seekers = [];
  const start = (order, hear) => {
    const seeker = { order, hear, closed: false, close: () => Object.assign(seeker, { closed: true }) };
    seekers.push(seeker);
    return seeker;
  };
  let now = 1000;
  const clock = () => now;
  const crew = new Crew(ORDER, seeds, (progress) => heard.push(progress), { start, clock });
  const pass = (ms) => {
    now += ms;
  };
  return { crew, seekers, heard, pass };
}

test("each search has a seed of its own, and their figures are added up", () => {
  const { seekers, heard, pass } = crewOf([4, 5]);
  expect(seekers.map(({ order }) => order)).toEqual([
    { ...ORDER, seed: 4 },
    { ...ORDER, seed: 5 },
  ]);
  pass(250);
  seekers[0].hear({ view: view({ runs: 2, events: 100 }) });
  seekers[1].hear({ view: view({ runs: 3, events: 50 }) });
  expect(heard.at(-1)).toMatchObject({ stand: "searching", runs: 5, of: 20, events: 150, ms: 250 });
});

test("the first that finds something ends them all", () => {
  const { seekers, heard } = crewOf([1, 2]);
  seekers[0].hear({ view: view({ stand: "shrinking" }) });
  expect(heard.at(-1).stand).toBe("shrinking");
  seekers[1].hear({ view: view({ stand: "found", found, seed: 2 }) });
  expect(heard.at(-1)).toMatchObject({ stand: "found", finder: { seed: 2, found } });
  expect(seekers.map(({ closed }) => closed)).toEqual([true, true]);
  seekers[0].hear({ view: view({ stand: "found", found, seed: 1 }) });
  expect(heard).toHaveLength(2);
});

test("nothing was found only once every search is over, and each says what it tried", () => {
  const { seekers, heard } = crewOf([1, 2]);
  seekers[0].hear({ view: view({ stand: "nothing", tried: "10 runs from seed 1" }) });
  expect(heard.at(-1).stand).toBe("searching");
  seekers[1].hear({ view: view({ stand: "nothing", tried: "10 runs from seed 2" }) });
  expect(heard.at(-1)).toMatchObject({
    stand: "nothing",
    tried: ["10 runs from seed 1", "10 runs from seed 2"],
  });
});

test("a search that fails ends the others and says why; one in the page says so", () => {
  const { seekers, heard } = crewOf([1, 2]);
  seekers[0].hear({ view: view({}), inPage: true });
  expect(heard.at(-1).inPage).toBe(true);
  seekers[0].hear({ error: "no such rule" });
  expect(heard.at(-1)).toMatchObject({ stand: "failed", error: "no such rule" });
  expect(seekers.every(({ closed }) => closed)).toBe(true);
});

test("what is cancelled is heard of no more", () => {
  const { crew, seekers, heard } = crewOf([1]);
  crew.close();
  seekers[0].hear({ view: view({ stand: "found", found }) });
  expect(heard).toEqual([]);
  expect(seekers[0].closed).toBe(true);
});

/** A search of so many events, and a clock that goes on by as many milliseconds for each hundred. @param {number} events */
function slowSearch(events) {
  let [now, left] = [0, events];
  const slices = [];
  const search = {
    freed: false,
    advance(many) {
      slices.push(many);
      now += many / 100;
      left -= many;
      return left > 0;
    },
    view: () => view({ stand: left > 0 ? "searching" : "nothing" }),
    free: () => Object.assign(search, { freed: true }),
  };
  return { search, slices, clock: () => now, maker: { ofProtocol: () => search, ofText: () => search } };
}

test("slices grow to what they may take, and it tells how it stands now and then and at the end", async () => {
  const { search, slices, clock, maker } = slowSearch(200_000);
  const told = [];
  const pace = { sliceMs: 50, rest: async () => {}, isOver: () => false, clock };
  await searchOn(maker, { ...ORDER, seed: 1 }, pace, ({ stand }) => told.push(stand));
  expect(Math.max(...slices)).toBe(4000); // 40 ms; twice as many would be too slow
  expect(told.at(-1)).toBe("nothing");
  expect(told.length).toBeLessThan(slices.length / 2);
  expect(search.freed).toBe(true);
});

test("a search that nobody waits for ends before its next slice", async () => {
  const { search, slices, clock, maker } = slowSearch(1e9);
  const pace = { sliceMs: 8, rest: async () => {}, isOver: () => slices.length === 3, clock };
  await searchOn(maker, { ...ORDER, seed: 1 }, pace, () => {});
  expect(slices).toHaveLength(3);
  expect(search.freed).toBe(true);
});
