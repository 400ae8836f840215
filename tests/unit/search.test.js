import { expect, test } from "vitest";
import { loadEngine } from "../../scripts/engine.mjs";

const { Search, Run } = await loadEngine("search");

/** Searches to the end in slices of so many events. */
function searched(slice) {
  const search = Search.ofProtocol("raft", ["up-to-date-log"], 3, 2000);
  let slices = 1;
  while (search.advance(slice)) slices += 1;
  return { slices, view: search.view() };
}

test("a search in slices finds what one in a single slice finds", () => {
  const [many, one] = [searched(500), searched(100_000_000)];
  expect(many.slices).toBeGreaterThan(2);
  expect(many.view).toEqual(one.view);
  expect(many.view.stand).toBe("found");
  expect(many.view.found.promise).toBe("leader-completeness");
  expect(many.view.found.after).toBeLessThanOrEqual(many.view.found.before);
});

test("what was found is a scenario that plays", () => {
  const run = Run.fromText(searched(10_000).view.found.text);
  expect(run.text()).toContain("without up-to-date-log");
  expect(run.text()).toContain("expect violation leader-completeness");
});

test("a search that finds nothing says what it tried", () => {
  const search = Search.ofProtocol("raft", [], 1, 20);
  while (search.advance(1000)) expect(search.view().stand).not.toBe("found");
  expect(search.view()).toMatchObject({ stand: "nothing", runs: 20, of: 20, found: null });
  expect(search.view().tried).toContain("20 runs from seed 1");
});

test("a rule that does not exist is refused with its name", () => {
  expect(() => Search.ofProtocol("raft", ["no-such-rule"], 1, 1)).toThrow("no-such-rule");
});
