import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromRoot, root } from './paths.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Runs a Node program to its end, its output on ours; gives its exit code.
 * @param {readonly string[]} args
 * @param {Record<string, string | undefined>} [env]
 * @returns {Promise<number>}
 */
export function runNode(args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/**
 * A program that checks one thing and tells by its exit code alone.
 * @param {readonly string[]} args
 * @param {Record<string, string | undefined>} [env]
 * @returns {Promise<Counts>}
 */
export async function check(args, env) {
  const code = await runNode(args, env);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/**
 * Runs a test runner that writes its counts into a file. A runner that ends badly without naming a failed test, or
 * without writing anything, is one failure itself; one that ran nothing is, too: a test must not vanish unnoticed.
 * @param {(file: string) => Promise<number>} start gives the exit code
 * @returns {Promise<Counts>}
 */
async function counted(start) {
  const folder = fs.mkdtempSync(join(tmpdir(), 'job-elements-counts-'));
  try {
    const file = join(folder, 'counts.json');
    const code = await start(file);
    /** @type {Counts} */
    let counts = { passed: 0, failed: 0, skipped: 0 };
    try {
      counts = JSON.parse(fs.readFileSync(file, 'utf8'));
    } catch {
      console.error('the test runner wrote no result');
    }
    const ranNothing = counts.passed + counts.skipped === 0;
    if (counts.failed === 0 && (code !== 0 || ranNothing)) counts.failed = 1;
    return counts;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs the test files that match, under node:test.
 * @param {readonly string[]} patterns
 * @param {{ args?: readonly string[], concurrency?: number, env?: Record<string, string | undefined> }} [options]
 */
export async function nodeTests(patterns, { args = [], concurrency = 2, env } = {}) {
  const files = patterns.flatMap((pattern) => fs.globSync(pattern, { cwd: root })).sort();
  if (files.length === 0) {
    console.error(`no test file matches ${patterns.join(', ')}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const reporters = (/** @type {string} */ file) => [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${new URL('./report-node.mjs', import.meta.url)}`,
    `--test-reporter-destination=${file}`,
  ];
  return counted((file) => runNode([...args, '--test', `--test-concurrency=${concurrency}`, ...reporters(file), ...files], env));
}

/**
 * Runs the element tests in a browser.
 * @param {Record<string, string>} [env]
 */
export function browserTests(env = {}) {
  const runner = fromRoot('node_modules', '@web', 'test-runner', 'dist', 'bin.js');
  return counted((file) => runNode([runner], { ...env, TEST_COUNTS_FILE: file }));
}
