import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { bulkResponseSchema, generateResponseSchema, healthSchema, templateListSchema, templateSchema, validationErrorSchema } from '../../src/api/schema.ts';
import type { BulkRequest, BulkResponse, ServiceLinks } from '../../src/api/wire.ts';
import type { Answer, Probe } from './backend.ts';

/** What a backend may offer beside jobs: each tested where the health answer announces it. */
export function offering(use: () => Probe): void {
  const linkTo = async (kind: keyof ServiceLinks): Promise<string | undefined> => {
    const { body } = await use().call('GET', '/api/v1/jobs/health');
    return healthSchema.parse(body).links?.[kind];
  };
  const locs = (answer: Answer): string[] => {
    assert.equal(answer.status, 422, answer.text);
    return validationErrorSchema.parse(answer.body).detail.map(({ loc }) => loc.join('.'));
  };

  describe('many jobs with one call', () => {
    after(() => use().cancelAll());
    const send = async (link: string, request: BulkRequest): Promise<BulkResponse> => {
      const answer = await use().call('POST', link, request);
      assert.equal(answer.status, 200, answer.text);
      const read = bulkResponseSchema.parse(answer.body);
      assert.deepEqual(read.results.map(({ index }) => index), request.jobs.map((_, index) => index));
      for (const { job_id } of read.results) if (job_id) use().created.push(job_id);
      return read;
    };

    it('creates the good ones and says what is wrong with the others', async (context) => {
      const link = await linkTo('bulk');
      if (!link) return context.skip('not offered');
      const [good, bad, other] = [use().plainRequest(), use().plainRequest({ duration: 0 }), use().plainRequest()];
      const { created, refused, results } = await send(link, { jobs: [good, bad, other] });
      assert.deepEqual([created, refused], [2, 1]);
      assert.equal((await use().job(results[2]?.job_id as string)).job_id, results[2]?.job_id);
      assert.deepEqual(results[1]?.errors?.map(({ loc }) => loc.join('.')), ['body.jobs.1.video_request.duration']);
    });

    it('with `all` creates none when one is bad', async (context) => {
      const link = await linkTo('bulk');
      if (!link) return context.skip('not offered');
      const userId = `${use().userId}-all`;
      const jobs = [use().plainRequest({}, userId), use().plainRequest({ title: '' }, userId)];
      assert.deepEqual(locs(await use().call('POST', link, { mode: 'all', jobs })), ['body.jobs.1.video_request.title']);
      const { body } = await use().call('GET', `/api/v1/jobs/?user_id=${encodeURIComponent(userId)}`);
      assert.equal((body as { total: number }).total, 0);
    });

    it('makes one job of a key, by whichever call', async (context) => {
      const link = await linkTo('bulk');
      if (!link) return context.skip('not offered');
      const jobs = ['one', 'two', 'three'].map((key) => ({ ...use().plainRequest(), idempotency_key: `${use().userId}-bulk-${key}` }));
      const first = await send(link, { jobs: jobs.slice(0, 2) });
      const second = await send(link, { jobs: jobs.slice(1) });
      assert.deepEqual(second.results.map(({ status }) => status), ['repeated', 'created']);
      assert.equal(second.results[0]?.job_id, first.results[1]?.job_id);
    });

    it('refuses a call without jobs', async (context) => {
      const link = await linkTo('bulk');
      if (!link) return context.skip('not offered');
      assert.deepEqual(locs(await use().call('POST', link, { jobs: [] })), ['body.jobs']);
    });
  });

  describe('templates', () => {
    it('are kept, listed, renamed and removed, once per name', async (context) => {
      const link = await linkTo('templates');
      if (!link) return context.skip('not offered');
      const user = use().userId;
      const query = `?user_id=${encodeURIComponent(user)}`;
      const content = { video_request: { platform: 'tiktok', duration: 30 }, priority: 3 };
      const list = async () => templateListSchema.parse((await use().call('GET', link + query)).body).templates;
      const made = await use().call('POST', link, { user_id: user, name: 'Shorts', content });
      assert.equal(made.status, 201, made.text);
      const { id } = templateSchema.parse(made.body);
      assert.deepEqual((await list()).map((template) => [template.id, template.name, template.content]), [[id, 'Shorts', content]]);
      assert.equal((await use().call('POST', link, { user_id: user, name: 'shorts', content: { video_request: {} } })).status, 409);
      assert.equal((await use().call('POST', link, { user_id: user, id, name: 'Clips' })).status, 200);
      assert.deepEqual((await list()).map((template) => [template.name, template.content]), [['Clips', content]]);
      assert.equal((await use().call('DELETE', `${link}/${id}?user_id=somebody`)).status, 404);
      assert.equal((await use().call('DELETE', `${link}/${id}${query}`)).status, 204);
      assert.deepEqual(await list(), []);
    });

    it('have the limits of a request', async (context) => {
      const link = await linkTo('templates');
      if (!link) return context.skip('not offered');
      const content = { video_request: { duration: 0 } };
      assert.deepEqual(locs(await use().call('POST', link, { user_id: use().userId, name: 'x', content })), ['body.content.video_request.duration']);
    });
  });

  describe('waiting for a video', () => {
    it('gives the job and its files', { timeout: 120_000 }, async (context) => {
      const link = await linkTo('generate');
      if (!link) return context.skip('not offered');
      const answer = await use().call('POST', link, use().plainRequest().video_request);
      assert.equal(answer.status, 200, answer.text);
      const { job_id, video_url, status } = generateResponseSchema.parse(answer.body);
      assert.equal(status, 'success');
      assert.equal((await use().job(job_id)).status, 'success');
      assert.equal((await use().raw('HEAD', video_url as string)).status, 200);
    });

    it('says why there is none, and what is wrong with a request', { timeout: 120_000 }, async (context) => {
      const link = await linkTo('generate');
      const { makeFailingRequest } = use().backend;
      if (!link || !makeFailingRequest) return context.skip('not offered');
      const failed = await use().call('POST', link, makeFailingRequest(use().plainRequest()).video_request);
      assert.equal(failed.status, 500, failed.text);
      assert.ok((failed.body as { detail: string }).detail);
      assert.deepEqual(locs(await use().call('POST', link, use().plainRequest({ title: '' }).video_request)), ['body.title']);
    });
  });
}
