import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EventParser } from '../../src/channels/event-parser.ts';
import { jobListSchema, jobSchema, validationErrorSchema } from '../../src/api/schema.ts';
import type { JobStatusResponse } from '../../src/api/wire.ts';
import type { Probe } from './backend.ts';
import { isFinal } from './backend.ts';

const NOBODY = '99999999-9999-4999-8999-999999999999';

/** Many jobs with one request or one connection, each where the job's links offer it. */
export function together(use: () => Probe, finished: () => Promise<JobStatusResponse>): void {
  const linkOf = async (kind: 'batch' | 'events' | 'socket') => (await finished()).links?.[kind];
  const withIds = (link: string, ids: readonly string[]) => `${link}${link.includes('?') ? '&' : '?'}ids=${ids.join()}`;
  const tooMany = Array.from({ length: 101 }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);

  describe('batch', () => {
    it('answers like the list, and leaves out what is no job', async (context) => {
      const link = await linkOf('batch');
      if (!link) return context.skip('no link');
      const { job_id } = await finished();
      const answer = await use().call('GET', withIds(link, [job_id, NOBODY]));
      assert.equal(answer.status, 200, answer.text);
      assert.deepEqual(jobListSchema.parse(answer.body).jobs, [await use().job(job_id)]);
      const none = await use().call('GET', withIds(link, [NOBODY]));
      assert.deepEqual(jobListSchema.parse(none.body).jobs, []);
    });

    it('takes 100 ids, no more, and not none', async (context) => {
      const link = await linkOf('batch');
      if (!link) return context.skip('no link');
      assert.equal((await use().call('GET', withIds(link, tooMany.slice(1)))).status, 200);
      for (const ids of [tooMany, []]) {
        const answer = await use().call('GET', withIds(link, ids));
        assert.equal(answer.status, 422, answer.text);
        validationErrorSchema.parse(answer.body);
      }
    });
  });

  describe('events', () => {
    it('send jobs as they are and as they change, and end when all have ended', { timeout: 120_000 }, async (context) => {
      const link = await linkOf('events');
      if (!link) return context.skip('no link');
      const probe = use();
      const done = await finished();
      const id = await probe.create(probe.plainRequest());
      const response = await probe.raw('GET', withIds(link, [id, done.job_id, NOBODY]), { headers: { accept: 'text/event-stream' } });
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
      const seen: JobStatusResponse[] = [];
      const parser = new EventParser(({ type, data, id: cursor }) => {
        assert.equal(type, 'job');
        assert.ok(cursor, 'no id');
        seen.push(jobSchema.parse(JSON.parse(data)));
      });
      const decoder = new TextDecoder();
      for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) parser.feed(decoder.decode(piece, { stream: true }));
      const own = seen.filter((job) => job.job_id === id);
      assert.deepEqual(seen.filter((job) => job.job_id === done.job_id), [done]);
      assert.equal(own.length + 1, seen.length);
      assert.ok(own.length > 2, `only ${own.length} events`);
      assert.equal(own.filter(isFinal).length, 1);
      assert.deepEqual(own.at(-1), await probe.job(id));
    });

    it('refuse more than 100 ids', async (context) => {
      const link = await linkOf('events');
      if (!link) return context.skip('no link');
      const answer = await use().call('GET', withIds(link, tooMany));
      assert.equal(answer.status, 422, answer.text);
      validationErrorSchema.parse(answer.body);
    });
  });

  describe('the socket', () => {
    it('sends what it is asked to watch, and answers a ping', { timeout: 60_000 }, async (context) => {
      const link = await linkOf('socket');
      if (!link) return context.skip('no link');
      const done = await finished();
      const url = new URL(link, use().backend.baseUrl);
      url.protocol = url.protocol.replace('http', 'ws');
      const socket = new WebSocket(url);
      const frames: { type: string; job?: unknown; code?: unknown; detail?: unknown }[] = [];
      try {
        await new Promise<void>((resolve, reject) => {
          socket.onopen = () => {
            socket.send(JSON.stringify({ type: 'watch', ids: [done.job_id, NOBODY] }));
            socket.send('nonsense');
            socket.send(JSON.stringify({ type: 'ping' }));
          };
          socket.onmessage = ({ data }) => {
            frames.push(JSON.parse(String(data)));
            if (frames.length === 3) resolve();
          };
          socket.onclose = () => reject(new Error('it was closed'));
        });
      } finally {
        socket.onclose = null;
        socket.close();
      }
      const of = (type: string) => frames.find((frame) => frame.type === type);
      assert.deepEqual(jobSchema.parse(of('job')?.job), done);
      assert.equal(typeof of('error')?.code, 'string');
      assert.equal(typeof of('error')?.detail, 'string');
      assert.ok(of('pong'));
    });
  });
}
