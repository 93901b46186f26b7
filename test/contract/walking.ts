import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type * as z from 'zod';
import { LIST_ORDERS, LIST_SORTS, walkedListSchema } from '../../src/api/extended-schema.ts';
import { validationErrorSchema } from '../../src/api/schema.ts';
import type { Probe } from './backend.ts';

type List = z.infer<typeof walkedListSchema>;
type Query = Record<string, string>;

/** Going along a list by `next` and `after`, on backends whose answers offer it. */
export function walking(use: () => Probe): void {
  describe('walking along a list', () => {
    let userId: string;

    const ask = (query: Query) => use().call('GET', `/api/v1/jobs/?${new URLSearchParams({ user_id: userId, ...query })}`);
    const list = async (query: Query = {}): Promise<List> => {
      const answer = await ask(query);
      assert.equal(answer.status, 200, answer.text);
      return walkedListSchema.parse(answer.body);
    };
    const titles = ({ jobs }: List) => jobs.map((job) => job.title);
    const refusal = async (query: Query) => {
      const answer = await ask(query);
      assert.equal(answer.status, 422, answer.text);
      return validationErrorSchema.parse(answer.body).detail[0]!;
    };
    const make = async (title: string, priority: number, script = 'script'): Promise<void> => {
      const probe = use();
      const slow = probe.backend.makeSlowRequest ?? ((plain) => plain);
      const id = await probe.create({ ...slow(probe.plainRequest({ title, script_id: script }, userId)), priority });
      await probe.call('DELETE', `/api/v1/jobs/${id}`);
      await probe.end(id);
    };

    before(async () => {
      userId = `${use().userId}-walk`;
      for (const [title, priority, script] of [['one', 3, 'walrus'], ['two', 7], ['Three', 3, 'walrus'], ['four', 1], ['five', 3, 'walrus']] as const) await make(title, priority, script);
    });

    after(() => use().cancelAll());

    it('says where to go on, from whatever page, and where there is nothing more', async () => {
      const pages = [];
      for (const page of ['1', '2', '3', '4']) pages.push(await list({ page, page_size: '2' }));
      assert.deepEqual(pages.map(({ next }) => typeof next), ['string', 'string', 'object', 'object']);
      assert.deepEqual(titles(await list({ after: pages[1]!.next!, page_size: '2' })), ['one']);
      assert.equal((await list({ page_size: '5' })).next, null);
      assert.notEqual((await list({ page_size: '4' })).next, null);
    });

    it('gives what follows, of any number, with the total of all', async () => {
      const { next } = await list({ page_size: '1' });
      const rest = await list({ after: next!, page: '1', page_size: '3' });
      assert.deepEqual(titles(rest), ['four', 'Three', 'two']);
      assert.deepEqual([rest.total, rest.page, rest.page_size, rest.counts.cancelled], [5, 1, 3, 5]);
      assert.deepEqual(titles(await list({ after: rest.next! })), ['one']);
    });

    for (const sort of LIST_SORTS) {
      for (const order of LIST_ORDERS) {
        it(`comes by all jobs once, ${sort} ${order}`, async () => {
          const query = { sort, order, page_size: '2' };
          const seen: List[] = [await list(query)];
          for (let { next } = seen[0]!; next !== null; { next } = seen.at(-1)!) seen.push(await list({ ...query, after: next }));
          assert.deepEqual(seen.flatMap(titles), titles(await list({ sort, order })));
          assert.equal(seen.length, 3);
        });
      }
    }

    it('goes with every filter, however that is written', async () => {
      const filter = { status: 'cancelled', q: 'WALRUS', created_after: '2001-01-31T01:00:00+01:00' };
      const { next, jobs, total } = await list({ ...filter, page_size: '1' });
      assert.deepEqual([jobs[0]?.title, total], ['five', 3]);
      const rest = await list({ ...filter, q: ' WALRUS ', created_after: '2001-01-31', order: 'desc', after: next! });
      assert.deepEqual([titles(rest), rest.total, rest.next], [['Three', 'one'], 3, null]);
    });

    it('repeats nothing when a job is made meanwhile', async () => {
      const first = await list({ page_size: '2' });
      await make('six', 3);
      assert.deepEqual(titles(await list({ page_size: '2', page: '2' })), ['four', 'Three']);
      assert.deepEqual(titles(await list({ page_size: '2', after: first.next! })), ['Three', 'two']);
    });

    for (const [what, other] of Object.entries<Query>({
      'another order': { order: 'asc' },
      'another key': { sort: 'title' },
      'another search': { q: 'one' },
      'another status': { status: 'cancelled' },
      'another time': { created_after: '2001-01-31' },
      'another end': { created_before: '2901-01-31' },
      'another user': { user_id: 'somebody-else' },
    })) {
      it(`refuses a cursor of ${what}`, async () => {
        const { next } = await list({ page_size: '1' });
        const { loc, msg } = await refusal({ ...other, after: next! });
        assert.deepEqual(loc, ['query', 'after']);
        assert.match(msg, /leave after out/);
      });
    }

    it('refuses what is no cursor', async () => {
      const { next } = await list({ page_size: '1' });
      for (const value of ['', 'nonsense', '%00', 'bnVsbA', 'W10', `${next!.slice(0, -9)}`, 'A'.repeat(5000)]) {
        const { loc, msg } = await refusal({ after: value });
        assert.deepEqual(loc, ['query', 'after'], value);
        assert.match(msg, /leave it out/, value);
      }
    });

    it('refuses a page beside it', async () => {
      const { next } = await list({ page_size: '1' });
      const { loc, msg } = await refusal({ page: '2', after: next! });
      assert.deepEqual(loc, ['query', 'page']);
      assert.match(msg, /Leave page out/);
    });
  });
}
