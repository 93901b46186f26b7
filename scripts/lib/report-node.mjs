/**
 * A reporter of node:test that ends with one line of JSON: how many tests passed, failed and were skipped. Suites count
 * for nothing, so that the numbers are those of the tests.
 * @param {AsyncIterable<{ type: string, data: any }>} events
 */
export default async function* countTests(events) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let suiteFailures = 0;
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite') {
      suiteFailures += type === 'test:fail' ? 1 : 0;
    } else if (data.skip !== undefined || data.todo !== undefined) {
      counts.skipped += 1;
    } else {
      counts[type === 'test:pass' ? 'passed' : 'failed'] += 1;
    }
  }
  // A hook that throws fails its suite without failing any test.
  if (counts.failed === 0) counts.failed = suiteFailures;
  yield `${JSON.stringify(counts)}\n`;
}
