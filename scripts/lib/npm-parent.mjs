import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How often it is looked whether npm is still there, ms. */
const LOOK_EVERY = 1000;

const SHELL = /^-?(?:\S*\/)?(?:sh|dash|bash|zsh|ksh|ash|busybox)$/;

/**
 * Calls `end` once the npm that runs this script has gone: npm passes no SIGTERM on to its script, and cannot pass on a
 * SIGKILL. Does nothing for a script that npm does not run.
 * @param {() => unknown} end
 */
export function whenNpmHasGone(end) {
  const npm = process.env.npm_lifecycle_event ? npmProcess() : null;
  if (npm === null) return;
  const timer = setInterval(() => {
    if (isAlive(npm)) return;
    clearInterval(timer);
    end();
  }, LOOK_EVERY);
  timer.unref();
}

/** npm starts its scripts through a shell, which some shells replace by the script itself. */
function npmProcess() {
  const parent = describe(process.ppid);
  return parent && SHELL.test(parent.name) ? parent.parent : process.ppid;
}

/**
 * Name and parent of a process; `null` where nobody tells, as on Windows.
 * @param {number} id
 */
function describe(id) {
  try {
    // `id (name) state parent …`; a name may have brackets and blanks in it.
    const [, name = '', parent = ''] = /^\d+ \((.*)\) \S+ (\d+) /s.exec(readFileSync(`/proc/${id}/stat`, 'utf8')) ?? [];
    return { name, parent: Number(parent) };
  } catch {
    const { stdout } = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(id)], { encoding: 'utf8' });
    const [, parent, name] = /^\s*(\d+)\s+(.+?)\s*$/.exec(stdout ?? '') ?? [];
    return name ? { name, parent: Number(parent) } : null;
  }
}

/** @param {number} id */
function isAlive(id) {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
