import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { listen } from '../src/server.ts';
import type { Listener } from '../src/server.ts';
import { fakeRender } from './support/fake-render.ts';
import { openTestService } from './support/in-process.ts';
import type { TestService } from './support/in-process.ts';

describe('media', { timeout: 60_000 }, () => {
  const bytes = new Uint8Array(100_000).map((_, index) => index % 251);
  const fake = fakeRender();
  let test: TestService;
  let listener: Listener;
  let id: string;
  let etag: string;

  before(async () => {
    test = await openTestService({ render: fake.render });
    listener = await listen(test.service.app, { host: '127.0.0.1', port: 0 });
    id = await test.create({ title: 'Ünder/the\n"sea"' });
    await (await fake.next()).finish(bytes);
    await test.jobIn(id, 'success');
    etag = (await get('download')).headers.get('etag')!;
  });
  after(async () => {
    await listener.close();
    await test.stop();
  });

  async function get(kind: string, headers: Record<string, string> = {}, method = 'GET') {
    const response = await fetch(`${listener.url}/api/v1/videos/${id}/${kind}`, { method, headers });
    return { status: response.status, headers: response.headers, body: new Uint8Array(await response.arrayBuffer()) };
  }

  it('sends the whole file, named after the title, that a browser saves', async () => {
    const answer = await get('download');
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, bytes);
    assert.equal(answer.headers.get('content-type'), 'video/mp4');
    assert.equal(answer.headers.get('content-length'), '100000');
    assert.equal(answer.headers.get('accept-ranges'), 'bytes');
    assert.equal(answer.headers.get('content-disposition'), `attachment; filename="?nder the sea.mp4"; filename*=UTF-8''%C3%9Cnder%20the%20sea.mp4`);
    assert.match(answer.headers.get('etag') ?? '', /^"[\w-]+-video"$/);
    assert.equal(answer.headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
  });

  it('sends thumbnail and captions to be shown', async () => {
    const thumbnail = await get('thumbnail');
    assert.equal(thumbnail.headers.get('content-type'), 'image/jpeg');
    assert.match(thumbnail.headers.get('content-disposition') ?? '', /^inline/);
    const captions = await get('captions');
    assert.equal(captions.headers.get('content-type'), 'text/vtt; charset=utf-8');
    assert.equal(new TextDecoder().decode(captions.body), 'WEBVTT\n');
  });

  it('sends the part that is asked for', async () => {
    const cases: [string, number, number][] = [
      ['bytes=0-0', 0, 0],
      ['bytes=100-199', 100, 199],
      ['bytes=99990-', 99_990, 99_999],
      ['bytes=-5', 99_995, 99_999],
      ['bytes=-500000', 0, 99_999],
      ['bytes=99000-200000', 99_000, 99_999],
    ];
    for (const [range, start, end] of cases) {
      const answer = await get('download', { range });
      assert.equal(answer.status, 206, range);
      assert.equal(answer.headers.get('content-range'), `bytes ${start}-${end}/100000`);
      assert.equal(answer.headers.get('content-length'), String(end - start + 1));
      assert.deepEqual(answer.body, bytes.slice(start, end + 1), range);
    }
  });

  it('refuses a part that lies outside, and says how long the file is', async () => {
    for (const range of ['bytes=100000-', 'bytes=999999999999999999999-', 'bytes=-0']) {
      const answer = await get('download', { range });
      assert.equal(answer.status, 416, range);
      assert.equal(answer.headers.get('content-range'), 'bytes */100000');
      assert.match(new TextDecoder().decode(answer.body), /"detail"/);
    }
  });

  it('sends everything when the range is no range, or several', async () => {
    for (const range of ['bytes=abc', 'lines=1-2', 'bytes=5-2', 'bytes=0-1,500-600', 'bytes=-', 'bytes=']) {
      const answer = await get('download', { range });
      assert.equal(answer.status, 200, range);
      assert.equal(answer.body.length, 100_000);
    }
  });

  it('sends a part only of the file that the caller knows', async () => {
    const range = 'bytes=10-19';
    const modified = (await get('download')).headers.get('last-modified')!;
    assert.equal((await get('download', { range, 'if-range': etag })).status, 206);
    assert.equal((await get('download', { range, 'if-range': modified })).status, 206);
    for (const condition of ['"another"', `W/${etag}`, new Date(0).toUTCString(), 'nonsense']) {
      const answer = await get('download', { range, 'if-range': condition });
      assert.equal(answer.status, 200, condition);
      assert.equal(answer.body.length, 100_000);
    }
  });

  it('does not send again what has not changed', async () => {
    for (const condition of [etag, `"x", ${etag}`, `W/${etag}`, '*']) {
      const answer = await get('download', { 'if-none-match': condition });
      assert.equal(answer.status, 304, condition);
      assert.equal(answer.body.length, 0);
      assert.equal(answer.headers.get('etag'), etag);
    }
    assert.equal((await get('download', { 'if-none-match': '"x"' })).status, 200);
  });

  it('answers HEAD with the same headers and no body', async () => {
    const whole = await get('download', {}, 'HEAD');
    assert.equal(whole.status, 200);
    assert.equal(whole.headers.get('content-length'), '100000');
    assert.equal(whole.body.length, 0);
    const part = await get('download', { range: 'bytes=0-9' }, 'HEAD');
    assert.equal(part.status, 206);
    assert.equal(part.headers.get('content-length'), '10');
  });

  it('survives readers that hang up', async () => {
    for (let count = 0; count < 20; count += 1) {
      const controller = new AbortController();
      const response = await fetch(`${listener.url}/api/v1/videos/${id}/download`, { signal: controller.signal });
      await response.body?.getReader().read();
      controller.abort();
    }
    assert.equal((await get('download')).body.length, 100_000);
  });

  it('has nothing of jobs that made nothing, and of files that are gone', async () => {
    const failing = await test.create();
    (await fake.next()).fail('No.', { permanent: true });
    await test.jobIn(failing, 'failure');
    assert.equal((await test.ask('GET', `/api/v1/videos/${failing}/download`)).status, 404);
    const gone = await test.create();
    await (await fake.next()).finish();
    await test.jobIn(gone, 'success');
    await rm(join(test.dataDirectory, 'media', gone), { recursive: true });
    assert.equal((await test.ask('GET', `/api/v1/videos/${gone}/download`)).status, 404);
  });
});
