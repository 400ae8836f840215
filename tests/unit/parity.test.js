// What the engine computes in WebAssembly is what it computes natively: the native tests hold the same records.

import { expect, test } from "vitest";
import { open, played, scenarios, toScriptEnd } from "./engines.js";
import { golden } from "./records.js";

test.each(golden())("$name leaves the trace that is on record", async ({ source, trace, fingerprint }) => {
  expect(played(await open(source[1][0]), trace.length)).toEqual({ lines: trace, fingerprint });
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
