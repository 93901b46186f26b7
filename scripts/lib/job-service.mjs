import { spawn } from 'node:child_process';
import { fromRoot, root } from './paths.mjs';

/**
 * @typedef {object} RunningService
 * @property {string} url without a slash at its end
 * @property {import('node:child_process').ChildProcess} process
 * @property {Promise<void>} ready when it answers; rejects when it ends before or takes too long
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

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Starts the job service on a port that is free. What it logs goes to standard error.
 * @param {{ port: number, env?: Record<string, string | undefined>, timeout?: number, log?: 'inherit' | 'ignore' | number }} options timeout in ms
 * @returns {RunningService}
 */
export function startJobService({ port, env = {}, timeout = 60_000, log = 'inherit' }) {
  const child = spawn(process.execPath, [fromRoot('service', 'src', 'main.ts')], {
    cwd: root,
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', log],
  });
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    const code = await ended;
    clearTimeout(timer);
    return code;
  };
  const untilItAnswers = async () => {
    const deadline = Date.now() + timeout;
    while (!(await answers(`http://127.0.0.1:${port}`))) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error('The job service ended while starting, see above.');
      if (Date.now() > deadline) throw new Error(`The job service did not answer within ${timeout / 1000} s.`);
      await pause(50);
    }
  };
  const ready = untilItAnswers();
  // Whoever stops it early may never ask.
  ready.catch(() => undefined);
  return { url: `http://localhost:${port}`, process: child, ready, ended, stop };
}

/**
 * Calls `stop` once at the first wish to end: Ctrl-C, a signal, a closed terminal.
 * @param {() => Promise<unknown>} stop
 */
export function onEnd(stop) {
  let stopping = false;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void stop();
    });
  }
}
