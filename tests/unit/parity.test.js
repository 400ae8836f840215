// What the engine computes in WebAssembly is what it computes natively: the native tests hold the same records.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { open, played, root, scenarios, toScriptEnd } from "./engines.js";

const read = (path) => readFileSync(new URL(path, root), "utf8");

test.each(scenarios("tests/golden"))("$path leaves the trace that is on record", async ({ path, text }) => {
  const [events, outcome] = read(path.replace(/scenario$/, "trace")).split("\n\n");
  const wanted = events.split("\n");
  const { lines, fingerprint } = played(await open(text), wanted.length);
  expect(lines).toEqual(wanted);
  expect(outcome.trimEnd().split("\n").at(-1)).toBe(`fingerprint ${fingerprint}`);
});

const fingerprints = read("tests/fixtures/fingerprints.txt").trimEnd().split("\n");

test.each(fingerprints)("%s", async (record) => {
  const [wanted, events, path] = record.split(/\s+/);
  expect(played(await open(read(path)), Number(events)).fingerprint).toBe(wanted);
});

test("a link made in WebAssembly opens the same run", async () => {
  for (const { path, text } of scenarios("www/lessons")) {
    const run = await open(text);
    const there = run.constructor.fromLink(run.link(false));
    expect(there.differs(), path).toBeUndefined();
    expect(there.text(), path).toBe(run.text());
    const events = toScriptEnd(run);
    expect(played(there, events), path).toEqual(played(run, events));
  }
});

test("what is wrong is thrown as an Error that says what to do", async () => {
  await expect(open("consensus 1\nprotocol raft\ncrash n9\n")).rejects.toThrow(
    new Error("line 3, column 7: there is no n9: this cluster has 3 servers"),
  );
  const run = await open("consensus 1\nprotocol raft\n");
  expect(() => run.act("restart n1")).toThrow(new Error("restart n1: n1 is not down"));
  expect(() => run.constructor.fromLink("zzz")).toThrow(/^this link was cut off or edited/);
});
