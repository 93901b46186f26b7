import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startJobService } from '../../scripts/lib/job-service.mjs';

export interface TestService {
  /** Without a slash at its end. */
  url: string;
  /** Its data directory, which `seedTestService` fills. */
  dataDirectory: string;
  /** What it logged so far. */
  log(): string;
  stop(): Promise<void>;
}

/** The real job service as a process of its own, on a free port, with a data folder that goes away with it. */
export async function startTestService(env: Record<string, string> = {}): Promise<TestService> {
  const folder = mkdtempSync(join(tmpdir(), 'job-elements-service-'));
  const logFile = join(folder, 'service.log');
  const descriptor = openSync(logFile, 'a');
  const dataDirectory = env.JOB_SERVICE_DATA ?? join(folder, 'data');
  const service = startJobService({ env: { PORT: '0', JOB_SERVICE_DATA: dataDirectory, ...env }, log: descriptor });
  const log = (): string => readFileSync(logFile, 'utf8');
  const stop = async (): Promise<void> => {
    await service.stop();
    closeSync(descriptor);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { url: await service.ready, dataDirectory, log, stop };
  } catch (error) {
    if (error instanceof Error) error.message += `\n${log()}`;
    await stop();
    throw error;
  }
}
