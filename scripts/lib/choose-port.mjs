import { createInterface } from 'node:readline/promises';
import { answers } from './job-service.mjs';
import { freePort, isFree } from './ports.mjs';

/** @param {number} port */
async function nextFree(port) {
  for (let next = port + 1; next < Math.min(port + 100, 65_536); next += 1) {
    if (await isFree(next)) return next;
  }
  return freePort();
}

/**
 * The port to serve on: the one that is asked for, or, where that is taken, the next free one if the person agrees.
 * `null` when there is nothing to start.
 * @param {number} wanted 0 for any
 * @returns {Promise<number | null>}
 */
export async function choosePort(wanted) {
  if (wanted === 0) return freePort();
  if (await isFree(wanted)) return wanted;
  if (await answers(`http://127.0.0.1:${wanted}`)) {
    console.error(`A job service already runs on port ${wanted}: http://localhost:${wanted}`);
  } else {
    console.error(`Port ${wanted} is taken by another program.`);
  }
  const next = await nextFree(wanted);
  if (process.stdin.isTTY && process.stdout.isTTY) {
    const dialog = createInterface({ input: process.stdin, output: process.stdout });
    const answer = await dialog.question(`Use port ${next} instead? [Y/n] `).catch(() => 'n');
    dialog.close();
    return /^\s*(y(es)?)?\s*$/i.test(answer) ? next : null;
  }
  console.error(`Port ${next} is free: PORT=${next} npm start`);
  return null;
}
