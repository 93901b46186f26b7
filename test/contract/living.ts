import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cancelJobResponseSchema, errorSchema } from '../../src/api/schema.ts';
import type { JobStatusResponse } from '../../src/api/wire.ts';
import type { Probe } from './backend.ts';
import { isFinal } from './backend.ts';

const NOBODY = '99999999-9999-4999-8999-999999999999';

/** Where a job may go within one attempt, staying aside. A reader may miss what lies between. */
const ONWARD = ['pending', 'started', 'processing', 'final'];
const place = (job: JobStatusResponse) => ONWARD.indexOf(isFinal(job) ? 'final' : job.status);

const instant = (time: string | null | undefined) =>
  time ? Date.parse(/Z$|[+-]\d\d:\d\d$/.test(time) ? time : `${time}Z`) : Number.NaN;

export function living(use: () => Probe): void {
  describe('a job on its way', () => {
    it('goes forward only, to a success with a result', async () => {
      const probe = use();
      const seen = await probe.follow(await probe.create(probe.plainRequest()));
      for (const [index, job] of seen.entries()) {
        const before = seen[index - 1];
        if (!before) continue;
        assert.ok(job.retry_count >= before.retry_count, 'retry_count fell');
        if (job.retry_count > before.retry_count) continue;
        assert.ok(place(job) >= place(before), `${before.status} → ${job.status}`);
        assert.ok(job.progress >= before.progress, `progress fell from ${before.progress} to ${job.progress}`);
      }
      const job = seen.at(-1) as JobStatusResponse;
      assert.equal(job.status, 'success', job.error ?? '');
      assert.equal(job.progress, 1);
      assert.ok(job.result, 'no result');
      assert.ok(job.result.video_path, 'no video_path');
      assert.ok((job.result.duration ?? 0) > 0, 'no duration of the video');
      assert.ok((job.result.file_size ?? 0) > 0, 'no file_size');
      assert.match(job.result.resolution ?? '', /^\d+x\d+$/);
      assert.ok(!job.error, 'a success with an error');
      assert.ok(instant(job.started_at) >= instant(job.created_at), 'started before it was created');
      assert.ok(instant(job.completed_at) >= instant(job.started_at), 'completed before it started');
      assert.ok(Number.isInteger(job.duration), 'no running time');
      assert.deepEqual(await probe.job(job.job_id), job, 'a finished job changed');
      await assertRefusedCancel(probe, job.job_id);
    });

    it('fails with a text that says why', async (context) => {
      const probe = use();
      if (!probe.backend.makeFailingRequest) return context.skip('this backend cannot be made to fail');
      const job = await probe.end(await probe.create(probe.backend.makeFailingRequest(probe.plainRequest())));
      assert.equal(job.status, 'failure');
      assert.ok(job.error, 'no error text');
      assert.ok(Number.isFinite(instant(job.completed_at)), 'no completed_at');
      await assertRefusedCancel(probe, job.job_id);
    });

    it('is not found when there is none', async () => {
      const answer = await use().call('GET', `/api/v1/jobs/${NOBODY}`);
      assert.equal(answer.status, 404);
      errorSchema.parse(answer.body);
    });

    it('is not found, and does no harm, when the id is nonsense', async () => {
      for (const id of ['nonsense', '%00', '..%2F..%2Fetc', "1'%3B--", 'x'.repeat(500)]) {
        const { status, text } = await use().call('GET', `/api/v1/jobs/${id}`);
        assert.ok(status >= 400 && status < 500, `${id}: ${status} ${text}`);
      }
    });
  });

  describe('DELETE /api/v1/jobs/{job_id}', () => {
    it('cancels a job, once', async () => {
      const probe = use();
      const slow = probe.backend.makeSlowRequest ?? ((plain) => plain);
      const id = await probe.create(slow(probe.plainRequest()));
      const answer = await probe.call('DELETE', `/api/v1/jobs/${id}`);
      assert.equal(answer.status, 200, answer.text);
      assert.equal(cancelJobResponseSchema.parse(answer.body).job_id, id);
      const job = await probe.end(id);
      assert.equal(job.status, 'cancelled');
      assert.ok(!job.result?.video_path, 'a cancelled job with a video');
      await assertRefusedCancel(probe, id);
    });

    it('does not find a job that is none', async () => {
      const answer = await use().call('DELETE', `/api/v1/jobs/${NOBODY}`);
      assert.equal(answer.status, 404);
      errorSchema.parse(answer.body);
    });
  });
}

async function assertRefusedCancel(probe: Probe, id: string): Promise<void> {
  const before = await probe.job(id);
  const answer = await probe.call('DELETE', `/api/v1/jobs/${id}`);
  assert.equal(answer.status, 400, answer.text);
  errorSchema.parse(answer.body);
  assert.equal((await probe.job(id)).status, before.status, 'a refused cancel changed the job');
}
