// `npm test`: every check, then one line that totals them. `npm test -- rust unit` runs only those.

import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { chromium, firefox, webkitDriver } from "./browsers.mjs";
import { build } from "./build.mjs";
import { fuzz } from "./fuzz.mjs";
import { prepare } from "./prepare.mjs";
import { add, closing, judged, nothing, ofCargo, ofNode, ofPlaywright, ofVitest } from "./tally.mjs";
import { exitCode, local, locked, main, readOr, say, Trouble, target } from "./tools.mjs";

/** For each reader. `npm run verify:full` goes on for longer. */
const FUZZ_SECONDS = 10;

const reports = path.join(target, "reports");

/** In the order in which they run. Each gives its tally; what only judges (no tests inside) counts when it fails. */
const checks = {
  fmt: () => judge(["cargo", "fmt", "--all", "--", "--check"]),
  clippy: () => judge(["cargo", "clippy", ...locked, "--workspace", "--all-targets", "--", "-D", "warnings"]),
  build: () => build().then(() => nothing),
  rust: cargoTests,
  types: () => judge(local("typescript", "bin", "tsc")),
  lint: () => judge([...local("@biomejs", "biome", "bin", "biome"), process.env.CI ? "ci" : "check"]),
  unit: () =>
    reported(
      "unit",
      [...local("vitest", "vitest.mjs"), "run", "--reporter=default", "--reporter=json"],
      ofVitest,
    ),
  browser: browserTests,
  webkit: webkitTests,
  fuzz: () => fuzz(FUZZ_SECONDS),
};

/** Without names, all that `npm test` promises; CI asks for the Rust style checks by name, too. */
const usual = ["build", "rust", "types", "lint", "unit", "browser", "webkit"];

async function judge(command) {
  return judged(nothing, await exitCode(command));
}

const CARGO_TEST = ["cargo", "test", ...locked, "--workspace"];

/** The Rust tests being compiled ahead of their turn. @type {Promise<unknown>} */
let compiled = Promise.resolve();

/** The engines are compiled mostly on one core: the other compiles the Rust tests. What is wrong with them they say later. */
function buildAndCompileTests() {
  compiled = exitCode([...CARGO_TEST, "--no-run", "--quiet"]);
  return build();
}

async function cargoTests() {
  await compiled;
  const lines = [];
  const command = [...CARGO_TEST, "--no-fail-fast"];
  const code = await exitCode(command, { onLine: (line) => lines.push(line) });
  return judged(ofCargo(lines), code);
}

async function browserTests() {
  const env = { CHROMIUM: await chromium(), FIREFOX: await firefox() };
  return reported(
    "browser",
    [...local("@playwright", "test", "cli.js"), "test", "--reporter=list,json"],
    ofPlaywright,
    env,
  );
}

/** WebKit is there only on Linux, and only for whoever may install it. Without it nothing is counted as passed. */
async function webkitTests() {
  const driver = await webkitDriver().catch((trouble) => {
    if (!(trouble instanceof Trouble)) throw trouble;
    return { missing: trouble.message };
  });
  if (driver.missing) return { ...nothing, untested: driver.missing };
  const lines = [];
  const command = [process.execPath, "--test", "--test-reporter=spec", "tests/webkit/smoke.test.js"];
  const code = await exitCode(command, {
    env: { WEBKIT_DRIVER: driver },
    onLine: (line) => lines.push(line),
  });
  return judged(ofNode(lines), code);
}

/** Runs a runner that leaves a JSON report. */
async function reported(name, command, read, env = {}) {
  const report = path.join(reports, `${name}.json`);
  mkdirSync(reports, { recursive: true });
  rmSync(report, { force: true });
  const toFile = name === "unit" ? [`--outputFile.json=${report}`] : [];
  const code = await exitCode([...command, ...toFile], {
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  return judged(read(JSON.parse(readOr(report, "{}"))), code);
}

async function runCheck(name) {
  say(name);
  try {
    return await checks[name]();
  } catch (trouble) {
    console.error(trouble instanceof Trouble ? `✗ ${trouble.message}` : trouble);
    return judged(nothing, 1);
  }
}

/** Runs the checks in order; without a built page the later ones would only add noise. */
async function runChecks(names) {
  const results = {};
  if (names.includes("rust")) checks.build = () => buildAndCompileTests().then(() => nothing);
  for (const name of names) {
    results[name] = await runCheck(name);
    if (name === "build" && results.build.failed > 0) break;
  }
  return results;
}

/** One line for each check, and last the line that totals them. */
function summarize(results) {
  const total = Object.values(results).reduce(add, nothing);
  const lines = Object.entries(results).map(([name, tally]) => `${name.padEnd(8)}${verdict(tally)}`);
  console.log(`\n${lines.join("\n")}\n\n${closing(total)}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

function verdict({ passed, failed, untested, unsteady = [] }) {
  if (untested) return `– NOT TESTED: ${untested}`;
  const second = unsteady.length > 0 && `on a second try only: ${unsteady.join("; ")}`;
  const words = [passed > 0 && `${passed} tests`, failed > 0 && `${failed} failed`, second].filter(Boolean);
  return [failed > 0 ? "✗" : "✓", ...words].join(" ");
}

await main(async (asked) => {
  const unknown = asked.filter((name) => !(name in checks));
  if (unknown.length > 0)
    throw new Trouble(`No such check: ${unknown.join(", ")}. There are: ${Object.keys(checks).join(", ")}`);
  await prepare();
  summarize(await runChecks(asked.length > 0 ? asked : usual));
});
