import { expect, test } from "vitest";
import { doors, handCalls, isByHand } from "./hand.js";
import { networkLine, presets, toggled } from "./network.js";
import { FakeRun } from "./testing/scene.js";

const cut = (from, to) => ({ from, to });

test("a cell of the matrix changes one direction and leaves the other as it is", () => {
  expect(toggled({ cuts: [] }, "n1", "n2")).toEqual([["cut", ["n1", "n2", false]]]);
  expect(toggled({ cuts: [cut("n1", "n2")] }, "n1", "n2")).toEqual([["mend", ["n1", "n2"]]]);
  expect(toggled({ cuts: [cut("n1", "n2"), cut("n2", "n1")] }, "n1", "n2")).toEqual([
    ["mend", ["n1", "n2"]],
    ["cut", ["n2", "n1", false]],
  ]);
});

test("a chain leaves neighbours alone, and a half-deaf leader hears nobody", () => {
  const run = new FakeRun();
  run.seekTime(300_000);
  const list = presets(run.frame());
  const chain = list.find(({ name }) => name === "Chain");
  expect(chain.calls.slice(1).map(([, [a, b]]) => `${a} ${b}`)).toEqual(
    "n1 n3,n1 n4,n1 n5,n2 n4,n2 n5,n3 n5".split(","),
  );
  const deaf = list.find(({ name }) => name === "Half-deaf n1");
  expect(deaf.calls.slice(1)).toEqual(["n2", "n3", "n4", "n5"].map((name) => ["cut", [name, "n1", false]]));
});

test("settings become one line of scenario text", () => {
  const link = { least: 1500, most: 40_000, jitter: 0, loss: 12_500, duplicate: 0, reorder: 0 };
  expect(networkLine("all", link)).toBe(
    "network all latency 1500us..40000us jitter 0us loss 1.25% duplicate 0% reorder 0%",
  );
});

test("by hand means that messages and timers are both held, and only what is missing is done", () => {
  const half = { holds: ["hold timers"] };
  expect(isByHand(half)).toBe(false);
  expect(handCalls(half, true)).toEqual([["act", ["hold messages *"]]]);
  expect(handCalls(half, false)).toEqual([["act", ["release timers"]]]);
  expect(isByHand({ holds: ["hold messages *", "hold timers"] })).toBe(true);
});

test("what may happen next stands with whom it would happen to", () => {
  const run = new FakeRun();
  run.seekTime(1_250_000);
  const frame = run.frame();
  const found = doors(frame);
  expect(found.flatMap(({ messages }) => messages)).toHaveLength(frame.messages.length);
  for (const { name, messages } of found) expect(messages.every(({ to }) => to === name)).toBe(true);
});
