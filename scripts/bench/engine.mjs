// The engine that ships, in this process: how fast a reader gets anywhere in a long run, and gets to see it.

import { loadEngine } from "../engine.mjs";
import { atMost, bestP95, dice } from "./measure.mjs";
import { busy, CROWD, CROWDED_AT, crowded, EVENTS } from "./scenarios.mjs";

/** @param {import("./measure.mjs").Table} table */
export async function measureEngine(table) {
  const { Run, memory } = await loadEngine("raft");
  const bytes = () => memory.buffer.byteLength;
  const run = Run.fromText(busy());
  const start = performance.now();
  run.seek(EVENTS);
  table.row("200,000 events played, traced and checked", performance.now() - start, "ms");
  table.row("  memory of the engine with them", bytes() / 1e6, "MB");
  const die = dice(EVENTS);
  const seek = bestP95(200, () => run.seek(die() + 1));
  table.row("  a seek in them, 95th percentile", seek, "ms", atMost(16));
  table.row("  memory of the engine after 1,000 seeks", bytes() / 1e6, "MB");
  run.seek(EVENTS);
  table.row(
    "  a snapshot at their end, 95th percentile",
    bestP95(5, () => run.frame()),
    "ms",
  );
  run.free();
  snapshot(table, Run);
}

function snapshot(table, Run) {
  const run = Run.fromText(crowded());
  run.seekTime(CROWDED_AT);
  const flights = run.frame().messages.length;
  if (flights < CROWD) throw new Error(`only ${flights} messages are in flight`);
  const took = bestP95(200, () => run.frame());
  table.row(`a snapshot of 9 servers and ${flights} messages, 95th percentile`, took, "ms", atMost(8));
  run.free();
}
