// What the explorer needs to find each rule: `node scripts/explored.mjs` prints a row for every safety rule of every
// protocol, or of those that are named; `npm run verify:full` counts each row as a test.
//
// Each rule is searched from several seeds, by one thread. A row holds the seconds (the median and the most), the run in
// which it was found, how many moves that run had, how many it has when it is shrunk, and how many the shortest
// scenario in tests/killers has that was written by hand.

import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { nothing } from "./tally.mjs";
import { at, locked, main, output, run, say, target } from "./tools.mjs";

const SEEDS = Number(process.env.SEEDS ?? 3);
const RUNS = 200_000;

/** The bar for each search, and when it is given up. */
const MOST_SECONDS = 30;
const PATIENCE_SECONDS = 120;

const TITLES = ["protocol", "rule", "median s", "most s", "run", "moves", "shrunk", "by hand", "verdict"];

/** The figures of a search. */
async function searched(program, rule, seed) {
  const words = ["explore", rule.protocol, "--without", rule.name, "--runs", RUNS, "--seed", seed, "--json"];
  const start = performance.now();
  const last = await lastLine(program, words.map(String));
  const { found } = JSON.parse(last || "{}");
  return {
    seconds: (performance.now() - start) / 1000,
    right: found?.promise === rule.promise,
    run: found?.run ?? Number.NaN,
    before: found?.before ?? Number.NaN,
    after: found?.after ?? Number.NaN,
  };
}

/** The last line that a program prints; nothing if it takes too long. */
function lastLine(program, words) {
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
      resolve(signal ? "" : line);
    });
  });
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

async function row(program, rule) {
  const seen = [];
  for (let seed = 1; seed <= SEEDS; seed += 1) seen.push(await searched(program, rule, seed));
  const of = (key) => middle(seen.map((figures) => figures[key]));
  const most = Math.max(...seen.map(({ seconds }) => seconds));
  const right = seen.every((figures) => figures.right);
  const verdict = right ? (most <= MOST_SECONDS ? "found" : "SLOW") : "NOT FOUND";
  const figures = [of("seconds").toFixed(2), most.toFixed(2), of("run"), of("before"), of("after")];
  return [rule.protocol, rule.name, ...figures, byHand(rule), verdict].map(String);
}

function line(cells, widths) {
  return cells.map((cell, n) => (n < 2 ? cell.padEnd(widths[n]) : cell.padStart(widths[n]))).join("  ");
}

/**
 * Searches every safety rule of some protocols (of all, if none is named) and prints the table.
 * @param {string[]} protocols
 */
export async function explored(protocols = []) {
  await run(["cargo", "build", "--release", "--quiet", ...locked, "-p", "cli"]);
  const program = path.join(target, "release", "consensus");
  const rules = JSON.parse(output([program, "rules", "--json"]) ?? "[]").filter(
    ({ kind, protocol }) => kind === "safety" && (protocols.length === 0 || protocols.includes(protocol)),
  );
  say(`what the explorer finds, from ${SEEDS} seeds each (load average ${loadavg()[0].toFixed(2)})\n`);
  const widths = TITLES.map((title) => title.length);
  for (const { protocol, name } of rules)
    [widths[0], widths[1]] = [Math.max(widths[0], protocol.length), Math.max(widths[1], name.length)];
  console.log(line(TITLES, widths));
  let tally = nothing;
  for (const rule of rules) {
    const cells = await row(program, rule);
    console.log(line(cells, widths));
    const passed = Number(cells.at(-1) === "found");
    tally = { passed: tally.passed + passed, failed: tally.failed + 1 - passed };
  }
  return tally;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  await main(async (protocols) => {
    const { failed } = await explored(protocols);
    process.exitCode = failed > 0 ? 1 : 0;
  });
