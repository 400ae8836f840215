import { expect, test } from "vitest";
import { loadEngine } from "../../scripts/engine.mjs";
import { challenge, turningPoints } from "../../www/counterexample.js";

const { Search, Run } = await loadEngine("search");
const KEY = "up-to-date-log";

/** Of the engine in the page what is needed here. @param {*} run */
function engineOf(run) {
  const one = ([method, args = []]) => run[method](...args);
  return { do: async (method, ...args) => one([method, args]), all: async (calls) => calls.map(one) };
}

test("a run that was found says where the rule would have spoken, and where a promise breaks", async () => {
  const search = Search.ofProtocol("raft", [KEY], 3, 2000);
  while (search.advance(100_000));
  const run = Run.fromText(search.view().found.text);
  const points = await turningPoints(engineOf(run), [KEY]);
  expect(points.violation).toMatchObject({ key: "leader-completeness", position: points.broken });
  expect(points.fork).toBeLessThan(points.broken);
  expect(points.wouldHave).toContain("votes all the same for");
  run.seek(points.broken - 1);
  expect(run.frame().checks.broken).toEqual([]);
  run.seek(points.fork - 1);
  expect(run.rules().find(({ key }) => key === KEY).overridden).toBe(0);
});

test("the task is a cluster like that of the run, with the rule off and nothing happening by itself", () => {
  const from = Run.fromText(
    'consensus 1\ntitle "Mine"\nprotocol raft\nservers 5\nwithout send-heartbeats\nnetwork loss 1%\n\nrun 2s\n',
  );
  const rules = from.rules().filter(({ key }) => key === KEY);
  const text = challenge(from.text(), rules, "Raft");
  const task = Run.fromText(text);
  task.run(0);
  expect(task.info()).toMatchObject({ servers: 5, network: { loss: 10_000 } });
  const frame = task.frame();
  expect(frame.off.map(({ key }) => key)).toEqual([KEY]);
  expect(frame.holds).toEqual(["hold messages *", "hold timers"]);
  expect(frame.pause.kind).toBe("goal");
  task.fire("n1", "election");
  expect(task.frame().attempt).toMatchObject({ moves: 1, reached: false });
  expect(Search.ofText(text, [], 1, 1).view().stand).toBe("searching");
});
