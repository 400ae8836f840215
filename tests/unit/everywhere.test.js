// The engine in WebAssembly plays as the native one does. The same records are replayed in each browser by
// tests/browser/everywhere.spec.js.

import { expect, test } from "vitest";
import { opened, played } from "./engines.js";
import { generated, sumOf, written } from "./records.js";

test.each([...generated(), ...written()])("$name plays as it does natively", async (record) => {
  const run = await opened(...record.source);
  expect(run.differs()).toBeUndefined();
  const { lines, fingerprint } = played(run, record.events);
  expect(`${fingerprint} ${record.events} ${sumOf(lines)}`).toBe(record.summary);
  run.free();
});
