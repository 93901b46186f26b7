import type { ChildProcess } from 'node:child_process';

/** Only POSIX knows process groups. Elsewhere the child is ended alone, and the encoder ends when its input does. */
const HAS_GROUPS = process.platform !== 'win32';

/** Ends this process and everything it started, at once. The process must have been started as the leader of its group. */
export function endOwnGroup(): never {
  if (HAS_GROUPS) process.kill(-process.pid, 'SIGKILL');
  process.exit(1);
}

/** Ends a child that leads a group, and everything that it started. Also works when the leader is gone already. */
export function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(HAS_GROUPS ? -child.pid : child.pid, 'SIGKILL');
  } catch {
    // Nobody of the group is left.
  }
}
