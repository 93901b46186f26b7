import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { JobClient } from '../../../src/api/job-client.ts';
import { listTemplates, removeTemplate, renameTemplate, saveTemplate } from '../../../src/api/templates.ts';
import { JobApiError } from '../../../src/core/errors.ts';
import { JobDouble } from '../../double/job-double.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const content = { video_request: { title: 'Water', platform: 'tiktok', duration: 30 }, priority: 3 };

describe('templates', () => {
  let double: JobDouble;
  let client: JobClient;
  beforeEach(() => {
    double = new JobDouble({ clock: new FakeClock(), offers: { templates: true } });
    client = double.client({ random: () => 0 });
  });

  const rejects = (promise: Promise<unknown>, code: JobApiError['code']) =>
    assert.rejects(promise, (error) => error instanceof JobApiError && error.code === code);

  it('are kept per user, and listed by name', async () => {
    const second = await saveTemplate(client, 'ann', { name: 'Shorts', content });
    const first = await saveTemplate(client, 'ann', { name: 'Ads', content: { video_request: {} } });
    await saveTemplate(client, 'bob', { name: 'Shorts', content });
    assert.deepEqual(await listTemplates(client, 'ann'), [first, second]);
    assert.deepEqual(second.content, content);
    assert.ok(second.updatedAt);
  });

  it('can be renamed, changed and removed', async () => {
    const { id } = await saveTemplate(client, 'ann & co', { name: 'Shorts', content });
    assert.deepEqual((await renameTemplate(client, 'ann & co', id, 'Clips')).content, content);
    const changed = await saveTemplate(client, 'ann & co', { id, content: { video_request: { duration: 5 } } });
    assert.deepEqual([changed.name, changed.content.video_request], ['Clips', { duration: 5 }]);
    await removeTemplate(client, 'ann & co', id);
    assert.deepEqual(await listTemplates(client, 'ann & co'), []);
    await removeTemplate(client, 'ann & co', id);
  });

  it('say when a name is taken, when there is no such one, and what is wrong', async () => {
    await saveTemplate(client, 'ann', { name: 'Shorts', content });
    await rejects(saveTemplate(client, 'ann', { name: 'SHORTS', content: { video_request: {} } }), 'conflict');
    await rejects(renameTemplate(client, 'ann', 'nobody', 'Other'), 'not-found');
    const bad = saveTemplate(client, 'ann', { name: 'Bad', content: { video_request: { duration: 0 } } });
    await assert.rejects(bad, (error: JobApiError) => error.fields[0]?.path.join('.') === 'content.video_request.duration');
  });

  it('are saved once, also when the first answer was lost', async () => {
    const clock = new FakeClock();
    double = new JobDouble({ clock, offers: { templates: true } });
    client = double.client({ random: () => 0 });
    double.fault({ status: 502, method: 'POST', path: /templates/ });
    const saving = saveTemplate(client, 'ann', { name: 'Shorts', content });
    await clock.advance(10_000);
    await saving;
    assert.equal((await saveTemplate(client, 'ann', { name: 'Shorts', content })).id, (await saving).id);
    assert.equal((await listTemplates(client, 'ann')).length, 1);
  });

  it('are read liberally: one that is none does not hide the others', async () => {
    const templates = [null, { id: 1, name: 'Numbers', content: { video_request: {} } }, { id: 'x', name: 'Empty' }, 'text'];
    double.fault({ status: 200, method: 'GET', path: /templates/, body: { templates } });
    assert.deepEqual((await listTemplates(client, 'ann')).map(({ id }) => id), ['1']);
    double.fault({ status: 200, method: 'GET', path: /templates/, body: 'text' });
    await rejects(listTemplates(client, 'ann'), 'malformed');
  });

  it('are not asked for where they are not offered', async () => {
    double = new JobDouble({ clock: new FakeClock() });
    await rejects(listTemplates(double.client(), 'ann'), 'not-found');
    assert.equal(double.count('GET', /templates/), 0);
  });
});
