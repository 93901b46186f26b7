import { ConfigError, readConfig } from './config.ts';
import type { Config } from './config.ts';
import { DataDirectoryInUseError } from './db/data-lock.ts';
import { createLogger } from './log.ts';
import type { Render } from './render/types.ts';
import { ListenError, listen } from './server.ts';
import type { Listener } from './server.ts';
import { Service } from './service.ts';

export interface StartOptions {
  /** Settings as in the environment. Default: the environment. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Makes the videos. Default: the real renderer. */
  render?: Render;
}

export interface RunningService {
  /** Where the API and the demo page are, without a slash at the end; `null` for a process that only works. */
  url: string | null;
  config: Config;
  /** Puts running jobs back in line and ends. Calling it again waits for the same end. */
  stop(): Promise<void>;
}

/** Longest time an orderly end may take, ms. */
const STOP_LIMIT = 4500;
/** A terminal and npm both pass on one Ctrl-C, so a second signal this soon is the same one, ms. */
const SAME_SIGNAL = 500;

/** Starts the API, the worker, or both. Throws when it cannot, with a message that says what to do. */
export async function startService({ env = process.env, render }: StartOptions = {}): Promise<RunningService> {
  const config = readConfig(env);
  const logger = createLogger(config.logLevel);
  const service = await Service.start({ config, logger, render: render ?? (await loadRenderer()) });
  let listener: Listener | null = null;
  try {
    if (config.role !== 'worker') listener = await listen(service.app, config);
    if (listener) await service.announce(listener.url);
  } catch (error) {
    await listener?.close();
    await service.stop();
    throw error;
  }
  if (listener && config.port !== 0 && listener.port !== config.port) {
    process.stderr.write(`Port ${config.port} is taken by another program; using ${listener.port} instead. PORT chooses another.\n`);
  }
  const stop = async (): Promise<void> => {
    // Answers under way still need the database.
    await Promise.all([listener?.close(), service.stopPush(), service.stopWork()]);
    await service.stop();
  };
  let stopping: Promise<void> | undefined;
  return { url: listener?.url ?? null, config, stop: () => (stopping ??= stop()) };
}

async function loadRenderer(): Promise<Render> {
  const { render } = await import('./render/render.ts');
  return render;
}

/** What a person can act on needs no stack. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return `The job service cannot start with these settings:\n${error.message}`;
  if (error instanceof DataDirectoryInUseError || error instanceof ListenError) return error.message;
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === '28P01' || code === '3D000') {
    return `The job service cannot reach the database in DATABASE_URL (${code}). Check the address, and that the server runs.`;
  }
  return `The job service could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

/** The command: starts, prints one line, and ends on SIGINT or SIGTERM. */
async function main(): Promise<void> {
  let service: RunningService;
  try {
    service = await startService();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
  let stopRequested: number | null = null;
  const onSignal = (name: NodeJS.Signals): void => {
    if (stopRequested !== null) {
      if (Date.now() - stopRequested > SAME_SIGNAL) process.exit(130);
      return;
    }
    stopRequested = Date.now();
    // What is not in order by then is taken up at the next start, as after a crash.
    setTimeout(() => process.exit(1), STOP_LIMIT).unref();
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`The job service did not end in order after ${name}: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // Last, so that whoever reads it can already ask for an orderly end.
  process.stdout.write(service.url ? `Job service: ${service.url}/\n` : 'Job service: worker is running\n');
}

if (import.meta.main) await main();
