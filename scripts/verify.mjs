// `npm run verify:full`: the long campaigns. The same tests as every day, optimised but with every assertion and
// overflow check on, those marked as too long for every day included, and property tests with many more cases.

import { prepare } from "./prepare.mjs";
import { closing, judged, ofCargo } from "./tally.mjs";
import { exitCode, main, say } from "./tools.mjs";

const CASES = "20000";

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
  const tally = judged(ofCargo(lines), code);
  console.log(`\n${closing(tally)}`);
  process.exitCode = tally.failed > 0 ? 1 : 0;
});
