import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The data directory is in use by another process. `message` tells a person what to do. */
export class DataDirectoryInUseError extends Error {
  override readonly name = 'DataDirectoryInUseError';
}

export interface DataLock {
  release(): void;
}

/**
 * Holds the data directory for this process alone: two processes on one embedded database lose rows without a word.
 *
 * The lock is SQLite's own exclusive file lock, because the operating system takes it back when the process ends, however it
 * ends. So there is no stale lock to wait out after a crash, and no moment in which two processes both believe the other dead.
 */
export function lockDataDirectory(directory: string): DataLock {
  mkdirSync(directory, { recursive: true });
  const owner = join(directory, 'owner.json');
  const lock = new DatabaseSync(join(directory, 'lock.sqlite'), { timeout: 0 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw new DataDirectoryInUseError(
      `The data directory ${directory} is in use by another job service${describeOwner(owner)}. ` +
        'Stop that one first, or give this one its own directory with JOB_SERVICE_DATA, ' +
        'or let both share a PostgreSQL server with DATABASE_URL.',
      { cause },
    );
  }
  writeFileSync(owner, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
  return { release: () => lock.close() };
}

function describeOwner(file: string): string {
  try {
    const { pid, since } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; since: string };
    return ` (process ${pid}, since ${since})`;
  } catch {
    return '';
  }
}
