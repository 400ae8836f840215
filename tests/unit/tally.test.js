import { expect, test } from "vitest";
import {
  add,
  closing,
  judged,
  nothing,
  ofCargo,
  ofNode,
  ofPlaywright,
  ofVitest,
} from "../../scripts/tally.mjs";

test("sums cargo's test binaries", () => {
  const lines = [
    "running 2 tests",
    "test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
    "test result: FAILED. 5 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
  ];
  expect(ofCargo(lines)).toEqual({ passed: 7, failed: 1 });
  expect(ofCargo([])).toEqual(nothing);
});

test("a test file that cannot be loaded is a failure", () => {
  const testResults = [
    { status: "passed", assertionResults: [{}] },
    { status: "failed", assertionResults: [] },
  ];
  expect(ofVitest({ numPassedTests: 3, numFailedTests: 0, testResults })).toEqual({ passed: 3, failed: 1 });
});

test("a browser test that passes only on a second try has passed, and is named", () => {
  const spec = (title, status) => ({ title, tests: [{ status }] });
  const suites = [{ specs: [spec("steady", "expected")], suites: [{ specs: [spec("shaky", "flaky")] }] }];
  const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 };
  expect(ofPlaywright({ stats, suites })).toEqual({ passed: 5, failed: 1, unsteady: ["shaky"] });
  expect(ofPlaywright({ stats: { expected: 4, unexpected: 1 } })).toEqual({ passed: 4, failed: 1 });
});

test("reads what Node's own runner prints", () => {
  const lines = [
    "✔ the page opens (12ms)",
    "ℹ tests 4",
    "ℹ pass 2",
    "ℹ fail 1",
    "ℹ cancelled 1",
    "ℹ skipped 0",
  ];
  expect(ofNode(lines)).toEqual({ passed: 2, failed: 2 });
});

test("a run that ends badly without a failed test counts as one failure", () => {
  expect(judged({ passed: 2, failed: 0 }, 101)).toEqual({ passed: 2, failed: 1 });
  expect(judged({ passed: 2, failed: 3 }, 101)).toEqual({ passed: 2, failed: 3 });
  expect(judged({ passed: 2, failed: 0 }, 0)).toEqual({ passed: 2, failed: 0 });
});

test("the closing line reads as a sentence", () => {
  expect(closing(add({ passed: 40, failed: 0 }, { passed: 2, failed: 1 }))).toBe("42 passed, 1 failed");
});
