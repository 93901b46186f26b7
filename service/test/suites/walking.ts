import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { JOB_STATUSES, LIST_ORDERS, LIST_SORTS, walkedListSchema } from '../../../src/api/extended-schema.ts';
import type { ListApplied, ListOrder, ListSort } from '../../../src/api/extended-schema.ts';
import type { KnownJobStatus } from '../../../src/core/job.ts';
import { writeCursor } from '../../src/jobs/list-cursor.ts';
import type { Place } from '../../src/jobs/list-cursor.ts';
import { pageStatement } from '../../src/jobs/list.ts';
import { fakeRender } from '../support/fake-render.ts';
import { openTestService } from '../support/in-process.ts';
import type { TestService } from '../support/in-process.ts';

const NOW = Date.UTC(2026, 0, 31, 12);
const WORD = 'zebra';

/** What a job may come to be. Times are microseconds after `NOW`. */
interface Changing {
  status: KnownJobStatus;
  progress: number;
  updated: number;
  /** When it ended, and after how long; `null`: it has not. */
  ended: { at: number; after: number } | null;
}

interface Row extends Changing {
  id: string;
  /** Its number among the rows of the test. */
  seq: number;
  title: string;
  priority: number;
  created: number;
}

type Change =
  | { kind: 'insert'; row: Omit<Row, 'id' | 'seq'> }
  | { kind: 'update'; index: number; to: Changing }
  | { kind: 'remove'; index: number };

// Few values, so that many rows are equal in one of them, and next to each other in time.
const tick = fc.integer({ min: 0, max: 3 });
const changing = {
  status: fc.constantFrom(...JOB_STATUSES),
  progress: fc.constantFrom(0, 0.1, 1 / 3, 1),
  updated: tick,
  ended: fc.option(fc.record({ at: tick, after: fc.integer({ min: 1, max: 3 }) }), { freq: 2 }),
};
/** Jobs of one walk: each that there is at first, each change, and each of these once more. */
const MOST = 100;
const row = fc.record({ ...changing, title: fc.constantFrom('a', 'B', 'é', `${WORD} 1`, `Ein ${WORD}`), priority: fc.integer({ min: 1, max: 3 }), created: tick });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), row }),
  fc.record({ kind: fc.constant('update' as const), index: fc.nat(), to: fc.record(changing) }),
  fc.record({ kind: fc.constant('remove' as const), index: fc.nat() }),
);
const filter = fc.constantFrom<{ status?: KnownJobStatus[]; q?: string }>({}, { status: ['success', 'pending'] }, { q: WORD }, { q: WORD, status: ['failure'] });

/** What a running job's steps and its end leave as it was. */
const STEADY: readonly ListSort[] = ['created_at', 'title', 'priority'];

const KEYS: Record<ListSort, (row: Row) => number | string | null> = {
  created_at: ({ created }) => created,
  updated_at: ({ updated }) => updated,
  completed_at: ({ ended }) => ended && ended.at,
  title: ({ title }) => title.toLowerCase(),
  status: ({ status }) => JOB_STATUSES.indexOf(status),
  priority: ({ priority }) => priority,
  duration: ({ ended }) => ended && ended.after,
  progress: ({ progress }) => progress,
};

/** The order of a list, said once more and plainly. */
function inOrder(sort: ListSort, order: ListOrder): (one: Row, other: Row) => number {
  const sign = order === 'asc' ? 1 : -1;
  return (one, other) => {
    const [a, b] = [KEYS[sort](one), KEYS[sort](other)];
    if (a === null || b === null) {
      if (a !== b) return a === null ? 1 : -1;
    } else if (a !== b) return a < b ? -sign : sign;
    const newer = other.created - one.created || other.seq - one.seq;
    return sort === 'created_at' ? -sign * newer : newer;
  };
}

/** Going along a list while jobs come, go and change, over any database. */
export function walkingSuite(name: string, databaseEnv: () => Promise<Record<string, string>>): void {
  describe(`walking along a list on ${name}`, { timeout: 300_000 }, () => {
    let test: TestService;
    before(async () => {
      test = await openTestService({ env: await databaseEnv(), render: fakeRender().render });
    });
    after(() => test.stop());

    const list = async (query: Record<string, string | string[]>) => {
      const params = new URLSearchParams(Object.entries(query).flatMap(([key, value]) => [value].flat().map((one): [string, string] => [key, one])));
      const answer = await test.ask('GET', `/api/v1/jobs/?${params}`);
      assert.equal(answer.status, 200, answer.text);
      return walkedListSchema.parse(answer.body);
    };

    const time = (micros: string): string => `$1::timestamptz + ${micros} * interval '1 microsecond'`;
    const changed = ({ status, progress, updated, ended }: Changing) => ({
      status, progress, updated, completed: ended?.at ?? null, started: ended ? ended.at - ended.after * 1_000_000 : null,
    });

    /** The jobs of one user, here and in the database. */
    async function world() {
      const userId = randomUUID();
      let made = 0;
      const rows = new Map<string, Row>();
      return {
        userId,
        rows,
        async insert(given: readonly Omit<Row, 'id' | 'seq'>[]): Promise<void> {
          const added = given.map((one) => ({ ...one, id: randomUUID(), seq: made++ }));
          await test.service.db.query(
            `INSERT INTO job_service.jobs (id, user_id, script_id, title, platform, request, priority, status, progress, progress_message, attempt, kind,
               target_seconds, estimated_duration, sample, created_at, updated_at, completed_at, started_at)
             SELECT id, $2, 's', title, 'youtube', '{}', priority, status, progress, '', id, 'k', 1, 1, true,
               ${time('created')}, ${time('updated')}, ${time('completed')}, ${time('started')}
             FROM jsonb_to_recordset($3::jsonb) AS given (id uuid, seq int, title text, priority int, status text, progress float8, created float8,
               updated float8, completed float8, started float8) ORDER BY seq`,
            [new Date(NOW).toISOString(), userId, JSON.stringify(added.map((one) => ({ ...one, ...changed(one) })))],
          );
          for (const one of added) rows.set(one.id, one);
        },
        async apply(next: Change): Promise<void> {
          if (next.kind === 'insert') return this.insert([next.row]);
          const one = [...rows.values()][next.index % rows.size];
          if (!one) return;
          if (next.kind === 'remove') {
            rows.delete(one.id);
            await test.service.db.query('DELETE FROM job_service.jobs WHERE id = $1', [one.id]);
            return;
          }
          rows.set(one.id, { ...one, ...next.to });
          const { status, progress, updated, completed, started } = changed(next.to);
          await test.service.db.query(
            `UPDATE job_service.jobs SET status = $2, progress = $3, updated_at = ${time('$4::float8')}, completed_at = ${time('$5::float8')},
               started_at = ${time('$6::float8')} WHERE id = $7`,
            [new Date(NOW).toISOString(), status, progress, updated, completed, started, one.id],
          );
        },
      };
    }

    for (const sort of LIST_SORTS) {
      for (const order of LIST_ORDERS) {
        it(`comes once by every job that keeps its place, in order, with exact totals: ${sort} ${order}`, async () => {
          await fc.assert(
            fc.asyncProperty(fc.array(row, { maxLength: 14 }), fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 8 }), filter, fc.integer({ min: 1, max: 4 }), async (start, steps, wanted, size) => {
              const { userId, rows, insert, apply } = await world().then((one) => ({ ...one, apply: one.apply.bind(one) }));
              const matches = ({ status, title }: Row) => (wanted.status?.includes(status) ?? true) && (wanted.q === undefined || title.includes(wanted.q));
              await insert(start);
              const before = new Map(rows);
              const changes = [...steps];
              const compare = inOrder(sort, order);
              const walked: string[] = [];
              /** The last job so far, as it was then. */
              let place: Row | undefined;
              for (let cursor: string | null | undefined; cursor !== null; ) {
                const page = await list({ user_id: userId, ...wanted, sort, order, page_size: String(size), ...(cursor ? { after: cursor } : {}) });
                const all = [...rows.values()].filter(matches).toSorted(compare);
                const following = all.filter((one) => !place || compare(place, one) < 0);
                assert.equal(page.total, all.length);
                assert.deepEqual(page.jobs.map((job) => job.job_id), following.slice(0, size).map(({ id }) => id));
                assert.equal(page.next !== null, following.length > size, 'whether anything follows');
                place = following[size - 1];
                walked.push(...page.jobs.map((job) => job.job_id));
                assert.ok(walked.length <= MOST, 'it does not come to an end');
                cursor = page.next;
                if (cursor !== null) for (const one of changes.shift() ?? []) await apply(one);
              }
              const kept = [...before.values()].filter((one) => rows.get(one.id) === one && matches(one));
              const ids = new Set(kept.map(({ id }) => id));
              assert.deepEqual(walked.filter((id) => ids.has(id)), kept.toSorted(compare).map(({ id }) => id));
              if (!STEADY.includes(sort) || wanted.status) return;
              assert.equal(new Set(walked).size, walked.length, 'a job came twice');
              for (const one of before.values()) if (rows.has(one.id) && matches(one)) assert.ok(walked.includes(one.id), `${one.title} is missing`);
            }),
            { numRuns: 20 },
          );
        });
      }
    }

    const asked = (sort: ListSort, order: ListOrder = 'desc') => {
      const applied: ListApplied = { status: [], q: null, created_after: null, created_before: null, sort, order };
      return { ...applied, userId: 'reader' };
    };

    for (const order of LIST_ORDERS) {
      it(`enters the index at the place where it goes on: created_at ${order}`, async () => {
        const { sql, params } = pageStatement({ ...asked('created_at', order), page: 1, pageSize: 20, after: [null, NOW * 1000, 1] });
        const plan = await test.service.db.transaction(async (tx) => {
          // A few rows are read quicker without any index, so that would be chosen here.
          await tx.query('SET LOCAL enable_seqscan = off');
          await tx.query('SET LOCAL enable_bitmapscan = off');
          return (await tx.query<Record<string, string>>(`EXPLAIN (COSTS off) ${sql}`, params)).map((line) => line['QUERY PLAN']).join('\n');
        });
        const direction = order === 'asc' ? ' Backward' : '';
        const entry = new RegExp(`Index Scan${direction} using listing_user on listing \\w+\\s+Index Cond: \\(\\(user_id = .*ROW\\(created_at, seq\\) ${order === 'asc' ? '>' : '<'} ROW`);
        assert.match(plan, entry);
      });
    }

    it('survives any cursor, whoever made it', async () => {
      const key = fc.oneof(fc.constant(null), fc.integer(), fc.maxSafeInteger(), fc.double(), fc.string({ unit: 'binary' }), fc.constantFrom('\0', '\ud800', '1', {}));
      const place = fc.tuple(key, fc.oneof(fc.maxSafeInteger(), key), fc.oneof(fc.maxSafeNat(), key));
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...LIST_SORTS), fc.constantFrom(...LIST_ORDERS), place, async (sort, order, any) => {
          const cursor = writeCursor(asked(sort, order), any as unknown as Place);
          const { status, text } = await test.ask('GET', `/api/v1/jobs/?${new URLSearchParams({ user_id: 'reader', sort, order, after: cursor })}`);
          assert.ok(status === 200 || status === 422, text);
        }),
        { numRuns: 300 },
      );
    });

    it('takes the longest title and the latest time for what they are', async () => {
      const longest = '\u{1F469}'.repeat(100);
      const ids = [await test.create({ user_id: 'reader', title: longest }), await test.create({ user_id: 'reader', title: longest })];
      // What a worker takes up moves in most of the orders.
      for (const id of ids) {
        await test.ask('DELETE', `/api/v1/jobs/${id}`);
        await test.jobIn(id, 'cancelled');
      }
      for (const sort of LIST_SORTS) {
        const first = await list({ user_id: 'reader', sort, page_size: '1' });
        const rest = await list({ user_id: 'reader', sort, after: first.next! });
        assert.deepEqual([...first.jobs, ...rest.jobs].map((job) => job.job_id).toSorted(), ids.toSorted(), sort);
      }
    });
  });
}
