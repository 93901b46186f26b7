import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createJobs, rowKey } from '../../src/api/bulk.ts';
import type { RowOutcome } from '../../src/api/bulk.ts';
import { JobClient } from '../../src/api/job-client.ts';
import type { CreateJobRequest } from '../../src/api/wire.ts';

const SERVICE = fileURLToPath(new URL('../support/holding-service.ts', import.meta.url));
const ROWS = 5000;
const USER = 'many-rows';
/** 3 of 100. */
const isBad = (index: number): boolean => index % 100 === 7 || index % 100 === 50 || index % 100 === 99;

const rows = Array.from({ length: ROWS }, (_, index): CreateJobRequest => ({
  video_request: {
    script_id: `row-${index}`,
    user_id: USER,
    title: isBad(index) && index % 2 === 0 ? '' : `Row ${index}`,
    script_content: 'Water boils at one hundred degrees. Higher up it boils earlier.',
    language: 'en-US',
    platform: 'youtube',
    duration: isBad(index) && index % 2 === 1 ? 0 : 20,
    voice_provider: 'google',
  },
}));

/** The real service, the embedded database, and a page that is reloaded after the service was killed. */
describe('5,000 rows with 3 % bad ones', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'job-elements-rows-'));
  let child: ChildProcess | null = null;

  const start = async (): Promise<JobClient> => {
    const env = { ...process.env, PORT: '0', LOG_LEVEL: 'error', JOB_SERVICE_DATA: folder };
    const service = spawn(process.execPath, [SERVICE], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    child = service;
    const [line] = (await once(service.stdout, 'data')) as [Buffer];
    return new JobClient({ baseUrl: String(line).trim() });
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ended = child && child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
    child?.kill(signal);
    await ended;
  };
  /** How many jobs there are of each row. */
  const made = async (client: JobClient): Promise<Map<string | null, number>> => {
    const counts = new Map<string | null, number>();
    for (let page = 1; ; page++) {
      const { jobs } = await client.listJobs({ userId: USER, page, pageSize: 100 });
      for (const { scriptId } of jobs) counts.set(scriptId, (counts.get(scriptId) ?? 0) + 1);
      if (jobs.length < 100) return counts;
    }
  };

  let first: JobClient;
  before(async () => {
    first = await start();
  });
  after(async () => {
    await end('SIGTERM');
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  it('each good row is one job although the service is killed in the middle, and each bad row is reported', async () => {
    const keys = rows.map(rowKey);
    const outcomes: RowOutcome[] = [];
    const known = new Map<number, RowOutcome>();
    await createJobs(first, rows, {
      keys,
      // It does not wait for a service that will not come back.
      random: () => 0,
      onOutcome(outcome) {
        outcomes.push(outcome);
        // The next call is under way when it dies, or has been carried out and not been answered.
        if (outcomes.length === 2400) setTimeout(() => child?.kill('SIGKILL'), 60);
      },
    });
    await end('SIGKILL');
    const answered = outcomes.filter(({ status }) => status === 'created' || status === 'refused');
    assert.ok(answered.length >= 2400 && answered.length < ROWS, `${answered.length} were answered`);
    assert.ok(outcomes.filter(({ status }) => status === 'failed').length > 0, 'no call was under way');
    // What the page had stored when it went away lags behind.
    for (const outcome of answered.slice(0, -300)) known.set(outcome.index, outcome);

    const second = await start();
    const rest = rows.map((_, index) => index).filter((index) => !known.has(index));
    const again = await createJobs(second, rest.map((index) => rows[index] as CreateJobRequest), {
      keys: rest.map((index) => keys[index] as string),
      chunk: 333,
    });
    for (const outcome of again) known.set(rest[outcome.index] as number, outcome);

    assert.ok(again.some(({ status }) => status === 'repeated'), 'nothing was sent twice');
    for (const [index] of rows.entries()) {
      const { status, jobId, errors } = known.get(index) as RowOutcome;
      if (isBad(index)) {
        assert.equal(status, 'refused', `row ${index}`);
        assert.deepEqual(errors.map(({ path }) => path.join('.')), [index % 2 === 0 ? 'video_request.title' : 'video_request.duration']);
      } else assert.ok((status === 'created' || status === 'repeated') && jobId, `row ${index}: ${status}`);
    }
    const counts = await made(second);
    const good = rows.filter((_, index) => !isBad(index)).map(({ video_request }) => video_request.script_id);
    assert.deepEqual([...counts.keys()].sort(), good.sort());
    assert.ok([...counts.values()].every((count) => count === 1), 'a row was made twice');
  });
});
