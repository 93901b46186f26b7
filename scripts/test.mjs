/**
 * `npm test [-- group …]`: runs the suites one after the other, goes on after a failure, and ends with how many tests
 * passed and failed in all.
 */
import './lib/modern-node.mjs';
import { findAnyBrowser } from './lib/browser.mjs';
import { browserTests, check, nodeTests } from './lib/run.mjs';

/** @typedef {import('./lib/run.mjs').Counts} Counts */

const tsc = (/** @type {string} */ project) => check(['node_modules/typescript/bin/tsc', '--noEmit', '-p', project]);
const ssrLoader = ['--import', 'tsx'];

/**
 * In the order of how soon they tell: what a mistake breaks first comes first.
 * @type {Record<string, { about: string, needsChromium?: boolean, run: () => Promise<Counts> }>}
 */
const groups = {
  types: { about: 'TypeScript', run: async () => sum(await tsc('.'), await tsc('test'), await tsc('service')) },
  lint: { about: 'oxlint', run: () => check(['node_modules/oxlint/bin/oxlint', '--deny-warnings']) },
  unit: { about: 'core, api, store: plain Node', run: () => nodeTests(['test/node/**/*.test.ts']) },
  service: { about: 'job service and API contract', run: () => nodeTests(['service/test/**/*.test.ts', 'test/contract/**/*.test.ts']) },
  build: {
    about: 'dist/, size budget, the package as others use it',
    run: async () => sum(await check(['scripts/build.mjs', '--force']), await nodeTests(['test/package/**/*.test.ts'])),
  },
  elements: { about: 'widgets in a browser', run: () => browserTests() },
  ssr: { about: 'server rendering', needsChromium: true, run: () => nodeTests(['test/ssr/**/*.test.ts'], { args: ssrLoader }) },
  cdn: { about: 'script tag on a strict page', needsChromium: true, run: () => nodeTests(['test/cdn/**/*.test.ts']) },
  e2e: { about: 'a real job on the demo page', needsChromium: true, run: () => nodeTests(['test/e2e/**/*.test.ts'], { concurrency: 1 }) },
  chaos: { about: 'widgets and service in bad weather', needsChromium: true, run: () => nodeTests(['test/chaos/**/*.test.ts'], { concurrency: 1 }) },
  storybook: { about: 'every story opens', needsChromium: true, run: () => nodeTests(['test/storybook/**/*.test.ts']) },
};

/** What takes long or further browsers: only when it is named. @type {typeof groups} */
const engines = {
  'chaos-long': {
    about: 'bad weather for longer',
    needsChromium: true,
    run: () => nodeTests(['test/chaos/**/*.test.ts'], { concurrency: 1, env: { CHAOS: 'long' } }),
  },
  firefox: { about: 'widgets in Firefox', run: () => browserTests({ WTR_BROWSER: 'firefox' }) },
  webkit: { about: 'widgets in WebKit', run: () => browserTests({ WTR_BROWSER: 'webkit' }) },
};

/** @param {...Counts} all @returns {Counts} */
function sum(...all) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const counts of all) {
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  return total;
}

const known = { ...groups, ...engines };
const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in known));
if (unknown.length > 0) {
  console.error(`No such suite: ${unknown.join(', ')}. There are: ${Object.keys(known).join(', ')}.`);
  process.exit(2);
}

const hasChromium = findAnyBrowser()?.kind === 'chromium';
const lines = [];
let total = sum();
for (const name of named.length > 0 ? named : Object.keys(groups)) {
  const group = known[name];
  console.log(`\n── ${name}: ${group.about}`);
  if (group.needsChromium && !hasChromium) {
    console.log('left out: it drives Chromium, and none is installed');
    lines.push(`  ${name.padEnd(10)} left out, no Chromium`);
    continue;
  }
  const started = Date.now();
  const counts = await group.run();
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  lines.push(`${counts.failed > 0 ? '✗' : '✓'} ${name.padEnd(10)} ${counts.passed} passed, ${counts.failed} failed${skipped} (${seconds} s)`);
  total = sum(total, counts);
}

console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
