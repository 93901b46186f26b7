import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LIMITS, templateListSchema, templateSchema, validationErrorSchema } from '../../../src/api/schema.ts';
import type { JobTemplate } from '../../../src/api/wire.ts';
import { fakeRender } from '../support/fake-render.ts';
import { openTestService } from '../support/in-process.ts';
import type { Answer, TestService } from '../support/in-process.ts';

const PATH = '/api/v1/templates';
const NOBODY = '99999999-9999-4999-8999-999999999999';
const content = { video_request: { title: 'Water', platform: 'tiktok', duration: 30 }, priority: 3 };

/** Templates of users, over any database. */
export function templatesSuite(name: string, databaseEnv: () => Promise<Record<string, string>>): void {
  describe(`templates on ${name}`, { timeout: 60_000 }, () => {
    let test: TestService;
    let users = 0;
    before(async () => {
      test = await openTestService({ env: await databaseEnv(), render: fakeRender().render });
    });
    after(() => test.stop());

    const post = (body: unknown): Promise<Answer> => test.ask('POST', PATH, body);
    const save = async (user_id: string, name_: string, more: unknown = content): Promise<JobTemplate> => {
      const answer = await post({ user_id, name: name_, content: more });
      assert.equal(answer.status, 201, answer.text);
      return templateSchema.parse(answer.body);
    };
    const list = async (user: string): Promise<JobTemplate[]> =>
      templateListSchema.parse((await test.ask('GET', `${PATH}?user_id=${encodeURIComponent(user)}`)).body).templates;
    const refusal = (answer: Answer) => {
      assert.equal(answer.status, 422, answer.text);
      return validationErrorSchema.parse(answer.body).detail.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`);
    };

    it('keeps what is given, and lists it by name, to its user only', async () => {
      const user = `user & ${++users}`;
      const second = await save(user, ' शॉर्ट्स ');
      const first = await save(user, 'Ads', { video_request: {}, priority: null });
      await save(`user & ${++users}`, 'Ads');
      assert.deepEqual(await list(user), [first, second]);
      assert.equal(second.name, 'शॉर्ट्स');
      assert.deepEqual(second.content, content);
      const answer = await test.ask('GET', `${PATH}?user_id=nobody`);
      assert.deepEqual(answer.body, { templates: [] });
      assert.equal(answer.headers.get('cache-control'), 'no-store');
    });

    it('takes a name once per user, whatever its case, and the same template twice for one', async () => {
      const user = `user-${++users}`;
      const kept = await save(user, 'Shorts');
      const again = await post({ user_id: user, name: 'Shorts', content });
      assert.deepEqual([again.status, again.body], [200, kept]);
      for (const other of ['SHORTS', 'ｓｈｏｒｔｓ', 'Shorts']) {
        const answer = await post({ user_id: user, name: other, content: { video_request: {} } });
        assert.equal(answer.status, 409, other);
        assert.match(answer.body.detail, /has this name/);
      }
      const both = await Promise.all([post({ user_id: user, name: 'New', content }), post({ user_id: user, name: 'new', content })]);
      assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409]);
      assert.equal((await list(user)).length, 2);
    });

    it('renames, changes, and does both', async () => {
      const user = `user-${++users}`;
      const { id } = await save(user, 'Shorts');
      const other = await save(user, 'Ads');
      const renamed = await post({ user_id: user, id, name: 'Clips' });
      assert.deepEqual([renamed.status, renamed.body.name, renamed.body.content], [200, 'Clips', content]);
      assert.equal((await post({ user_id: user, id, name: 'CLIPS' })).body.name, 'CLIPS');
      const changed = await post({ user_id: user, id, content: { video_request: { duration: 5 } } });
      assert.deepEqual([changed.body.name, changed.body.content], ['CLIPS', { video_request: { duration: 5 } }]);
      assert.equal((await post({ user_id: user, id, name: 'ads' })).status, 409);
      assert.deepEqual((await list(user)).map(({ name: one }) => one), [other.name, 'CLIPS']);
    });

    it('lets nobody change or remove what is not theirs', async () => {
      const [owner, other] = [`user-${++users}`, `user-${++users}`];
      const { id } = await save(owner, 'Shorts');
      for (const wrong of [id, NOBODY, 'nonsense']) {
        assert.equal((await post({ user_id: other, id: wrong, name: 'Mine' })).status, 404);
        assert.equal((await test.ask('DELETE', `${PATH}/${wrong}?user_id=${other}`)).status, 404);
      }
      assert.equal((await list(owner))[0]?.name, 'Shorts');
      assert.equal((await test.ask('DELETE', `${PATH}/${id}`)).status, 422);
      assert.equal((await test.ask('DELETE', `${PATH}/${id}?user_id=${owner}`)).status, 204);
      assert.equal((await test.ask('DELETE', `${PATH}/${id}?user_id=${owner}`)).status, 404);
      assert.deepEqual(await list(owner), []);
    });

    it('refuses what no request could have, and says where', async () => {
      const wrong: [unknown, string][] = [
        [{ content }, 'body.user_id: Fill in the user id.'],
        [{ user_id: 'u', content }, 'body.name: Fill in the name.'],
        [{ user_id: 'u', name: 'x' }, 'body.content: Give the content of the template.'],
        [{ user_id: 'u', name: 'x'.repeat(101), content }, 'body.name: Shorten the name to 100 characters at most.'],
        [{ user_id: 'u', name: 'a\0b', content }, 'body.name: Remove the characters from the name that are no text.'],
        [{ user_id: 'u', name: 'x', content: [] }, 'body.content: Give the content of the template as an object.'],
        [{ user_id: 'u', name: 'x', content: {} }, 'body.content.video_request: Give the video request as an object.'],
        [{ user_id: 'u', name: 'x', content: { video_request: { duration: 0 } } }, 'body.content.video_request.duration: Give the duration in seconds as a whole number from 1 to 3600.'],
        [{ user_id: 'u', name: 'x', content: { video_request: {}, priority: 11 } }, 'body.content.priority: Give the priority as a whole number from 1 to 10.'],
      ];
      for (const [body, message] of wrong) assert.deepEqual(refusal(await post(body)), [message]);
      assert.deepEqual(refusal(await test.ask('GET', PATH)), ['query.user_id: Fill in the user id.']);
    });

    it('leaves out what belongs to one request alone', async () => {
      const kept = await save(`user-${++users}`, 'x', { video_request: { script_id: 's', user_id: 'u', title: 'T', colour: 'blue' }, more: 1 });
      assert.deepEqual(kept.content, { video_request: { title: 'T' } });
    });

    it(`keeps ${LIMITS.template.perUser} per user`, async () => {
      const user = `user-${++users}`;
      await test.service.db.query(
        `INSERT INTO job_service.templates (id, user_id, name, name_key, content)
         SELECT gen_random_uuid(), $1, 'n' || n, 'n' || n, '{"video_request": {}}' FROM generate_series(2, ${LIMITS.template.perUser}) AS n`,
        [user],
      );
      const { id } = await save(user, 'The last');
      assert.match(refusal(await post({ user_id: user, name: 'One more', content }))[0] ?? '', /as many as are kept/);
      assert.equal((await post({ user_id: user, id, name: 'Still the last' })).status, 200);
    });
  });
}
