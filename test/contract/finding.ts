import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type * as z from 'zod';
import { filteredListSchema } from '../../src/api/extended-schema.ts';
import { validationErrorSchema } from '../../src/api/schema.ts';
import type { Probe } from './backend.ts';

type List = z.infer<typeof filteredListSchema>;

/** What nobody may send, one for each way to be wrong. */
const BAD: Record<string, string>[] = [
  { status: 'paused' },
  { status: '' },
  { sort: 'colour' },
  { order: 'sideways' },
  { created_after: 'yesterday' },
  { created_before: '2026-02-30x' },
  { q: 'x'.repeat(201) },
];

/** The list's filters and orders, on backends that show by `applied` that they know them. */
export function finding(use: () => Probe): void {
  describe('finding jobs', () => {
    const made: string[] = [];
    let userId: string;
    let done: string;

    const ask = (query: [string, string][] = []) => use().call('GET', `/api/v1/jobs/?${new URLSearchParams([['user_id', userId], ...query])}`);
    const list = async (...query: [string, string][]): Promise<List> => {
      const answer = await ask(query);
      assert.equal(answer.status, 200, answer.text);
      return filteredListSchema.parse(answer.body);
    };
    const titles = async (...query: [string, string][]) => (await list(...query)).jobs.map((job) => job.title);

    before(async () => {
      const probe = use();
      userId = `${probe.userId}-find`;
      const slow = probe.backend.makeSlowRequest ?? ((plain) => plain);
      for (const [title, priority] of [['100% water', 3], ['Snake_case', 7], ['Blue WATER', 1]] as const) {
        made.push(await probe.create({ ...slow(probe.plainRequest({ title }, userId)), priority }));
      }
      for (const id of made) await probe.call('DELETE', `/api/v1/jobs/${id}`);
      done = await probe.create({ ...probe.plainRequest({ title: 'a stone', script_id: 'river-7' }, userId), priority: 5 });
      await probe.end(done);
      for (const id of made) await probe.end(id);
    });

    after(() => use().cancelAll());

    it('says what was applied, and how many there are of each status', async () => {
      const { applied, counts, total } = await list();
      assert.deepEqual(applied, { status: [], q: null, created_after: null, created_before: null, sort: 'created_at', order: 'desc' });
      assert.deepEqual(counts, { pending: 0, started: 0, processing: 0, success: 1, failure: 0, cancelled: 3 });
      assert.equal(total, 4);
    });

    it('takes one status or several, and counts as if there were none', async () => {
      const one = await list(['status', 'success']);
      assert.deepEqual(one.jobs.map((job) => job.job_id), [done]);
      assert.equal(one.total, 1);
      assert.equal(one.counts.cancelled, 3);
      const two = await list(['status', 'success'], ['status', 'cancelled'], ['page_size', '1']);
      assert.deepEqual(two.applied.status, ['success', 'cancelled']);
      assert.equal(two.total, 4);
      assert.equal((await list(['status', 'failure'])).total, 0);
    });

    it('searches titles, ids and script ids for all words, whatever the case', async () => {
      assert.deepEqual(await titles(['q', 'water']), ['Blue WATER', '100% water']);
      assert.deepEqual(await titles(['q', ' water  BLUE ']), ['Blue WATER']);
      assert.deepEqual(await titles(['q', 'River-7']), ['a stone']);
      assert.deepEqual(await titles(['q', done.toUpperCase()]), ['a stone']);
      const { counts, total, applied } = await list(['q', ' Water ']);
      assert.deepEqual([counts.cancelled, counts.success, total, applied.q], [2, 0, 2, 'Water']);
    });

    it('takes signs in a search for what they are', async () => {
      assert.deepEqual(await titles(['q', '%']), ['100% water']);
      assert.deepEqual(await titles(['q', '_']), ['Snake_case']);
      for (const text of ['%%', 'w_ter', '\\', "'", '.*', '*']) assert.deepEqual(await titles(['q', text]), [], text);
    });

    it('cuts by time of creation: from one moment on, and before another', async () => {
      const { jobs } = await list();
      const [newest, second] = jobs.map((job) => job.created_at);
      assert.ok(newest && second);
      const newer = jobs.filter((job) => job.created_at >= newest);
      assert.equal((await list(['created_after', newest])).total, newer.length);
      assert.equal((await list(['created_before', '2001-01-31'])).total, 0);
      const { applied, total } = await list(['created_after', '2001-01-31T01:00:00+01:00'], ['created_before', '2901-01-31T12:00:00']);
      assert.deepEqual([applied.created_after, applied.created_before, total], ['2001-01-31T00:00:00.000Z', '2901-01-31T12:00:00.000Z', 4]);
    });

    it('sorts both ways, by each key', async () => {
      assert.deepEqual(await titles(['sort', 'title'], ['order', 'asc']), ['100% water', 'a stone', 'Blue WATER', 'Snake_case']);
      assert.deepEqual(await titles(['sort', 'priority'], ['order', 'asc']), ['Blue WATER', '100% water', 'a stone', 'Snake_case']);
      assert.deepEqual(await titles(['sort', 'priority']), ['Snake_case', 'a stone', '100% water', 'Blue WATER']);
      assert.deepEqual((await titles(['sort', 'status'], ['order', 'asc']))[0], 'a stone');
      assert.deepEqual((await titles(['sort', 'progress']))[0], 'a stone');
      const oldest = await titles(['order', 'asc']);
      assert.deepEqual(oldest.toReversed(), await titles());
      for (const sort of ['updated_at', 'completed_at', 'duration']) {
        const { jobs, applied } = await list(['sort', sort], ['order', 'asc']);
        assert.equal(applied.sort, sort);
        const keys = jobs.map((job) => job[sort] ?? null);
        const known = keys.filter((key) => key !== null);
        assert.deepEqual(keys.slice(0, known.length), known, `${sort}: jobs without a value come last`);
        assert.deepEqual(known, known.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)), sort);
      }
    });

    it('gives the pages of what it found one after the other', async () => {
      const pages = await Promise.all(['1', '2', '3'].map((page) => list(['sort', 'title'], ['order', 'asc'], ['page_size', '2'], ['page', page])));
      assert.deepEqual(pages.map(({ jobs }) => jobs.length), [2, 2, 0]);
      assert.deepEqual(pages.flatMap(({ jobs }) => jobs.map((job) => job.title)), await titles(['sort', 'title'], ['order', 'asc']));
      assert.deepEqual(pages.map(({ total }) => total), [4, 4, 4]);
    });

    it('answers 304 while the page is as it was', async (context) => {
      const path = `/api/v1/jobs/?${new URLSearchParams({ user_id: userId })}`;
      const tag = (await use().call('GET', path)).headers.get('etag');
      if (!tag) return context.skip('no tags');
      assert.equal((await use().raw('GET', path, { headers: { 'if-none-match': tag } })).status, 304);
    });

    for (const query of BAD) {
      const [name, value] = Object.entries(query)[0] as [string, string];
      it(`refuses ${name}=${value.slice(0, 20)}`, async () => {
        const answer = await ask([[name, value]]);
        assert.equal(answer.status, 422, answer.text);
        const { detail } = validationErrorSchema.parse(answer.body);
        assert.deepEqual(detail[0]?.loc.slice(0, 2), ['query', name]);
      });
    }
  });
}
