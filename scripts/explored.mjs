// What the explorer needs to find each rule: `node scripts/explored.mjs` prints a row for every safety rule of every
// protocol, or of those that are named; `npm run verify:full` counts each row as a test. With `--page`, the engine that was
// built for the page searches in two threads, as the page does in two workers, and the first that finds something ends both.
//
// Each rule is searched from several seeds, by one thread. A row holds the seconds (the median and the most), the run in
// which it was found, how many moves that run had, how many it has when it is shrunk, and how many the shortest
// scenario in tests/killers has that was written by hand. Last come the seconds that the processor worked, all threads
// together: on a machine that does something else as well they say more than those of the clock.

import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { nothing } from "./tally.mjs";
import { at, locked, main, output, run, say, target } from "./tools.mjs";

const SEEDS = Number(process.env.SEEDS ?? 3);
const RUNS = 200_000;

/** The bar for each search, and when it is given up. */
const MOST_SECONDS = 30;
const PATIENCE_SECONDS = 120;

/** As in www/breaks.js: how many searches there are, and how many runs each tries. */
const SEEKERS = 2;
const PAGE_RUNS = 10_000;

const TITLES = [
  "protocol",
  "rule",
  "median s",
  "most s",
  "run",
  "moves",
  "shrunk",
  "by hand",
  "median cpu s",
  "most cpu s",
  "verdict",
];

/** Searches as the command line does: what it found, if anything. */
async function onCommandLine(program, rule, seed) {
  const words = ["explore", rule.protocol, "--without", rule.name, "--runs", RUNS, "--seed", seed, "--json"];
  const { line, cpu } = await lastLine(program, words.map(String));
  return { found: JSON.parse(line || "{}").found, cpu };
}

/** Searches as the page does: what the first found that found anything. */
async function inPage(rule, nth) {
  const before = process.cpuUsage();
  const order = { protocol: rule.protocol, without: [rule.name], runs: PAGE_RUNS };
  const workers = Array.from({ length: SEEKERS }, (_, n) => {
    const workerData = { ...order, seed: (nth - 1) * SEEKERS + 1 + n };
    return new Worker(new URL("./seeker.mjs", import.meta.url), { workerData });
  });
  const ends = workers.map(
    (worker) =>
      new Promise((resolve, reject) => {
        worker.on("error", reject);
        worker.on("message", ({ stand, found }) => {
          if (stand === "found") resolve(found);
          if (stand === "nothing") reject(new Error("nothing was found"));
        });
      }),
  );
  let patience;
  const late = new Promise((_, reject) => {
    patience = setTimeout(() => reject(new Error("it took too long")), PATIENCE_SECONDS * 1000);
  });
  const found = await Promise.race([Promise.any(ends), late]).catch(() => undefined);
  clearTimeout(patience);
  const { user, system } = process.cpuUsage(before);
  await Promise.all(workers.map((worker) => worker.terminate()));
  return { found, cpu: (user + system) / 1e6 };
}

/** The figures of a search. */
async function searched(seek, rule, seed) {
  const start = performance.now();
  const { found, cpu } = await seek(rule, seed);
  return {
    seconds: (performance.now() - start) / 1000,
    cpu,
    right: found?.promise === rule.promise,
    run: found?.run ?? Number.NaN,
    before: found?.before ?? Number.NaN,
    after: found?.after ?? Number.NaN,
  };
}

/** The last line that a program prints, nothing if it takes too long; and how long the processor worked for it. */
function lastLine(program, words) {
  const before = spent();
  const child = spawn(program, words, { stdio: ["ignore", "pipe", "inherit"] });
  const patience = setTimeout(() => child.kill(), PATIENCE_SECONDS * 1000);
  let [line, rest] = ["", ""];
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop();
    line = lines.pop() ?? line;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (_, signal) => {
      clearTimeout(patience);
      resolve({ line: signal ? "" : line, cpu: spent() - before });
    });
  });
}

/** For how many seconds the processor has worked for programs that are over, where the system tells. */
function spent() {
  try {
    const fields = readFileSync("/proc/self/stat", "utf8").split(")").pop().trim().split(" ");
    return (Number(fields[13]) + Number(fields[14])) / 100; // cutime and cstime, in hundredths
  } catch {
    return Number.NaN;
  }
}

/** How many steps the shortest scenario has that was written for a rule: its lines behind the settings that do anything. */
function byHand({ protocol, name }) {
  const folder = at("tests", "killers");
  const texts = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), "utf8"));
  const has = (text, line) => text.split("\n").includes(line);
  const written = texts.filter((text) => has(text, `protocol ${protocol}`) && has(text, `without ${name}`));
  const steps = (text) =>
    text
      .slice(text.indexOf("\n\n"))
      .split("\n")
      .filter((line) => line.trim() && !/^(caption|expect) /.test(line)).length;
  return Math.min(...written.map(steps));
}

const middle = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function row(seek, rule) {
  const seen = [];
  for (let seed = 1; seed <= SEEDS; seed += 1) seen.push(await searched(seek, rule, seed));
  const of = (key) => middle(seen.map((figures) => figures[key]));
  const mostOf = (key) => Math.max(...seen.map((figures) => figures[key]));
  const most = mostOf("seconds");
  const right = seen.every((figures) => figures.right);
  const verdict = right ? (most <= MOST_SECONDS ? "found" : "SLOW") : "NOT FOUND";
  const figures = [of("seconds").toFixed(2), most.toFixed(2), of("run"), of("before"), of("after")];
  const cpu = [of("cpu"), mostOf("cpu")].map((seconds) => seconds.toFixed(2));
  return [rule.protocol, rule.name, ...figures, byHand(rule), ...cpu, verdict].map(String);
}

function line(cells, widths) {
  return cells.map((cell, n) => (n < 2 ? cell.padEnd(widths[n]) : cell.padStart(widths[n]))).join("  ");
}

/**
 * Searches every safety rule of some protocols (of all, if none is named) and prints the table.
 * @param {string[]} words the protocols, and `--page` to search as the page does
 */
export async function explored(words = []) {
  const protocols = words.filter((word) => !word.startsWith("--"));
  const page = words.includes("--page");
  await run(["cargo", "build", "--release", "--quiet", ...locked, "-p", "cli"]);
  const program = path.join(target, "release", "consensus");
  const seek = page ? inPage : (rule, seed) => onCommandLine(program, rule, seed);
  const rules = JSON.parse(output([program, "rules", "--json"]) ?? "[]").filter(
    ({ kind, protocol }) => kind === "safety" && (protocols.length === 0 || protocols.includes(protocol)),
  );
  const where = page ? `by ${SEEKERS} workers` : "by one thread";
  say(`what is found ${where}, ${SEEDS} times each (load average ${loadavg()[0].toFixed(2)})\n`);
  const widths = TITLES.map((title) => title.length);
  for (const { protocol, name } of rules)
    [widths[0], widths[1]] = [Math.max(widths[0], protocol.length), Math.max(widths[1], name.length)];
  console.log(line(TITLES, widths));
  let tally = nothing;
  for (const rule of rules) {
    const cells = await row(seek, rule);
    console.log(line(cells, widths));
    const passed = Number(cells.at(-1) === "found");
    tally = { passed: tally.passed + passed, failed: tally.failed + 1 - passed };
  }
  return tally;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  await main(async (words) => {
    const { failed } = await explored(words);
    process.exitCode = failed > 0 ? 1 : 0;
  });
