// Plays the run that the page begins with, and writes the engine's answers down: www/engine/opening.json. With it the page
// comes to life before the engine is loaded. The engine tells, this script only asks: see www/recording.js.

import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { columnsOf } from "../www/columns.js";
import { difference } from "../www/difference.js";
import { AHEAD } from "../www/pacing.js";
import { loadEngine } from "./engine.mjs";
import { at, readOr, say, Trouble } from "./tools.mjs";

/** A story that waits for its reader by then is recorded to where it waits; any other to the second limit. */
const WAITS_BY = 5_000_000;
const ELSE = 1_500_000;
/** More than the engine tells at once. */
const MOST = { pixels: 10_000, moments: 500 };
const STARTS = at("www", "starts");
const RECORDING = at("www", "engine", "opening.json");

/** The scenario of an untouched page: the first of www/scenarios.js. */
export function opening() {
  const [first] = readFileSync(path.join(STARTS, "order.txt"), "utf8").split(" ");
  return readFileSync(path.join(STARTS, `${first}.scenario`), "utf8");
}

/** Writes the recording, if it is another one than before. */
export async function recordOpening() {
  say("recording how the page begins");
  const text = opening();
  const [, protocol] = /^protocol ([\w-]+)/m.exec(text) ?? [];
  const { Run } = await loadEngine(protocol);
  const fresh = JSON.stringify(record(Run, text));
  if (readOr(RECORDING) !== fresh) writeFileSync(RECORDING, fresh);
}

/** @returns {import("../www/recording.js").Record} */
export function record(Run, text) {
  const { end, waits } = extent(Run, text);
  const run = Run.fromText(text);
  const known = end + AHEAD;
  run.ahead(known);
  const head = { time: run.window(0, 0, 1, "time").known, steps: run.window(0, 0, 1, "steps").known };
  const places = placesOf(run, end);
  const frames = places.map((place) => frameAt(run, place));
  const moments = run.moments(0, places.at(-1)[0]);
  if (moments.length >= MOST.moments)
    throw new Trouble("The page begins with more moments than a recording holds.");
  return {
    text,
    printed: run.text(),
    info: run.info(),
    end,
    waits,
    known,
    head,
    places: columnsOf(places),
    frames: frames.map((frame, n) => difference(n > 0 ? frames[n - 1] : null, frame) ?? {}),
    moments,
    branches: run.branches(),
    columns: columns(run, known, head.steps),
  };
}

/** Where the scenario waits first, or where a run that never waits has shown enough. */
function extent(Run, text) {
  const run = Run.fromText(text);
  const reached = run.run(WAITS_BY);
  const waits = run.frame().pause !== null;
  run.free();
  return { end: waits ? reached : ELSE, waits };
}

/** Where a frame becomes another one: at every event, and where a line of the script is done between two. */
function placesOf(run, end) {
  run.run(end); // and not further: what comes after a stop may come at the same instant
  const { position: last } = run.frame();
  const places = Array.from({ length: last }, (_, n) => {
    run.seek(n + 1);
    return [n + 1, run.frame().at];
  });
  return places.flatMap(([position, time], n) => {
    const until = n + 1 < last ? places[n + 1][1] - 1 : end;
    return [[position, time], ...changes(run, position, time, until)];
  });
}

/** The instants after `from` at which the frame is another one, though nothing happened. */
function changes(run, position, from, to) {
  const shown = (time) => JSON.stringify({ ...frameAt(run, [position, time]), at: 0 });
  const before = shown(from);
  if (to <= from || shown(to) === before) return [];
  let [same, other] = [from, to];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (shown(middle) === before) same = middle;
    else other = middle;
  }
  return [[position, other], ...changes(run, position, other, to)];
}

function frameAt(run, [position, time]) {
  run.seek(position);
  if (run.frame().at !== time) run.run(time);
  return run.frame();
}

/** All of the timelines' rows, on both scales. */
function columns(run, time, steps) {
  const inTime = run.window(0, time, MOST.pixels, "time");
  const inSteps = run.window(0, steps, MOST.pixels, "steps");
  if (inTime.comb.length > 0) throw new Trouble("The page begins with more messages than a recording holds.");
  const pairs = (name, width, join) => {
    const [one, other] = [rows(inTime[name], width), rows(inSteps[name], width)];
    return one.map((row, n) => join(row, other[n]));
  };
  const lanes = pairs("lanes", 6, ([lane, from, , ...rest], [, position]) => [lane, from, position, ...rest]);
  const messages = pairs("messages", 8, ([id, a, b, sent, ended, ...rest], [, , , sentIn, endedIn]) => {
    return [id, a, b, sent, sentIn, ended, endedIn, ...rest];
  });
  const marks = pairs("marks", 4, ([lane, from, ...rest], [, position]) => [lane, from, position, ...rest]);
  const ops = inTime.ops.map(({ from, to, ...op }, n) => {
    return { op, time: [from, to], steps: [inSteps.ops[n].from, inSteps.ops[n].to] };
  });
  lanes.sort((a, b) => a[2] - b[2] || a[0] - b[0]); // as they begin
  return {
    lanes: columnsOf(lanes),
    messages: columnsOf(messages),
    marks: columnsOf(marks),
    ops,
    actions: inTime.actions,
  };
}

function rows(array, width) {
  return Array.from({ length: array.length / width }, (_, n) => [
    ...array.subarray(n * width, (n + 1) * width),
  ]);
}
