import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { linkedStatisticsSchema, statisticsHistorySchema } from '../../src/api/extended-schema.ts';
import { createJobResponseSchema, errorSchema, jobSchema } from '../../src/api/schema.ts';
import type { JobStatusResponse } from '../../src/api/wire.ts';
import type { Probe } from './backend.ts';
import { toAnswer } from './backend.ts';
import { together } from './together.ts';

/** One finished job serves all tests about what it made. */
function finishedJob(use: () => Probe): () => Promise<JobStatusResponse> {
  let job: Promise<JobStatusResponse> | undefined;
  return () => (job ??= use().create(use().plainRequest()).then((id) => use().end(id)));
}

export function extending(use: () => Probe): void {
  const finished = finishedJob(use);
  media(use, finished);
  links(use, finished);
  retry(use, finished);
  tags(use, finished);
  together(use, finished);
  idempotency(use);
  history(use);
}

/** Not announced by the job, since there is none yet: a client that sends a key may send a lost request again. */
function idempotency(use: () => Probe): void {
  describe('Idempotency-Key', () => {
    it('makes one job of a request that is sent twice, and two of two keys', async () => {
      const probe = use();
      const body = JSON.stringify(probe.plainRequest());
      const send = async (key: string) => {
        const headers = { 'content-type': 'application/json', 'idempotency-key': `${probe.userId}-${key}` };
        const answer = await toAnswer(await probe.raw('POST', '/api/v1/jobs/', { body, headers }));
        assert.equal(answer.status, 202, answer.text);
        const { job_id } = createJobResponseSchema.parse(answer.body);
        probe.created.push(job_id);
        return job_id;
      };
      const [first, again, other] = [await send('one'), await send('one'), await send('two')];
      assert.equal(again, first);
      assert.notEqual(other, first);
      await probe.cancelAll();
    });
  });
}

/** Where the statistics announce it. */
function history(use: () => Probe): void {
  describe('statistics over time', () => {
    it('come in buckets without holes, those without a count marked', async (context) => {
      const probe = use();
      const counts = linkedStatisticsSchema.safeParse((await probe.call('GET', '/api/v1/jobs/stats/counts')).body);
      if (!counts.success) return context.skip('no link');
      const { history: link } = counts.data.links;
      const answer = await probe.call('GET', `${link}?from=2001-01-31T10:00:00Z&to=2001-01-31T10:07:00Z&step=300`);
      assert.equal(answer.status, 200, answer.text);
      const { buckets, ...rest } = statisticsHistorySchema.parse(answer.body);
      assert.deepEqual(rest, { from: '2001-01-31T10:00:00.000Z', to: '2001-01-31T10:10:00.000Z', step: 300 });
      assert.deepEqual(buckets.map(({ start, samples, counts: known }) => [start, samples, known]), [['2001-01-31T10:00:00.000Z', 0, null], ['2001-01-31T10:05:00.000Z', 0, null]]);
      assert.ok(statisticsHistorySchema.parse((await probe.call('GET', link)).body).buckets.length > 0);
      assert.equal((await probe.call('GET', `${link}?step=61`)).status, 422);
    });
  });
}

function tags(use: () => Probe, finished: () => Promise<JobStatusResponse>): void {
  describe('ETag', () => {
    it('answers 304 while a job is as it was', async (context) => {
      const path = `/api/v1/jobs/${(await finished()).job_id}`;
      const tag = (await use().call('GET', path)).headers.get('etag');
      if (!tag) return context.skip('no tags');
      const again = await use().raw('GET', path, { headers: { 'if-none-match': tag } });
      assert.equal(again.status, 304);
      assert.equal(await again.text(), '');
      assert.equal((await use().raw('GET', path, { headers: { 'if-none-match': '"other"' } })).status, 200);
    });
  });
}

function media(use: () => Probe, finished: () => Promise<JobStatusResponse>): void {
  describe('media', () => {
    const video = async (headers: Record<string, string> = {}) =>
      use().raw('GET', `/api/v1/videos/${(await finished()).job_id}/download`, { headers });

    it('sends the whole video, and says that parts can be had', async () => {
      const response = await video();
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type') ?? '', /^video\//);
      assert.equal(response.headers.get('accept-ranges'), 'bytes');
      const size = (await response.arrayBuffer()).byteLength;
      assert.equal(Number(response.headers.get('content-length')), size);
    });

    it('sends parts: from the start, from the middle, to the end, from the end', async () => {
      const whole = new Uint8Array(await (await video()).arrayBuffer());
      const size = whole.length;
      const cases: [range: string, from: number, to: number][] = [
        ['bytes=0-99', 0, 99],
        ['bytes=100-149', 100, 149],
        [`bytes=${size - 10}-`, size - 10, size - 1],
        ['bytes=-10', size - 10, size - 1],
        [`bytes=0-${size + 1000}`, 0, size - 1],
      ];
      for (const [range, from, to] of cases) {
        const response = await video({ range });
        assert.equal(response.status, 206, range);
        assert.equal(response.headers.get('content-range'), `bytes ${from}-${to}/${size}`);
        assert.deepEqual(new Uint8Array(await response.arrayBuffer()), whole.slice(from, to + 1), range);
      }
    });

    it('refuses a part beyond the end', async () => {
      const response = await video({ range: 'bytes=999999999999-' });
      await response.arrayBuffer();
      assert.equal(response.status, 416);
      assert.match(response.headers.get('content-range') ?? '', /^bytes \*\/\d+$/);
    });

    it('sends the thumbnail', async () => {
      const response = await use().raw('GET', `/api/v1/videos/${(await finished()).job_id}/thumbnail`);
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type') ?? '', /^image\//);
      assert.ok((await response.arrayBuffer()).byteLength > 0);
    });

    it('has nothing of a job that is none', async () => {
      for (const kind of ['download', 'thumbnail']) {
        const answer = await use().call('GET', `/api/v1/videos/99999999-9999-4999-8999-999999999999/${kind}`);
        assert.equal(answer.status, 404);
        errorSchema.parse(answer.body);
      }
    });
  });
}

function links(use: () => Probe, finished: () => Promise<JobStatusResponse>): void {
  describe('links', () => {
    it('let a job that is on its way be cancelled, by its link, and not be retried', async () => {
      const probe = use();
      const slow = probe.backend.makeSlowRequest ?? ((plain) => plain);
      const id = await probe.create(slow(probe.plainRequest()));
      const { links } = await probe.job(id);
      assert.ok(links?.cancel, 'no link to cancel');
      assert.equal(links.retry, undefined);
      const answer = await probe.call('DELETE', links.cancel);
      assert.equal(answer.status, 200, answer.text);
      assert.equal((await probe.end(id)).status, 'cancelled');
    });

    it('lead to the media of a finished job, which cannot be cancelled', async () => {
      const { links } = await finished();
      assert.ok(links, 'no links');
      assert.equal(links.cancel, undefined);
      for (const [kind, type] of [['video', /^video\//], ['thumbnail', /^image\//], ['captions', /^text\/vtt/]] as const) {
        const link: string | undefined = links[kind];
        if (kind === 'captions' && !link) continue;
        assert.ok(link, `no link to ${kind}`);
        const response = await use().raw('GET', link);
        assert.equal(response.status, 200, link);
        assert.match(response.headers.get('content-type') ?? '', type);
        assert.ok((await response.arrayBuffer()).byteLength > 0);
      }
    });
  });
}

function retry(use: () => Probe, finished: () => Promise<JobStatusResponse>): void {
  describe('retry', () => {
    it('sends a failed job round again, as the same job', async (context) => {
      const probe = use();
      if (!probe.backend.makeFailingRequest) return context.skip('this backend cannot be made to fail');
      const failed = await probe.end(await probe.create(probe.backend.makeFailingRequest(probe.plainRequest())));
      assert.ok(failed.links?.retry, 'no link to retry');
      assert.equal(failed.links.cancel, undefined);
      const answer = await probe.call('POST', failed.links.retry);
      assert.ok([200, 202].includes(answer.status), answer.text);
      const again = jobSchema.parse(answer.body);
      assert.equal(again.job_id, failed.job_id);
      assert.equal(again.retry_count, failed.retry_count + 1);
      assert.ok(!again.error, 'the old error is still there');
      const [first] = await probe.follow(failed.job_id, () => true);
      assert.equal(first?.retry_count, failed.retry_count + 1);
      const end = await probe.end(failed.job_id);
      assert.equal(end.status, 'failure');
      assert.ok(end.retry_count >= failed.retry_count + 1);
    });

    it('sends a cancelled job round again', async () => {
      const probe = use();
      const slow = probe.backend.makeSlowRequest ?? ((plain) => plain);
      const id = await probe.create(slow(probe.plainRequest()));
      await probe.call('DELETE', `/api/v1/jobs/${id}`);
      const cancelled = await probe.end(id);
      assert.ok(cancelled.links?.retry, 'no link to retry');
      const answer = await probe.call('POST', cancelled.links.retry);
      assert.ok([200, 202].includes(answer.status), answer.text);
      assert.equal((await probe.job(id)).retry_count, cancelled.retry_count + 1);
      await probe.call('DELETE', `/api/v1/jobs/${id}`);
    });

    it('refuses a job that is on its way or has succeeded, and knows no others', async () => {
      const probe = use();
      const slow = probe.backend.makeSlowRequest ?? ((plain) => plain);
      const running = await probe.create(slow(probe.plainRequest()));
      const done = await finished();
      assert.equal(done.links?.retry, undefined);
      for (const id of [running, done.job_id]) {
        const answer = await probe.call('POST', `/api/v1/jobs/${id}/retry`);
        assert.ok([400, 409].includes(answer.status), answer.text);
        errorSchema.parse(answer.body);
      }
      await probe.call('DELETE', `/api/v1/jobs/${running}`);
      const nobody = await probe.call('POST', '/api/v1/jobs/99999999-9999-4999-8999-999999999999/retry');
      assert.equal(nobody.status, 404);
      errorSchema.parse(nobody.body);
    });
  });
}
