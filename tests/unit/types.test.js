// The page's types are those of real answers: each answer is written down as a literal of its type, and the compiler
// finds whatever is missing, superfluous or of another type. Sampled widely, so that no list stays empty.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadEngine } from "../../scripts/engine.mjs";
import { engineFor, open, root, scenarios, toScriptEnd } from "./engines.js";

const types = readFileSync(new URL("www/engine-types.d.ts", root), "utf8");

/** A value as TypeScript: JSON, but for typed arrays. */
function literal(value) {
  if (value instanceof Float64Array) return `new Float64Array([${[...value]}])`;
  if (Array.isArray(value)) return `[${value.map(literal)}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "undefined";
  return `{${Object.entries(value).map(([key, part]) => `${JSON.stringify(key)}:${literal(part)}`)}}`;
}

/** The paths to every list and every nullable that has something in it. */
function filled(value, path, found) {
  if (Array.isArray(value)) value.forEach((part) => void filled(part, `${path}[]`, found));
  else if (value !== null && typeof value === "object" && !(value instanceof Float64Array)) {
    for (const [key, part] of Object.entries(value)) filled(part, `${path}.${key}`, found);
  }
  if (value !== null && value !== undefined) found.add(path);
}

/** Answers of every kind, each with the name of its type. */
async function answers() {
  const all = [];
  const lessons = scenarios("www/lessons");
  const killers = scenarios("tests/killers").slice(0, 6);
  const runs = [...lessons, ...killers, ...scenarios("tests/golden"), { text: EVERYTHING }];
  for (const { text } of runs) {
    const run = await open(text);
    const end = toScriptEnd(run);
    for (let part = 1; part <= 5; part += 1) {
      run.seek(Math.ceil((end * part) / 5));
      all.push(["Frame", run.frame()]);
    }
    all.push(
      ["Info", run.info()],
      ["RuleView[]", run.rules()],
      ["LinkView[]", run.links()],
      ["Moment[]", run.moments(0, end)],
    );
    all.push(["TimelineWindow", run.window(0, 200_000, 800, "time")]);
    for (const place of ["n1", "n2", "c1"]) all.push(["Heard[]", run.heard(place)]);
    all.push(["Explanation", run.explain(run.frame().position)]);
    all.push(["Inside", run.inside("n1")]);
    for (const target of ["n1", "c1", "n1-n2", ""]) all.push(["ActionView[]", run.actions(target)]);
    all.push(['ReturnType<Run["branches"]>', run.branches()]);
  }
  const { Beside } = await loadEngine("search");
  const compared = lessons.map((one) => one.text).filter((text) => text.includes("\nbeside "));
  for (const text of [...compared, COMPARED]) {
    const beside = Beside.fromText(text);
    const { until } = beside.comparison();
    all.push(["Comparison", beside.comparison()], ["Info", beside.info(1)]);
    all.push(["TimelineWindow", beside.window(1, 0, until, 900)], ["Frame", beside.frame(1, until)]);
    all.push(["string[]", [beside.text(), beside.link(), beside.link(until, 1)]]);
  }
  return all;
}

const EVERYTHING = `consensus 1
protocol raft
disk explicit
caption "All that a frame can hold."
hold messages RequestVoteReply
hold timers n3
fire n1 election
partition n1 | n2 n3
expect n1.term == 7
stop
`;

/** What one of the protocols cannot be given. */
const COMPARED = `consensus 1
protocol raft
beside zab
open at 100ms
fire n1 heartbeat
run 1s
`;

/** What a sample has to hold for the check to mean something. */
const WANTED = [
  "Frame.caption.rule.key",
  "Frame.told.text",
  "Frame.nodes[].cells[].acks[]",
  "Frame.nodes[].state",
  "Frame.nodes[].timers[].key",
  "Frame.clients[].ops[].endedAt",
  "Frame.clients[].leader",
  "Frame.messages[].says",
  "Frame.cuts[].from",
  "Frame.groups[][]",
  "Frame.holds[]",
  "Frame.majority.nodes[]",
  "Frame.chosen[].by[]",
  "Frame.checks.broken[].witnesses[]",
  "Frame.pause.text",
  "Frame.off[]",
  "Frame.failures[]",
  "Frame.nextAt",
  "Inside.facts[].key",
  "Inside.tally.have[]",
  "Inside.peers[].facts[][]",
  "Info.options[].value",
  "Info.story[].text",
  "TimelineWindow.ops[].client",
  "TimelineWindow.actions[].text",
  "Explanation.sentences[].rule.key",
  "Moment[][].text",
  "ActionView[][].args[]",
  "Comparison.openAt",
  "Comparison.difference.text",
  "Comparison.story.steps[].answers[]",
  "Comparison.story.steps[].decided.right",
  "Comparison.story.steps[].looks[].places[]",
  "Comparison.sides[].gaps[].answer",
  "Comparison.sides[].lacks[]",
  "Comparison.faults[].text",
  "Comparison.counters[].values[]",
  "Comparison.words[].words[]",
];

test("every answer of the engine has the type that the page expects", async () => {
  const sampled = await answers();
  const found = new Set();
  for (const [type, value] of sampled) filled(value, type, found);
  expect(WANTED.filter((path) => !found.has(path))).toEqual([]);

  const names =
    "Frame, Inside, Heard, Info, LinkView, RuleView, Moment, TimelineWindow, Explanation, ActionView, Run, Comparison";
  const lines = sampled.map(([type, value], place) => `export const a${place}: ${type} = ${literal(value)};`);
  const folder = new URL("target/types/", root);
  mkdirSync(folder, { recursive: true });
  const file = fileURLToPath(new URL("answers.ts", folder));
  writeFileSync(file, `import type { ${names} } from "../../www/engine-types";\n${lines.join("\n")}\n`);
  const compiler = fileURLToPath(new URL("node_modules/typescript/bin/tsc", root));
  const options = ["--noEmit", "--strict", "--ignoreConfig", "--skipLibCheck", "--target", "es2022"];
  const resolution = ["--module", "esnext", "--moduleResolution", "bundler", "--types", ""];
  let complaint = "";
  try {
    execFileSync(process.execPath, [compiler, ...options, ...resolution, file], { encoding: "utf8" });
  } catch (error) {
    complaint = `${error.stdout ?? error}`.split("\n").slice(0, 20).join("\n");
  }
  expect(complaint).toBe("");
}, 120_000);

/** Methods that only tests and tools use, and what the bindings add. */
const BEHIND = ["constructor", "weight", "lines", "__destroy_into_raw"];

test.each(["raft", "paxos", "multi-paxos", "zab"])(
  "the methods of the %s engine are those that the page knows",
  async (protocol) => {
    const body = /export interface Run \{\n([\s\S]*?)\n\}/.exec(types)?.[1] ?? "";
    const known = [...body.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name);
    const Run = await engineFor(protocol);
    const real = Object.getOwnPropertyNames(Run.prototype).filter((name) => !BEHIND.includes(name));
    expect(known.sort()).toEqual(real.sort());
  },
);
