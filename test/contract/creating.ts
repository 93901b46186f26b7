import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createJobResponseSchema, errorSchema, validationErrorSchema } from '../../src/api/schema.ts';
import type { Answer, Probe } from './backend.ts';
import { toAnswer } from './backend.ts';

const REQUIRED = ['script_id', 'user_id', 'title', 'script_content', 'language', 'platform', 'duration', 'voice_provider'];

/** Values that a field must not have. */
const BAD_VALUES: [field: string, value: unknown][] = [
  ['script_content', ''],
  ['title', 7],
  ['user_id', null],
  ['duration', 0],
  ['duration', -5],
  ['duration', 1.5],
  ['duration', 'long'],
  ['voice_provider', 'parrot'],
  ['aspect_ratio', '3:1'],
  ['resolution', '8p'],
  ['enable_subtitles', 'perhaps'],
];

function assertRefused(answer: Answer, ...loc: string[]): void {
  assert.equal(answer.status, 422, answer.text);
  const { detail } = validationErrorSchema.parse(answer.body);
  assert.ok(
    detail.some((entry) => loc.every((key, index) => entry.loc[index] === key)),
    `no entry at ${loc.join('.')} in ${answer.text}`,
  );
  for (const { msg } of detail) assert.ok(msg.length > 0, 'a refusal without words');
}

export function creating(use: () => Probe): void {
  describe('POST /api/v1/jobs/', () => {
    // Nobody waits for these; the jobs of the tests that follow should not have to either.
    after(() => use().cancelAll());

    it('accepts a request with 202 and a job that can be read at once', async () => {
      const probe = use();
      const answer = await probe.call('POST', '/api/v1/jobs/', probe.plainRequest());
      assert.equal(answer.status, 202, answer.text);
      assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
      const created = createJobResponseSchema.parse(answer.body);
      probe.created.push(created.job_id);
      assert.equal(created.status, 'pending');
      const job = await probe.job(created.job_id);
      assert.equal(job.job_id, created.job_id);
      assert.equal(job.retry_count, 0);
      const age = Date.now() - Date.parse(/Z$|[+-]\d\d:\d\d$/.test(job.created_at) ? job.created_at : `${job.created_at}Z`);
      assert.ok(Math.abs(age) < 60_000, `created_at is ${age} ms away from now`);
    });

    it('gives every job its own id', async () => {
      const probe = use();
      const ids = await Promise.all([1, 2, 3].map(() => probe.create(probe.plainRequest())));
      assert.equal(new Set(ids).size, 3);
    });

    it('accepts all optional fields, `null` for them, and every priority', async () => {
      const probe = use();
      const full = probe.plainRequest({
        voice_name: 'default',
        background_music: 'calm',
        template_id: 'plain',
        aspect_ratio: '9:16',
        resolution: '720p',
        enable_subtitles: true,
        subtitle_style: 'large',
      });
      await probe.create({ ...full, priority: 1 });
      await probe.create({ ...probe.plainRequest({ voice_name: null, resolution: null }), priority: 10 });
    });

    it('ignores fields that it does not know', async () => {
      const probe = use();
      const request = probe.plainRequest();
      await probe.create({ ...request, video_request: { ...request.video_request, ...{ colour: 'blue' } } });
    });

    for (const field of REQUIRED) {
      it(`refuses a request without ${field}, and says where`, async () => {
        const probe = use();
        const { [field]: _, ...rest } = probe.plainRequest().video_request as unknown as Record<string, unknown>;
        assertRefused(await probe.call('POST', '/api/v1/jobs/', { video_request: rest }), 'body', 'video_request', field);
      });
    }

    for (const [field, value] of BAD_VALUES) {
      it(`refuses ${JSON.stringify(value)} for ${field}`, async () => {
        const probe = use();
        const { video_request } = probe.plainRequest();
        const body = { video_request: { ...video_request, [field]: value } };
        assertRefused(await probe.call('POST', '/api/v1/jobs/', body), 'body', 'video_request', field);
      });
    }

    it('names all bad fields at once', async () => {
      const probe = use();
      const { video_request } = probe.plainRequest();
      const answer = await probe.call('POST', '/api/v1/jobs/', { video_request: { ...video_request, duration: 0, script_content: '' } });
      assertRefused(answer, 'body', 'video_request', 'duration');
      assertRefused(answer, 'body', 'video_request', 'script_content');
    });

    it('refuses a priority outside 1 to 10', async () => {
      const probe = use();
      for (const priority of [0, 11, 2.5]) {
        assertRefused(await probe.call('POST', '/api/v1/jobs/', { ...probe.plainRequest(), priority }), 'body', 'priority');
      }
    });

    it('refuses a body without video_request', async () => {
      assertRefused(await use().call('POST', '/api/v1/jobs/', {}), 'body', 'video_request');
    });

    it('answers a body that is no JSON with an error in the usual form', async () => {
      const init = { body: '{"video_request": ', headers: { 'content-type': 'application/json' } };
      const answer = await toAnswer(await use().raw('POST', '/api/v1/jobs/', init));
      assert.ok([400, 422].includes(answer.status), answer.text);
      assert.ok(errorSchema.or(validationErrorSchema).safeParse(answer.body).success, answer.text);
    });
  });
}
