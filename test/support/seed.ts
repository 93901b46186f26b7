import { pino } from 'pino';
import { readConfig } from '../../service/src/config.ts';
import type { SeedOptions } from '../../service/src/samples/seed-jobs.ts';
import { seedJobs } from '../../service/src/samples/seed-jobs.ts';
import type { TestService } from './service.ts';

/**
 * Adds sample jobs of all kinds to a running test service: the same ones each time, ids apart, the newest six one of each status.
 * They stand still. Media are rendered once per machine, which may take half a minute; `media: false` does without.
 */
export async function seedTestService(
  { dataDirectory }: Pick<TestService, 'dataDirectory'>,
  options: Pick<SeedOptions, 'userId'> & Partial<Pick<SeedOptions, 'jobs' | 'media'>>,
): Promise<void> {
  const config = readConfig({ JOB_SERVICE_DATA: dataDirectory });
  const onNoMedia = (reason: string): void => {
    throw new Error(`the sample clips cannot be made: ${reason}`);
  };
  await seedJobs({ config, logger: pino({ level: 'silent' }), onNoMedia, ...options });
}
