// How many tests passed and failed, read from what each runner leaves behind.

/** @typedef {{ passed: number, failed: number, unsteady?: string[] }} Tally */

export const nothing = { passed: 0, failed: 0 };

export const add = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed });

/** The line that closes every run. */
export const closing = ({ passed, failed }) => `${passed} passed, ${failed} failed`;

/** A run that ended badly without naming a failed test (it did not compile, it found no test) counts as one failure. */
export const judged = (tally, code) => (code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally);

/** Sums cargo's "test result:" lines, one for each test binary. */
export function ofCargo(lines) {
  const results = lines
    .map((line) => line.match(/^test result: .*?(\d+) passed; (\d+) failed/))
    .filter(Boolean);
  return results
    .map(([, passed, failed]) => ({ passed: Number(passed), failed: Number(failed) }))
    .reduce(add, nothing);
}

/** The lines of Node's own runner, of the form "ℹ pass 3". */
export function ofNode(lines) {
  const count = (word) =>
    lines
      .map((line) => Number(line.match(new RegExp(`^\\W+${word} (\\d+)$`))?.[1] ?? 0))
      .reduce((sum, number) => sum + number, 0);
  return { passed: count("pass"), failed: count("fail") + count("cancelled") };
}

/** Vitest's JSON report. A file that cannot even be loaded is a failed suite without tests. */
export function ofVitest({ numPassedTests = 0, numFailedTests = 0, testResults = [] }) {
  const unloaded = testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  ).length;
  return { passed: numPassedTests, failed: numFailedTests + unloaded };
}

/** Playwright's JSON report. What passed on a second try only has passed, and is named. */
export function ofPlaywright({ stats = {}, suites = [] }) {
  const { expected = 0, unexpected = 0, flaky = 0 } = stats;
  const tally = { passed: expected + flaky, failed: unexpected };
  return flaky > 0 ? { ...tally, unsteady: suites.flatMap(unsteadyIn) } : tally;
}

function unsteadyIn({ suites = [], specs = [] }) {
  const own = specs.filter(({ tests }) => tests.some(({ status }) => status === "flaky"));
  return [...own.map(({ title }) => title), ...suites.flatMap(unsteadyIn)];
}
