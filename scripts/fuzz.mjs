// Fuzzes the readers of text and links by libFuzzer, with the stable Rust that is there: the compiler's flags that put
// libFuzzer's counters into the code are all that a nightly Rust and cargo-fuzz would add.

import { mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { add, judged, nothing, ofCargo } from "./tally.mjs";
import { at, exitCode, locked, output, say, target } from "./tools.mjs";

const TARGETS = ["text", "link"];
const folder = at("tests", "fuzz");
const built = path.join(target, "fuzz");

const COUNTERS = [
  "-Cpasses=sancov-module",
  "-Cllvm-args=-sanitizer-coverage-level=4",
  "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
  "-Cllvm-args=-sanitizer-coverage-pc-table",
  "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/**
 * Fuzzes each reader for so many seconds; each is one test. Where libFuzzer cannot be built it says so, and the readers
 * get the corpus and its mutants from plain Rust.
 * @param {number} seconds
 */
export async function fuzz(seconds) {
  const host = /^host: (.+)$/m.exec(output(["rustc", "-vV"]) ?? "")?.[1] ?? "";
  // Its own lock file follows the workspace's crates: were it held, a dependency of theirs would stop the fuzzer.
  const build = (...what) =>
    exitCode(["cargo", "build", "--release", "--quiet", "--target", host, "--target-dir", built, ...what], {
      env: { RUSTFLAGS: COUNTERS.join(" ") },
      cwd: folder,
    });
  // The fuzzer first and alone: if our own code does not compile, that is no reason to pass over it.
  if ((await build("--package", "libfuzzer-sys")) !== 0) return withoutFuzzer();
  if ((await build("--bins")) !== 0) return judged(nothing, 1);
  let tally = nothing;
  for (const name of TARGETS)
    tally = add(tally, await search(path.join(built, host, "release", name), name, seconds));
  return tally;
}

/** One target. What it finds that is new it keeps for its next run; what breaks a reader, too. */
async function search(program, name, seconds) {
  const found = path.join(built, "found", name);
  const broken = path.join(built, "broken", name);
  for (const place of [found, broken]) mkdirSync(place, { recursive: true });
  say(`fuzzing the ${name} reader for ${seconds} s`);
  const settings = [
    `-max_total_time=${seconds}`,
    "-max_len=8192",
    "-timeout=20",
    "-rss_limit_mb=2048",
    "-verbosity=0",
    "-print_funcs=0",
    "-print_final_stats=1",
    `-dict=${path.join(folder, "words.dict")}`,
    `-artifact_prefix=${broken}${path.sep}`,
  ];
  const seeds = path.join(folder, "corpus", name);
  const code = await exitCode([program, ...settings, found, seeds]);
  if (code === 0) return { passed: 1, failed: 0 };
  const inputs = readdirSync(broken).map((file) => path.relative(at(), path.join(broken, file)));
  console.error(
    `✗ the ${name} reader broke: see ${inputs.join(", ")}. Mend it, and put the input into tests/fuzz/corpus.`,
  );
  return { passed: 0, failed: 1 };
}

async function withoutFuzzer() {
  say(
    "libFuzzer cannot be built here (it needs a C++ compiler): NOT fuzzed; the corpus and its mutants instead",
  );
  const lines = [];
  const command = ["cargo", "test", ...locked, "-p", "tests", "--test", "readers"];
  const code = await exitCode(command, { onLine: (line) => lines.push(line) });
  return judged(ofCargo(lines), code);
}
