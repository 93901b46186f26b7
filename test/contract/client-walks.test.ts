import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { JobClient } from '../../src/api/job-client.ts';
import { findJobs } from '../../src/api/list-jobs.ts';
import { findLost } from '../../src/elements/job-create-form/bulk/run/find-lost.ts';
import { jobShelf } from '../../src/store/job-shelf.ts';
import { JobStore } from '../../src/store/job-store.ts';
import { startDoubleServer } from '../double/server.ts';
import { seedTestService } from '../support/seed.ts';
import { startTestService } from '../support/service.ts';

const USER = 'walker';
const JOBS = 350;
const { signal } = new AbortController();

interface Walked {
  baseUrl: string;
  /** Gives the user so many jobs more. */
  make(jobs: number): Promise<void>;
  stop(): Promise<void>;
}

async function jobService(): Promise<Walked> {
  const service = await startTestService();
  return { baseUrl: service.url, stop: service.stop, make: (jobs) => seedTestService(service, { userId: USER, jobs, media: false }) };
}

/** As it is deployed: its answers say nothing of where to go on. It tells scripts, so that there is something to look for. */
async function deployed(): Promise<Walked> {
  const { double, baseUrl, stop } = await startDoubleServer({ extensions: false });
  let made = 0;
  return {
    baseUrl,
    stop,
    async make(jobs) {
      for (let index = 0; index < jobs; index++) double.add({ user_id: USER, status: 'success', script_id: `sample-${++made}` });
    },
  };
}

/** What the widgets do to go along a user's jobs, over real HTTP, while the user gets one more before each answer but the first. */
for (const [name, start, cursors] of [['the job service', jobService, true], ['a backend as it is deployed', deployed, false]] as const) {
  describe(`going along the jobs of a user: ${name}`, { timeout: 120_000 }, () => {
    let backend: Walked;
    /** By page or by cursor: how each list was asked for. */
    let asked: string[] = [];
    /** All jobs there were before, newest first. */
    let known: { id: string; scriptId: string | null }[] = [];

    const watched: typeof fetch = async (input, init) => {
      const { searchParams } = new URL(input instanceof Request ? input.url : input);
      if (asked.length > 0) await backend.make(1);
      asked.push(searchParams.has('after') ? 'cursor' : `page ${searchParams.get('page')}`);
      return fetch(input, init);
    };
    const onward = (pages: number): string[] => Array.from({ length: pages - 1 }, (_, index) => (cursors ? 'cursor' : `page ${index + 2}`));
    const client = () => new JobClient({ baseUrl: backend.baseUrl, fetch: watched });
    const begin = async (): Promise<string[]> => {
      const plain = new JobClient({ baseUrl: backend.baseUrl });
      known = [];
      for (let page = 1; known.length === (page - 1) * 100; page++) known.push(...(await plain.listJobs({ userId: USER, page, pageSize: 100 })).jobs);
      asked = [];
      return known.map(({ id }) => id);
    };

    before(async () => {
      backend = await start();
      await backend.make(JOBS);
    });
    after(() => backend?.stop());

    it('a page of 300 has the newest 300; by page numbers, each new one costs it the last', async () => {
      const ids = await begin();
      const { jobs } = await findJobs(client(), { userId: USER, pageSize: 300 });
      assert.deepEqual(jobs.map(({ id }) => id), ids.slice(0, cursors ? 300 : 298));
      assert.deepEqual(asked, ['page 1', ...onward(3)]);
    });

    it('a shelf that goes further has all there were, each once and in their order', async () => {
      const ids = await begin();
      const store = new JobStore({ apiUrl: backend.baseUrl, fetch: watched });
      const shelf = jobShelf(store, USER);
      const leave = shelf.subscribe(() => {});
      shelf.goFurther();
      await shelf.read(signal);
      assert.deepEqual(shelf.jobs.map(({ id }) => id), ids);
      assert.equal(shelf.complete, true);
      assert.deepEqual(asked, ['page 1', ...onward(4)]);
      leave();
      store.close();
    });

    it('a row whose answer was lost is found at the very end', async () => {
      await begin();
      const { id, scriptId } = known.findLast((one) => known.filter(({ scriptId: other }) => other === one.scriptId).length === 1)!;
      const request = { video_request: { script_id: scriptId!, user_id: USER, title: 'T', script_content: 'S', language: 'en-US', platform: 'youtube', duration: 9, voice_provider: 'azure' as const } };
      const run = { id: 'list', name: '', startedAt: 0, rows: [{ line: 1, title: 'T', request }], marks: [{ state: 'unknown' as const }], left: [] };
      assert.deepEqual([...(await findLost(client(), USER, run))], [[0, id]]);
      assert.deepEqual(asked, ['page 1', ...onward(4)]);
    });
  });
}
