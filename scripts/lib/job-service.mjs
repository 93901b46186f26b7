import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { whenNpmHasGone } from './npm-parent.mjs';
import { fromRoot, root } from './paths.mjs';

/**
 * @typedef {object} RunningService
 * @property {import('node:child_process').ChildProcess} process
 * @property {Promise<string>} ready its address, without a slash at the end, once it listens; rejects when it ends before or takes too long
 * @property {Promise<number>} ended its exit code, once it has ended
 * @property {() => Promise<number>} stop asks it to end, and makes it end after ten seconds
 */

/**
 * Whether a job service answers at this address.
 * @param {string} url
 */
export async function answers(url) {
  try {
    const response = await fetch(`${url}/api/v1/jobs/health`, { signal: AbortSignal.timeout(2_000) });
    const body = await response.json();
    return typeof body?.status === 'string' && typeof body?.service === 'string';
  } catch {
    return false;
  }
}

/**
 * Starts the job service. What it logs goes to standard error.
 * @param {{ env?: Record<string, string | undefined>, timeout?: number, log?: 'inherit' | 'ignore' | number }} [options] timeout in ms
 * @returns {RunningService}
 */
export function startJobService({ env = {}, timeout = 60_000, log = 'inherit' } = {}) {
  const child = spawn(process.execPath, [fromRoot('service', 'src', 'main.ts')], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', log],
  });
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
  /** @type {Promise<string>} */
  const ready = new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The job service did not start within ${timeout / 1000} s.`)), timeout);
    // It says one line for people when it listens: what it is, and its address.
    createInterface({ input: /** @type {import('node:stream').Readable} */ (child.stdout) }).on('line', (line) => {
      const url = /https?:\/\/\S+/.exec(line)?.[0];
      if (!url) return;
      clearTimeout(timer);
      resolve(url.replace(/\/$/, ''));
    });
    void ended.then((code) => reject(new Error(`The job service ended with code ${code}.`)));
    void ended.finally(() => clearTimeout(timer));
  });
  // Whoever stops it early may never ask.
  ready.catch(() => undefined);
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    const code = await ended;
    clearTimeout(timer);
    return code;
  };
  return { process: child, ready, ended, stop };
}

/**
 * Calls `stop` once at the first wish to end: Ctrl-C, a signal, a closed terminal, an npm that has gone.
 * @param {() => Promise<unknown>} stop
 */
export function onEnd(stop) {
  let stopping = false;
  const end = () => {
    if (stopping) return;
    stopping = true;
    void stop();
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, end);
  whenNpmHasGone(end);
}
