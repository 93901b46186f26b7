import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LIST_SORTS, filteredListSchema } from '../../../src/api/extended-schema.ts';
import type { JobStatusResponse } from '../../../src/api/wire.ts';
import { findJobs } from '../../../test/double/find-jobs.ts';
import { addSamples } from '../../src/samples/store.ts';
import { fakeRender } from '../support/fake-render.ts';
import { openTestService } from '../support/in-process.ts';
import type { TestService } from '../support/in-process.ts';

const NOW = Date.UTC(2026, 0, 31, 12);

/** Filters, orders and pages of the list, over any database, against the double's plain way to do the same. */
export function findingSuite(name: string, databaseEnv: () => Promise<Record<string, string>>): void {
  describe(`finding jobs on ${name}`, { timeout: 120_000 }, () => {
    let test: TestService;
    let all: JobStatusResponse[];
    before(async () => {
      test = await openTestService({ env: await databaseEnv(), render: fakeRender().render });
      const clip = { files: { video: 'samples/a/video.mp4', thumbnail: 'samples/a/thumbnail.jpg', captions: null }, output: { duration: 5 } };
      await addSamples(test.service.db, { count: 150, userId: 'finder', now: NOW, clips: [clip] });
      await addSamples(test.service.db, { count: 20, userId: 'another', now: NOW, clips: [] });
      all = [...(await list({ page_size: '100' })).jobs, ...(await list({ page_size: '100', page: '2' })).jobs];
    });
    after(() => test.stop());

    async function list(query: Record<string, string | string[]>) {
      const params = new URLSearchParams({ user_id: 'finder' });
      for (const [key, value] of Object.entries(query)) for (const one of [value].flat()) params.append(key, one);
      const answer = await test.ask('GET', `/api/v1/jobs/?${params}`);
      assert.equal(answer.status, 200, answer.text);
      return filteredListSchema.parse(answer.body);
    }

    const FILTERS: Record<string, string | string[]>[] = [
      {},
      { status: 'failure' },
      { status: ['pending', 'processing'] },
      { q: 'WATER' },
      { q: 'wat mountain' },
      { q: '%' },
      { q: 'them_' },
      { q: 'القهوة' },
      { q: 'renderer stopped', status: ['failure', 'success'] },
      { q: 'waiting' },
      { q: 'finished' },
      { q: 'nothing has this' },
      { created_after: '2026-01-30' },
      { created_before: '2026-01-25T00:00:00Z', created_after: '2026-01-20', status: 'success' },
    ];

    for (const sort of LIST_SORTS) {
      for (const order of ['asc', 'desc']) {
        it(`finds the same jobs in the same order as a plain loop: ${sort} ${order}`, async () => {
          for (const filter of FILTERS) {
            const query = { ...filter, sort, order };
            const params = new URLSearchParams(Object.entries(query).flatMap(([key, value]) => [value].flat().map((one): [string, string] => [key, one])));
            const expected = findJobs(all, params);
            assert.ok(!Array.isArray(expected));
            const pages = [];
            for (let page = 1; page <= 3; page++) pages.push(await list({ ...query, page: String(page), page_size: '60' }));
            const jobs = pages.flatMap((page) => page.jobs);
            const what = JSON.stringify(query);
            // Seconds are rounded on their way, so jobs of the same second may stand in either order.
            const key = (job: JobStatusResponse) => (sort === 'duration' ? job.duration : job.job_id);
            assert.deepEqual(jobs.map(key), expected.jobs.map(key), what);
            assert.deepEqual(pages[0]?.counts, expected.counts, what);
            assert.deepEqual(pages[0]?.applied, expected.applied, what);
            for (const { total } of pages) assert.equal(total, expected.jobs.length, what);
          }
        });
      }
    }

    it('shows places in line as each job does by itself', async () => {
      const { jobs } = await list({ status: 'pending', page_size: '100' });
      assert.ok(jobs.length > 5);
      for (const job of jobs) assert.equal(job.queue_position, (await test.job(job.job_id)).queue_position);
    });

    it('notices every change: the step of a running job, its error, its end, its removal', async () => {
      const id = all.find((job) => job.status === 'processing')?.job_id as string;
      const found = async (q: string) => (await list({ q })).jobs.map((job) => job.job_id).includes(id);
      const set = (sql: string) => test.service.db.query(`UPDATE job_service.jobs SET ${sql}, updated_at = now() WHERE id = $1`, [id]);
      await set(`progress_message = 'Drawing a Zebra'`);
      assert.ok(await found('zebra'));
      assert.equal((await list({ sort: 'updated_at' })).jobs[0]?.job_id, id);
      await set(`status = 'failure', error = 'No Giraffe.', completed_at = now()`);
      assert.ok(!(await found('zebra')), 'the step of a job that has ended is nobody’s search');
      assert.ok(await found('giraffe'));
      assert.ok((await list({ status: 'failure', page_size: '100' })).jobs.some((job) => job.job_id === id));
      await test.service.db.query('DELETE FROM job_service.jobs WHERE id = $1', [id]);
      assert.ok(!(await found(id)));
      assert.equal((await list({})).total, all.length - 1);
    });

    it('stays quick and whole with many words, long words and strange ones', async () => {
      for (const q of ['a '.repeat(100), 'x'.repeat(200), 'ß İ ﷺ 🚀', "'; DROP TABLE job_service.jobs; --", '\\', '\t\n']) {
        await list({ q });
      }
    });

    it('keeps times outside of what a database can hold from it', async () => {
      const status = async (value: string) => (await test.ask('GET', `/api/v1/jobs/?user_id=finder&created_after=${encodeURIComponent(value)}`)).status;
      assert.equal(await status('0001-01-01'), 200);
      assert.equal(await status('9999-12-31T23:59:59Z'), 200);
      for (const value of ['0000-01-01', '0001-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00', '2026-02-30', '2026-13-01', '12:00', '1767225600', '']) {
        assert.equal(await status(value), 422, value);
      }
    });
  });
}
