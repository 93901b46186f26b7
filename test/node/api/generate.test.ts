import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { generateVideo } from '../../../src/api/generate.ts';
import type { GenerateOptions } from '../../../src/api/generate.ts';
import type { VideoRequest } from '../../../src/api/wire.ts';
import { JobApiError } from '../../../src/core/errors.ts';
import type { JobDoubleOptions } from '../../double/job-double.ts';
import { JobDouble } from '../../double/job-double.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const video: VideoRequest = {
  script_id: 's1',
  user_id: 'u1',
  title: 'Water',
  script_content: 'Water boils.',
  language: 'en-US',
  platform: 'youtube',
  duration: 10,
  voice_provider: 'google',
};
const ROUTE = /videos\/generate/;
const ID = '00000000-0000-4000-8000-000000000001';

describe('generateVideo', () => {
  let clock: FakeClock;
  let double: JobDouble;
  const use = (options: JobDoubleOptions = {}) => (double = new JobDouble({ clock, ...options }));
  const generate = (options: GenerateOptions = {}) => generateVideo(double.client(), video, options);
  /** What is made of this answer. */
  const given = (body: unknown, status = 200) => {
    double.fault({ status, path: ROUTE, body });
    return generate();
  };
  const rejects = (promise: Promise<unknown>, expected: Partial<JobApiError>) =>
    assert.rejects(promise, (error) => {
      assert.ok(error instanceof JobApiError);
      for (const [key, value] of Object.entries(expected)) assert.deepEqual(error[key as keyof JobApiError], value, key);
      return true;
    });

  beforeEach(() => {
    clock = new FakeClock();
    use({ offers: { generate: true }, autorun: { every: 10_000 } });
  });

  it('answers when the video is there, with its job', async () => {
    const running = generate();
    await clock.advance(120_000);
    const { jobId, job, ended, videoUrl, thumbnailUrl } = await running;
    assert.deepEqual([jobId, job?.status, ended], [ID, 'success', true]);
    assert.equal(videoUrl, `http://localhost:8012/api/v1/videos/${ID}/download`);
    assert.equal(thumbnailUrl, `http://localhost:8012/api/v1/videos/${ID}/thumbnail`);
    assert.deepEqual(JSON.parse(double.requests.at(-1)?.body ?? ''), video);
  });

  it('rejects with what the backend said when the video failed, and with the fields that it refused', async () => {
    use({ offers: { generate: true }, autorun: { every: 10, ends: () => 'failure' } });
    const running = generate();
    const failed = rejects(running, { code: 'server', detail: 'The video could not be rendered.' });
    await clock.advance(1000);
    await failed;
    await assert.rejects(generateVideo(double.client(), { ...video, title: '' }), (error: JobApiError) => error.fields[0]?.path.join() === 'title');
  });

  it('is not repeated, and gives up in its time', async () => {
    double.fault({ status: 502, path: ROUTE });
    await rejects(generate(), { code: 'server' });
    double.fault({ kind: 'hang', path: ROUTE });
    const late = rejects(generate({ timeout: 60_000 }), { code: 'timeout' });
    await clock.advance(61_000);
    await late;
    assert.equal(double.count('POST', ROUTE), 2);
  });

  it('can be stopped', async () => {
    const controller = new AbortController();
    const stopped = rejects(generate({ signal: controller.signal }), { code: 'aborted' });
    await clock.advance(5000);
    controller.abort();
    await stopped;
  });

  it('sends a key only where keys are known', async () => {
    void generate({ idempotencyKey: 'k1' });
    await clock.flush();
    use({ extensions: false });
    const other = double;
    other.fault({ status: 200, path: ROUTE, body: { video_path: '/media/a.mp4' } });
    await generate({ idempotencyKey: 'k1' });
    assert.ok(!other.requests.at(-1)?.headers['idempotency-key']);
  });

  describe('on a backend that answers in its own way', () => {
    beforeEach(() => use({ extensions: false }));

    it('takes the documented route, also when its health answer fails', async () => {
      double.fault({ status: 500, path: /health/ });
      const { videoUrl } = await given({ status: 'success', job_id: 'j1', result: { video_path: '/tmp/videos/j1/video.mp4' } });
      assert.equal(videoUrl, 'http://localhost:8012/api/v1/videos/j1/download');
    });

    it('reads the result alone, in an envelope, or with other words', async () => {
      const url = 'https://cdn.example.com/a.mp4';
      for (const body of [
        { video_url: url },
        { status: 'completed', video_path: url },
        { success: true, data: { video_path: url } },
        { status: 'ok', message: 'Done', result: { video_url: url, thumbnail_url: '/t.jpg' } },
      ]) {
        const found = await given(body);
        assert.deepEqual([found.jobId, found.job, found.ended, found.videoUrl], [null, null, true, url], JSON.stringify(body));
      }
    });

    it('follows what still goes on by its job', async () => {
      const { jobId, ended, videoUrl, job } = await given({ job_id: 'j2', status: 'processing', progress: 0.4, message: 'Still at it' }, 202);
      assert.deepEqual([jobId, ended, videoUrl, job?.progress], ['j2', false, null, 0.4]);
    });

    it('makes no URL of a path on its disk without a job, nor of a script', async () => {
      for (const path of ['/tmp/a.mp4', 'javascript:alert(1)']) assert.equal((await given({ video_path: path })).videoUrl, null);
    });

    it('says when there is neither video nor job', async () => {
      await rejects(given({ success: false, error: 'No voice' }), { code: 'server', detail: 'No voice' });
      for (const body of [{}, [], 'text', null]) await rejects(given(body), { code: 'malformed' });
    });
  });
});
