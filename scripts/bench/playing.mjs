// The built page while time passes: how much script runs for each of 60 frames a second.

import { atMost, bestOfMedians, bestOfP95s, RUNS } from "./measure.mjs";
import { PLAYING_FROM, playing } from "./scenarios.mjs";

const FRAMES = 240;
const FRAME_MS = 1000 / 60;
/** What the browser calls the times in which a page's script runs. One may stand within another. */
const SCRIPT = [
  "FunctionCall",
  "FireAnimationFrame",
  "RunMicrotasks",
  "TimerFire",
  "HandlePostMessage",
].concat(["EventDispatch", "EvaluateScript", "MinorGC", "MajorGC"]);

/** @param {import("./measure.mjs").Table} table @param {import("@playwright/test").Page} page @param {string} address */
export async function measurePlaying(table, page, address) {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.addInitScript(sixtyASecond, FRAME_MS);
  await page.goto(address);
  await page.waitForFunction(() => document.querySelector("consensus-app")?.player?.frame);
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) {
    await page.evaluate(play, { text: playing(), at: PLAYING_FROM });
    await passed(page, 60);
    runs.push(scriptOfFrames(await traced(page, () => passed(page, FRAMES))));
  }
  const of = (part) => runs.map((frames) => frames.map((frame) => frame[part]));
  const whole = "script a frame, 60 a second, 5 servers playing, 95th percentile";
  table.row(whole, bestOfP95s(of("wall")), "ms", atMost(4));
  table.row("  in processor time", bestOfP95s(of("cpu")), "ms");
  table.row("  median", bestOfMedians(of("wall")), "ms");
}

/** However fast frames come on this machine, each is told that a sixtieth of a second has passed. */
function sixtyASecond(step) {
  const real = window.requestAnimationFrame.bind(window);
  let [now, last] = [0, 0];
  window.framesDrawn = 0;
  window.requestAnimationFrame = (draw) =>
    real((time) => {
      if (time !== last) {
        last = time;
        now += step;
        window.framesDrawn += 1;
      }
      draw(now);
    });
}

/** Opens a run and plays it from an instant on. */
async function play({ text, at }) {
  const app = document.querySelector("consensus-app");
  await app.openText(text, false);
  await app.player.go(["seekTime", [at]]);
  app.player.play();
}

/** Waits until so many frames have been drawn. */
async function passed(page, frames) {
  const goal = (await page.evaluate(() => window.framesDrawn)) + frames;
  await page.waitForFunction((wanted) => window.framesDrawn >= wanted, goal, {
    polling: 100,
    timeout: 120_000,
  });
}

async function traced(page, work) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories: ["devtools.timeline", "v8"] });
  await work();
  return JSON.parse((await browser.stopTracing()).toString()).traceEvents;
}

/** Milliseconds of script from each frame to the next: by the clock, and of the processor. */
function scriptOfFrames(events) {
  const thread = ({ pid, tid }) => `${pid} ${tid}`;
  const drawn = events.filter(({ name }) => name === "FireAnimationFrame");
  const page = mostOften(drawn.map(thread));
  const mine = (event) => event.ph === "X" && thread(event) === page;
  const starts = [...new Set(drawn.filter(mine).map(({ ts }) => ts))].sort((a, b) => a - b);
  const frames = starts.map(() => ({ wall: 0, cpu: 0 }));
  for (const { ts, dur, tdur = dur } of outermost(
    events.filter((event) => mine(event) && SCRIPT.includes(event.name)),
  )) {
    const frame = frames[starts.findLastIndex((start) => start <= ts)];
    if (!frame) continue;
    frame.wall += dur / 1e3;
    frame.cpu += tdur / 1e3;
  }
  return frames;
}

function mostOften(names) {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

/** Those that stand within no other. */
function outermost(events) {
  const list = [];
  let end = -1;
  for (const event of events.toSorted((a, b) => a.ts - b.ts || b.dur - a.dur)) {
    if (event.ts < end) continue;
    list.push(event);
    end = event.ts + event.dur;
  }
  return list;
}
