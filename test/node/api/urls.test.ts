import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { mediaUrl } from '../../../src/api/media-url.ts';
import type { MediaUrlMap } from '../../../src/api/urls.ts';
import { apiUrl, linkUrl } from '../../../src/api/urls.ts';
import type { Job } from '../../../src/core/job.ts';
import { readJob } from '../../../src/core/read-job.ts';

const API = 'https://api.example:8443/video';

const done = (wire: object = {}, id = 'job-1'): Job => readJob({ job_id: id, status: 'success', ...wire }) as Job;
const withPath = (path: string) => done({ result: { video_path: path } });
const video = (job: Job, map?: MediaUrlMap) => mediaUrl(job, 'video', { baseUrl: API, map });

describe('apiUrl', () => {
  it('joins an address and a path with one slash', () => {
    for (const base of ['https://h/p', 'https://h/p/', 'https://h/p///', ' https://h/p ', 'https://h/p/?x=1#y']) {
      assert.equal(apiUrl(base, '/api/v1'), 'https://h/p/api/v1');
    }
    assert.equal(apiUrl('', '/api/v1'), '/api/v1');
    assert.equal(apiUrl('/', 'api/v1'), '/api/v1');
  });

  it('writes parameters, leaving out what is not given', () => {
    assert.equal(apiUrl('', '/x', { a: 1, b: 'ü &', c: ['d', 'e'], f: undefined, g: null, h: '' }), '/x?a=1&b=%C3%BC+%26&c=d&c=e');
  });
});

describe('linkUrl', () => {
  it('is relative to the origin, whatever prefix the API has', () => {
    assert.equal(linkUrl('/api/v1/jobs/1', API), 'https://api.example:8443/api/v1/jobs/1');
    assert.equal(linkUrl('api/v1/jobs/1', API), 'https://api.example:8443/api/v1/jobs/1');
    assert.equal(linkUrl('https://api.example:8443/x', API), 'https://api.example:8443/x');
  });

  it('leads nowhere else', () => {
    for (const link of [undefined, '', 'https://evil.example/x', '//evil.example/x', 'javascript:alert(1)', 'http://api.example:8443/x', 'https://[bad']) {
      assert.equal(linkUrl(link, API), null, link);
    }
    assert.equal(linkUrl('/x', 'no address'), null);
    assert.equal(linkUrl('blob:https://api.example:8443/1', API), null);
  });
});

describe('mediaUrl', () => {
  const ORIGIN = 'https://api.example:8443';
  const DOWNLOAD = `${API}/api/v1/videos/job-1/download`;
  const cases: [path: string, url: string | null][] = [
    ['https://cdn.example/v.mp4?sig=1', 'https://cdn.example/v.mp4?sig=1'],
    ['HTTP://cdn.example/v.mp4', 'http://cdn.example/v.mp4'],
    ['blob:https://page.example/1-2', 'blob:https://page.example/1-2'],
    ['//cdn.example/v.mp4', 'https://cdn.example/v.mp4'],
    ['/media/v.mp4', `${ORIGIN}/media/v.mp4`],
    ['/api/v1/videos/job-1/download', `${ORIGIN}/api/v1/videos/job-1/download`],
    ['/temporary/v.mp4', `${ORIGIN}/temporary/v.mp4`],
    ['/tmp/out/v.mp4', DOWNLOAD],
    ['  /tmp/out/v.mp4', DOWNLOAD],
    ['/var/lib/videos/v.mp4', DOWNLOAD],
    ['/app/output/v.mp4', DOWNLOAD],
    ['/Users/me/v.mp4', DOWNLOAD],
    ['file:///srv/v.mp4', DOWNLOAD],
    ['FILE:/srv/v.mp4', DOWNLOAD],
    ['C:\\videos\\v.mp4', DOWNLOAD],
    ['d:/videos/v.mp4', DOWNLOAD],
    ['\\\\server\\share\\v.mp4', DOWNLOAD],
    ['output/v.mp4', DOWNLOAD],
    ['./v.mp4', DOWNLOAD],
    ['~/v.mp4', DOWNLOAD],
    ['javascript:alert(1)', null],
    ['JaVaScRiPt:alert(1)', null],
    [' javascript:alert(1)', null],
    ['data:video/mp4;base64,AA', null],
    ['vbscript:x', null],
    ['s3://bucket/v.mp4', null],
    ['http://[bad', null],
  ];
  for (const [path, url] of cases) {
    it(`makes ${JSON.stringify(path)} ${url}`, () => assert.equal(video(withPath(path)), url));
  }

  it('never lets anything but http, https and blob through', () => {
    const tricky = fc
      .array(fc.constantFrom('java', 'script', ':', '\t', '\n', '\0', ' ', '/', '\\', 'data', 'http', 's', 'alert(1)', '%', '#', '?', '@', '..', 'blob', 'x'), { maxLength: 10 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(tricky, fc.string()), fc.constantFrom('link', 'path', 'map'), (text, from) => {
        const job = done({ result: { video_path: text }, ...(from === 'link' && { links: { video: text } }) });
        const url = video(from === 'path' ? withPath(text) : job, from === 'map' ? () => text : undefined);
        if (url !== null) assert.match(url, /^(https?|blob):/);
      }),
      { numRuns: 3000 },
    );
  });

  it("takes the job's link first", () => {
    const job = done({ links: { video: '/signed/v.mp4' }, result: { video_path: '/tmp/v.mp4' } });
    assert.equal(video(job), `${ORIGIN}/signed/v.mp4`);
    assert.equal(video(done({ links: {}, result: { video_path: '/tmp/v.mp4' } })), DOWNLOAD);
  });

  it('takes each kind from its own path', () => {
    const job = done({ result: { video_path: 'https://c.example/v.mp4', thumbnail_path: 'https://c.example/t.jpg' } });
    assert.equal(mediaUrl(job, 'video', { baseUrl: API }), 'https://c.example/v.mp4');
    assert.equal(mediaUrl(job, 'thumbnail', { baseUrl: API }), 'https://c.example/t.jpg');
  });

  it('has routes for video and thumbnail, not for captions', () => {
    const result = { video_path: '/tmp/v', thumbnail_path: '/tmp/t', captions_path: '/tmp/c' };
    const options = { baseUrl: API };
    assert.equal(mediaUrl(done({ result }), 'thumbnail', options), `${API}/api/v1/videos/job-1/thumbnail`);
    assert.equal(mediaUrl(done({ result }), 'captions', options), null);
    assert.equal(mediaUrl(done({ result: { captions_path: '/media/c.vtt' } }), 'captions', options), `${ORIGIN}/media/c.vtt`);
    assert.equal(mediaUrl(done({ links: { captions: '/c.vtt' } }), 'captions', options), `${ORIGIN}/c.vtt`);
  });

  it('has nothing of a job that made nothing', () => {
    for (const job of [done(), done({ result: {} }), done({ result: { video_path: '' } })]) assert.equal(video(job), null);
  });

  it('encodes the id', () => {
    const job = done({ result: { video_path: '/tmp/v' } }, 'a/b?c');
    assert.equal(video(job), `${API}/api/v1/videos/a%2Fb%3Fc/download`);
  });

  it('is nothing when the address is no address', () => {
    assert.equal(mediaUrl(withPath('/tmp/v'), 'video', { baseUrl: 'nowhere' }), null);
    assert.equal(mediaUrl(withPath('/media/v'), 'video', { baseUrl: 'nowhere' }), null);
  });

  describe("with a page's own map", () => {
    const job = withPath('/tmp/v.mp4');

    it('asks it first, with what the backend sent', () => {
      const seen: unknown[] = [];
      const map: MediaUrlMap = (...args) => {
        seen.push(args);
        return 'https://cdn.example/mine.mp4';
      };
      assert.equal(video(job, map), 'https://cdn.example/mine.mp4');
      assert.equal(mediaUrl(done(), 'thumbnail', { baseUrl: API, map }), 'https://cdn.example/mine.mp4');
      assert.deepEqual(seen, [['/tmp/v.mp4', 'video', job], [null, 'thumbnail', done()]]);
    });

    it('takes null for nothing, and undefined for no opinion', () => {
      assert.equal(video(job, () => null), null);
      assert.equal(video(job, () => undefined), DOWNLOAD);
    });

    it('takes what it writes as relative to the page, where there is one', () => {
      assert.equal(video(job, () => '/mine.mp4'), `${ORIGIN}/mine.mp4`);
      const host = globalThis as { document?: unknown };
      host.document = { baseURI: 'https://page.example/deep/page.html' };
      try {
        assert.equal(video(job, () => 'mine.mp4'), 'https://page.example/deep/mine.mp4');
        assert.equal(video(withPath('/media/v.mp4')), `${ORIGIN}/media/v.mp4`);
        assert.equal(mediaUrl(withPath('/tmp/v.mp4'), 'video', { baseUrl: '/video' }), 'https://page.example/video/api/v1/videos/job-1/download');
        assert.equal(mediaUrl(withPath('/media/v.mp4'), 'video', { baseUrl: '' }), 'https://page.example/media/v.mp4');
      } finally {
        delete host.document;
      }
    });

    it("is found wherever requests find the API, however the page's own origin is written", () => {
      const host = globalThis as { document?: unknown };
      host.document = { baseURI: 'https://page.example/deep/page.html' };
      try {
        const linked = { ...job, links: { video: '/v.mp4', retry: '/api/v1/jobs/job-1/retry' } };
        for (const baseUrl of ['', '/', '//', '///', ' / ', '/video', '/video/?a#b', 'https://page.example']) {
          assert.equal(mediaUrl(linked, 'video', { baseUrl }), 'https://page.example/v.mp4', baseUrl);
          assert.equal(linkUrl(linked.links.retry, baseUrl), 'https://page.example/api/v1/jobs/job-1/retry', baseUrl);
          assert.equal(linkUrl('https://evil.example/retry', baseUrl), null, baseUrl);
        }
        assert.equal(linkUrl('/retry', '//api.example'), 'https://api.example/retry');
      } finally {
        delete host.document;
      }
    });

    it('does without one that throws or talks nonsense', () => {
      assert.equal(video(job, () => assert.fail('no')), DOWNLOAD);
      assert.equal(video(job, () => 'javascript:alert(1)'), null);
    });
  });
});
