import { writeFileSync } from 'node:fs';

/**
 * A reporter of the browser test runner that writes how many tests passed, failed and were skipped into a file. A test
 * file that does not load counts as one failure.
 * @param {string} file
 * @returns {import('@web/test-runner').Reporter}
 */
export function countingReporter(file) {
  return {
    onTestRunFinished({ sessions }) {
      const counts = { passed: 0, failed: 0, skipped: 0 };
      /** @param {import('@web/test-runner').TestSuiteResult | undefined} suite */
      const add = (suite) => {
        for (const test of suite?.tests ?? []) counts[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
        for (const inner of suite?.suites ?? []) add(inner);
      };
      for (const session of sessions) {
        const before = counts.failed;
        add(session.testResults);
        if (!session.passed && counts.failed === before) counts.failed += 1;
      }
      writeFileSync(file, JSON.stringify(counts));
    },
  };
}
