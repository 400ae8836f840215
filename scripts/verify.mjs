// `npm run verify:full`: the long campaigns. The same tests as every day, optimised but with every assertion and
// overflow check on, those marked as too long for every day included, and property tests with many more cases; then what
// the explorer needs to find each rule; then fuzzing. `npm run verify:full -- NAME` runs only the tests whose names hold NAME.

import { explored } from "./explored.mjs";
import { fuzz } from "./fuzz.mjs";
import { prepare } from "./prepare.mjs";
import { add, closing, judged, ofCargo } from "./tally.mjs";
import { exitCode, main, say } from "./tools.mjs";

const CASES = "20000";

/** For each reader. */
const FUZZ_SECONDS = 1800;

await main(async (filters) => {
  await prepare();
  say("the long campaigns");
  const lines = [];
  const checked = ["overflow-checks", "debug-assertions"].flatMap((name) => [
    "--config",
    `profile.release.${name}=true`,
  ]);
  const command = [
    "cargo",
    "test",
    "--workspace",
    "--release",
    "--no-fail-fast",
    ...checked,
    "--",
    "--include-ignored",
    ...filters,
  ];
  const env = { CAMPAIGN: "full", PROPTEST_CASES: process.env.PROPTEST_CASES ?? CASES };
  const code = await exitCode(command, { env, onLine: (line) => lines.push(line) });
  const tested = judged(ofCargo(lines), code);
  const seconds = Number(process.env.FUZZ_SECONDS ?? FUZZ_SECONDS);
  const tally = filters.length > 0 ? tested : add(add(tested, await explored()), await fuzz(seconds));
  console.log(`\n${closing(tally)}`);
  process.exitCode = tally.failed > 0 ? 1 : 0;
});
