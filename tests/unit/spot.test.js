// Whoever is to spot the rule that is off must not be told: in no answer of the engine that the page shows.

import { expect, test } from "vitest";
import { loadEngine } from "../../scripts/engine.mjs";
import { disguised, plain, veiled } from "../../www/veil.js";

const { Search, Run } = await loadEngine("search");

/** A short run in which the rule matters. */
function found(protocol, key) {
  const search = Search.ofProtocol(protocol, [key], 5, 4_000);
  while (search.advance(20_000));
  return search.view().found.text;
}

/** What the page asks about a run at each of its steps, as it is answered. */
async function answers(run, cover) {
  const calls = [
    ["info"],
    ["frame"],
    ["moments", [0, 5_000]],
    ["rules"],
    ["explain", [1]],
    ["branches"],
    ["text"],
  ];
  const ask = async (wanted) => wanted.map(([method, args = []]) => run[method](...args));
  const all = [];
  do {
    const results = await ask(calls);
    all.push(cover ? await veiled(calls, results, ask) : results);
  } while (!run.frame().scriptDone && run.step());
  return all;
}

/** A search takes its time where others work beside it. */
const PATIENCE = { timeout: 90_000 };

const CASES = [
  ["raft", "up-to-date-log"],
  ["raft", "more-than-half"],
  ["raft", "one-vote-per-term"],
  ["raft", "count-after-confirmation"],
  ["paxos", "adopt-reported-value"],
  ["paxos", "decide-on-majority"],
];

test.each(CASES)(
  "a run of %s without %s does not tell which rule is off",
  PATIENCE,
  async (protocol, key) => {
    const text = found(protocol, key);
    const rule = Run.fromText(text)
      .rules()
      .find((one) => one.key === key);
    const tells = (all) =>
      [key, rule.words, rule.whenOff].filter((words) => JSON.stringify(all).includes(words));
    expect(tells(await answers(Run.fromText(text), false)).length).toBeGreaterThan(1);
    expect(tells(await answers(Run.fromText(disguised(text)), true))).toEqual([]);
  },
);

test("under the veil the broken promise is still seen, and no rule's verdict", PATIENCE, async () => {
  const run = Run.fromText(disguised(found("raft", "up-to-date-log")));
  const said = new Set();
  do {
    const { position } = run.frame();
    if (position)
      for (const { text, verdict } of run.explain(position).sentences) said.add(`${verdict}: ${text}`);
  } while (!run.frame().scriptDone && run.step());
  const overridden = [...said]
    .filter((words) => words.startsWith("overridden: "))
    .map((words) => words.slice(12));
  expect(overridden).not.toEqual([]);
  run.seek(0);
  const all = await answers(run, true);
  const shown = JSON.stringify(all);
  for (const words of overridden) expect(shown).not.toContain(words);
  expect(all.at(-1)[1].checks.broken[0].key).toBe("leader-completeness");
  expect(all.at(-1)[1].caption.text).toMatch(/^n\d: deliver /);
});

test.each(["why", "link", "asTold"])("%s is refused under the veil", async (method) => {
  await expect(veiled([[method, []]], ["x"], async () => [])).rejects.toThrow("give the rule away");
});

test("a line of the trace loses its number and its time", () => {
  expect(plain("    6          0ms n2  do deliver Ask n1->n2 {term 2} -> term 2")).toBe(
    "n2: deliver Ask n1->n2 {term 2} -> term 2",
  );
  expect(plain("    0          0ms -   boot -> n1 up")).toBe("boot -> n1 up");
});
