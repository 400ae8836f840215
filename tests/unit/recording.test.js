// The recording with which the page begins says what the engine says: at every event, between events, for every window.

import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { opening, record } from "../../scripts/recording.mjs";
import { BEYOND, Recording } from "../../www/recording.js";
import { engineFor, open, root } from "./engines.js";

const INSTANT = 7_000;
/** The machine may be busy. */
const PATIENT = 60_000;
const built = JSON.parse(readFileSync(new URL("www/engine/opening.json", root), "utf8"));

/** A story with all that a recording has to get right: words without an event, several events at once, a stop. */
const STORY = `consensus 1
title "A story"
protocol raft
servers 3
clients 1

caption "They boot."
run 100ms
caption "Nobody leads yet."
until leader within 2s
submit c1 set x=1
caption "The leader has been asked."
run 90ms
caption "Before the stop."
stop
crash n1
`;

const made = new Map();

/** What is recorded of a scenario, as the page gets it. */
async function recorded(text) {
  const Run = await engineFor(/^protocol ([\w-]+)/m.exec(text)[1]);
  if (!made.has(text)) made.set(text, JSON.stringify(record(Run, text)));
  return JSON.parse(made.get(text));
}

/** A recording, and an engine that has looked ahead as far, side by side. */
async function pair(text) {
  const kept = await recorded(text);
  const recording = new Recording(kept);
  const run = await open(text);
  run.ahead(kept.known);
  const same = (...call) => {
    const [method, ...args] = call;
    const [told, real] = [recording, run].map((one) => one[method](...args));
    if (!isDeepStrictEqual(told, real)) expect(told, call.join(" ")).toEqual(real); // which is slow
  };
  return { kept, recording, run, same };
}

/** Windows up to here and beyond, each place with another number of pixels. */
function sameWindows(same, { at, position }) {
  const pixels = [1, 3, 40, 800][(at + position) % 4];
  same("window", 0, at, 800, "time");
  same("window", Math.floor(at / 3), at, pixels, "time");
  same("window", Math.max(0, at - 300_000), at + 10_000_000, pixels, "time");
  same("window", 0, position, pixels, "steps");
  same("window", Math.floor(position / 2), position + 5, pixels, "steps");
}

const texts = [
  ["the page's own beginning", opening()],
  ["a story that waits", STORY],
  ["another protocol", STORY.replace("raft", "paxos").replace(/until.*\n/, "run 5ms\n")],
  [
    "five servers on a bad network",
    opening().replace("servers 3", "servers 5\nnetwork latency 10ms..90ms loss 20% duplicate 10%"),
  ],
];

test(
  "the recording that was built is of the page's beginning, by this engine",
  async () => {
    expect(isDeepStrictEqual(built, await recorded(opening())), "run `npm run build` again").toBe(true);
  },
  PATIENT,
);

test.each(texts)(
  "%s: at every event it says what the engine says",
  async (_, text) => {
    const { kept, same, recording } = await pair(text);
    same("info");
    same("text");
    same("differs");
    expect(recording.places.length).toBeGreaterThan(5);
    for (const [position] of recording.places) {
      same("seek", position);
      same("frame");
      same("branches");
      same("moments", 0, position);
      same("moments", Math.floor(position / 2), position);
      sameWindows(same, recording);
    }
    expect(recording.at).toBeLessThanOrEqual(kept.end);
  },
  PATIENT,
);

test.each(texts)(
  "%s: it plays as the engine plays, instant by instant",
  async (_, text) => {
    const { kept, same, recording } = await pair(text);
    for (let at = 1; at < kept.end + INSTANT; at += INSTANT) {
      const until = kept.waits ? at : Math.min(at, kept.end);
      same("ahead", until);
      same("run", until);
      same("frame");
      same("branches");
      sameWindows(same, recording);
    }
    expect(recording.at).toBe(kept.end);
    expect(recording.frame().pause !== null).toBe(kept.waits);
    same("run", kept.end - 1);
  },
  PATIENT,
);

test.each(texts)(
  "%s: it may be scrubbed",
  async (_, text) => {
    const { kept, same } = await pair(text);
    for (let at = kept.end - 1; at > 0; at -= INSTANT) {
      same("seekTime", at);
      same("frame");
    }
  },
  PATIENT,
);

test.each(texts)(
  "%s: an engine is led to any place that it reached",
  async (_, text) => {
    const { recording } = await pair(text);
    const some = recording.places.filter((_, n) => n % 9 === 0 || n > recording.places.length - 3);
    const places = some.flatMap(([position, at]) => [
      ["seek", position],
      ["run", at],
      ["run", at + 1],
    ]);
    for (const [method, place] of places) {
      recording.seek(1);
      if (recording[method](place) === BEYOND) continue;
      const [[, [scenario]], ...rest] = recording.way();
      const run = await open(scenario);
      for (const [step, args] of rest) run[step](...args);
      expect(run.frame()).toEqual(recording.frame());
    }
  },
  PATIENT,
);

test("what the recording has not heard it does not answer, and stands where it stood", async () => {
  const { kept, recording } = await pair(STORY);
  recording.run(50_000);
  const before = recording.frame();
  for (const call of [
    ["crash", ["n1"]],
    ["seekTime", [kept.end + 1]],
    ["seek", [1_000]],
    ["ahead", [kept.known + 1]],
    ["window", [0, kept.known + 1, 100, "time"]],
    ["window", [5, 2, 100, "steps"]],
    ["moments", [0, 1_000]],
    ["fromText", [`${STORY}\n`]],
    ["link", [true]],
    ["proceed", []],
  ]) {
    expect(recording.answer([["run", [60_000]], call]), call[0]).toBeNull();
    expect(recording.frame()).toEqual(before);
  }
  expect(recording.answer([["run", [60_000]], ["text"]])).toEqual([60_000, recording.text()]);
  expect(new Recording({ ...kept, waits: false }).run(kept.end + 1)).toBe(BEYOND);
});
