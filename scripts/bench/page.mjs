// The built page in Chromium: a snapshot from the worker, and drawing all that depends on it.

import { atMost, bestOfMedians, bestOfP95s, RUNS } from "./measure.mjs";
import { CROWD, CROWDED_AT, crowded } from "./scenarios.mjs";

const FRAMES = 120;
/** So much protocol time passes on the screen from one frame to the next while a message is in flight, in microseconds. */
const STEP = 625;

/** @param {import("./measure.mjs").Table} table @param {import("@playwright/test").Page} page @param {string} address */
export async function measurePage(table, page, address) {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(address);
  await page.waitForFunction(() => document.querySelector("consensus-app")?.player?.frame);
  const flights = await page.evaluate(openCrowd, { text: crowded(), at: CROWDED_AT });
  if (flights < CROWD) throw new Error(`only ${flights} messages are in flight`);
  const cpu = await cpuClock(page);
  const runs = [];
  const busy = [];
  for (let run = 0; run < RUNS; run += 1) {
    const before = await cpu();
    runs.push(await page.evaluate(drawFrames, { count: FRAMES, step: STEP }));
    busy.push(((await cpu()) - before) / FRAMES);
  }
  const of = (part) => runs.map((run) => run.map((times) => times[part]));
  const whole = `a frame of 9 servers and ${flights} messages in Chromium`;
  table.row(`${whole}, 95th percentile`, bestOfP95s(of("whole")), "ms", atMost(8));
  table.row("  median", bestOfMedians(of("whole")), "ms");
  table.row(
    "    of which the snapshot and the timeline, asked of the worker",
    bestOfMedians(of("snapshot")),
    "ms",
  );
  table.row("    of which drawing: the page's elements and their layout", bestOfMedians(of("drawing")), "ms");
  table.row("  processor time of the page's thread, average", Math.min(...busy), "ms");
}

/** Milliseconds for which the page's thread has run so far, whatever else the machine did. */
async function cpuClock(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration").value * 1e3;
  };
}

/** Opens a run in the page and stops it at an instant. */
async function openCrowd({ text, at }) {
  const app = document.querySelector("consensus-app");
  await app.openText(text, false);
  await app.player.go(["seekTime", [at]]);
  // What the page asks for now and then is not part of a frame: the side panel's details, and the link in the address.
  app.loadDetails = async () => {};
  app.address.writeSoon = () => {};
  return app.player.frame.messages.length;
}

/**
 * Draws so many frames as after an event, all of each anew, and each some time after the one before: milliseconds for each.
 * Each begins when the browser has painted the one before, as on a screen that is refreshed 60 times a second.
 */
async function drawFrames({ count, step }) {
  const app = document.querySelector("consensus-app");
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const times = [];
  for (let n = 0; n < count; n += 1) {
    await painted();
    const start = performance.now();
    const [frame, window] = await app.engine.all([["frame"], app.player.windowCall()]);
    const asked = performance.now();
    app.player.frame = { ...frame, at: frame.at + n * step };
    app.player.window = window;
    app.player.edition += 1;
    app.draw(asked);
    for (let depth = 0; depth < 4; depth += 1) await null; // parts within parts
    document.body.getBoundingClientRect();
    const end = performance.now();
    times.push({ whole: end - start, snapshot: asked - start, drawing: end - asked });
  }
  return times;
}
