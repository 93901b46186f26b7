import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type * as z from 'zod';
import { healthSchema, jobListSchema, jobStatisticsSchema, validationErrorSchema } from '../../src/api/schema.ts';
import type { Answer, Probe } from './backend.ts';

export function listing(use: () => Probe): void {
  describe('GET /api/v1/jobs/', () => {
    let userId: string;
    const ids: string[] = [];

    before(async () => {
      const probe = use();
      userId = `${probe.userId}-list & more`;
      for (let made = 0; made < 3; made++) ids.unshift(await probe.create(probe.plainRequest({}, userId)));
    });

    after(() => use().cancelAll());

    const list = (query: Record<string, string>): Promise<Answer> =>
      use().call('GET', `/api/v1/jobs/?${new URLSearchParams(query)}`);

    const page = async (query: Record<string, string>): Promise<z.infer<typeof jobListSchema>> => {
      const answer = await list(query);
      assert.equal(answer.status, 200, answer.text);
      return jobListSchema.parse(answer.body);
    };

    it("gives a user's jobs, newest first, 20 to a page", async () => {
      const { jobs, ...rest } = await page({ user_id: userId });
      assert.deepEqual(jobs.map((job) => job.job_id), ids);
      assert.deepEqual(rest, { total: 3, page: 1, page_size: 20 });
    });

    it('gives the pages one after the other', async () => {
      const first = await page({ user_id: userId, page: '1', page_size: '2' });
      const second = await page({ user_id: userId, page: '2', page_size: '2' });
      const beyond = await page({ user_id: userId, page: '9', page_size: '2' });
      assert.deepEqual([...first.jobs, ...second.jobs].map((job) => job.job_id), ids);
      assert.equal(first.jobs.length, 2);
      assert.deepEqual([first.total, second.total, beyond.total], [3, 3, 3]);
      assert.deepEqual(second.page, 2);
      assert.deepEqual(beyond.jobs, []);
    });

    it("never gives another user's jobs", async () => {
      const { jobs, total } = await page({ user_id: `${userId}-nobody` });
      assert.deepEqual(jobs, []);
      assert.equal(total, 0);
    });

    it('takes page sizes up to 100, and no others', async () => {
      assert.equal((await page({ user_id: userId, page_size: '100' })).page_size, 100);
      for (const [name, value] of [['page_size', '101'], ['page_size', '0'], ['page', '0'], ['page', 'one']] as const) {
        const answer = await list({ user_id: userId, [name]: value });
        assert.equal(answer.status, 422, answer.text);
        validationErrorSchema.parse(answer.body);
      }
    });

    it('wants to know whose jobs', async () => {
      const answer = await list({});
      assert.equal(answer.status, 422, answer.text);
      validationErrorSchema.parse(answer.body);
    });
  });

  describe('GET /api/v1/jobs/stats/counts', () => {
    it('counts every job once', async () => {
      const probe = use();
      const read = async () => {
        const answer = await probe.call('GET', '/api/v1/jobs/stats/counts');
        assert.equal(answer.status, 200, answer.text);
        const { statistics } = jobStatisticsSchema.parse(answer.body);
        const { total, ...counts } = statistics;
        assert.equal(Object.values(counts).reduce((sum, count) => sum + count, 0), total);
        return statistics;
      };
      const earlier = await read();
      await probe.create(probe.plainRequest());
      assert.equal((await read()).total, earlier.total + 1);
    });
  });

  describe('GET /api/v1/jobs/health', () => {
    it('says that the service is well', async () => {
      const answer = await use().call('GET', '/api/v1/jobs/health');
      assert.equal(answer.status, 200, answer.text);
      assert.equal(healthSchema.parse(answer.body).status, 'healthy');
    });
  });

  describe('any other route', () => {
    it('is not found, in the usual form', async () => {
      const answer = await use().call('GET', '/api/v1/nothing-here');
      assert.equal(answer.status, 404);
      assert.equal(typeof (answer.body as { detail?: unknown } | undefined)?.detail, 'string', answer.text);
    });
  });
}
