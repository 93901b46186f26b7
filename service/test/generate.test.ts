import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, afterEach, before, describe, it } from 'node:test';
import { generateResponseSchema, validationErrorSchema } from '../../src/api/schema.ts';
import { listen } from '../src/server.ts';
import type { Listener } from '../src/server.ts';
import { fakeRender } from './support/fake-render.ts';
import { openTestService, videoRequest } from './support/in-process.ts';
import type { TestService } from './support/in-process.ts';
import { ManualClock } from './support/manual-clock.ts';
import { until } from './support/until.ts';

const PATH = '/api/v1/videos/generate';

describe('creating a video and waiting for it', { timeout: 60_000 }, () => {
  const clock = new ManualClock();
  const fake = fakeRender();
  let test: TestService;
  let listener: Listener;
  before(async () => {
    test = await openTestService({ render: fake.render, clock, env: { PORT: '0', JOB_SERVICE_PUSH_LIMIT: '2', JOB_SERVICE_RETRIES: '0' } });
    listener = await listen(test.service.app, { host: '127.0.0.1', port: 0 } as Parameters<typeof listen>[1]);
  });
  afterEach(async () => {
    for (const rendering of fake.unasked.splice(0)) await rendering.finish();
    await until(() => test.service.followers === 0, { what: 'nobody waiting any more' });
  });
  after(async () => {
    await test.stop();
    await listener.close();
  });

  const generate = (body: unknown = videoRequest, headers: Record<string, string> = {}) => test.ask('POST', PATH, body, headers);
  /** Lets time pass until something is answered: changes are read once a tick. */
  const answered = async <T>(answer: Promise<T>): Promise<T> => {
    let over = false;
    void answer.finally(() => (over = true));
    await until(async () => {
      await clock.advance(50);
      return over;
    });
    return answer;
  };

  it('answers with the video once it is there', async () => {
    const answer = generate();
    const rendering = await fake.next();
    await rendering.finish();
    const { status, body, headers } = await answered(answer);
    assert.equal(status, 200);
    const video = generateResponseSchema.parse(body);
    assert.equal(video.status, 'success');
    assert.equal(video.job_id, rendering.jobId);
    assert.equal(headers.get('location'), `/api/v1/jobs/${rendering.jobId}`);
    assert.equal(video.video_url, `/api/v1/videos/${rendering.jobId}/download`);
    assert.equal((await test.ask('GET', video.video_url as string)).status, 200);
    assert.equal((await test.ask('GET', video.thumbnail_url as string)).status, 200);
    const { status: _, message, video_url, thumbnail_url, captions_url, ...job } = video;
    const { status: __, ...plain } = await test.job(rendering.jobId);
    assert.deepEqual(job, plain, 'it is the job as ever');
  });

  it('says why there is none, and which job it was', async () => {
    const failing = generate();
    const rendering = await fake.next();
    rendering.fail('The script has no words to show.', { permanent: true });
    const failed = await answered(failing);
    assert.deepEqual([failed.status, failed.body], [500, { detail: 'The script has no words to show.', job_id: rendering.jobId, status: 'failure' }]);

    const cancelling = generate();
    const other = await fake.next();
    await test.ask('DELETE', `/api/v1/jobs/${other.jobId}`);
    const cancelled = await answered(cancelling);
    assert.deepEqual([cancelled.status, cancelled.body.job_id], [409, other.jobId]);
  });

  it('refuses what creating a job refuses, with the place in its own body', async () => {
    const { status, body } = await generate({ ...videoRequest, title: '', duration: 0 });
    assert.equal(status, 422);
    assert.deepEqual(validationErrorSchema.parse(body).detail.map(({ loc }) => loc.join('.')), ['body.title', 'body.duration']);
  });

  it('makes one job of the same key, and answers all who ask for it', async () => {
    const [first, second] = [generate(videoRequest, { 'idempotency-key': 'g' }), generate(videoRequest, { 'idempotency-key': 'g' })];
    await (await fake.next()).finish();
    const answers = await answered(Promise.all([first, second]));
    assert.equal(answers[0].body.job_id, answers[1].body.job_id);
    assert.deepEqual((await answered(generate(videoRequest, { 'idempotency-key': 'g' }))).body, answers[0].body);
    assert.equal((await generate({ ...videoRequest, title: 'Other' }, { 'idempotency-key': 'g' })).status, 422);
  });

  it('answers 202 with the job as it is when the time is over, and the job goes on', async () => {
    const answer = generate();
    const rendering = await fake.next();
    rendering.progress(0.3);
    for (let minute = 0; minute < 4; minute += 1) await clock.advance(60_000);
    const { status, body } = await answer;
    assert.equal(status, 202);
    const video = generateResponseSchema.parse(body);
    assert.deepEqual([video.job_id, video.video_url], [rendering.jobId, null]);
    await rendering.finish();
    assert.equal((await test.jobIn(rendering.jobId, 'success')).progress, 1);
  });

  it('lets the job go on when the caller leaves, and keeps no place for that one', async () => {
    const call = request(`${listener.url}${PATH}`, { method: 'POST', headers: { 'content-type': 'application/json' } });
    call.on('error', () => undefined);
    call.end(JSON.stringify(videoRequest));
    const rendering = await fake.next();
    assert.equal(test.service.followers, 1);
    call.destroy();
    await until(() => test.service.followers === 0, { what: 'the place being free' });
    assert.ok(!rendering.signal.aborted);
    await rendering.finish();
    await test.jobIn(rendering.jobId, 'success');
  });

  it('takes no more than it can wait for, before a job is made', async () => {
    const waiting = [generate(), generate()];
    const renderings = [await fake.next(), await fake.next()];
    const before = (await test.ask('GET', '/api/v1/jobs/stats/counts')).body.statistics.total;
    const refused = await generate();
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '30']);
    assert.equal((await test.ask('GET', '/api/v1/jobs/stats/counts')).body.statistics.total, before);
    for (const rendering of renderings) await rendering.finish();
    await answered(Promise.all(waiting));
  });
});
