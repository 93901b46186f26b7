import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { pino } from 'pino';
import type * as z from 'zod';
import { linkedStatisticsSchema, statisticsHistorySchema } from '../../../src/api/extended-schema.ts';
import { validationErrorSchema } from '../../../src/api/schema.ts';
import { JobHistory } from '../../src/jobs/history.ts';
import { fakeRender } from '../support/fake-render.ts';
import { openTestService } from '../support/in-process.ts';
import type { TestService } from '../support/in-process.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { until } from '../support/until.ts';

const MINUTE = 60_000;
/** Where the test's clock begins. */
const NOON = Date.UTC(2026, 0, 1, 12);
const logger = pino({ level: 'silent' });

/** Statistics over time, over any database. */
export function historySuite(name: string, databaseEnv: () => Promise<Record<string, string>>): void {
  describe(`statistics over time on ${name}`, { timeout: 120_000 }, () => {
    const clock = new ManualClock();
    let test: TestService;
    before(async () => {
      // No worker has room for these jobs: they stay as the test puts them.
      test = await openTestService({ env: { ...(await databaseEnv()), JOB_SERVICE_CONCURRENCY: '1' }, render: fakeRender().render, clock });
    });
    after(() => test.stop());
    afterEach(async () => {
      await test.service.db.query('DELETE FROM job_service.jobs');
      await test.service.db.query('DELETE FROM job_service.minutes');
    });

    const query = <Row extends object>(sql: string, params: unknown[] = []) => test.service.db.query<Row>(sql, params);
    const minutes = async () => (await query<{ minute: Date }>('SELECT minute FROM job_service.minutes ORDER BY minute')).map(({ minute }) => minute.getTime());

    /** A job as it is at the test's time: created at `created`, ended at `ended` (both ms). */
    async function put(status: string, created: number, ended: number | null = null): Promise<void> {
      await query(
        `INSERT INTO job_service.jobs (id, user_id, script_id, title, platform, request, priority, status, progress_message, attempt, kind,
           target_seconds, estimated_duration, created_at, completed_at, sample)
         VALUES (gen_random_uuid(), 'ann', 's', 't', 'youtube', '{}', 5, $1, '', gen_random_uuid(), 'k', 5, 5, $2::timestamptz, $3::timestamptz, true)`,
        [status, new Date(created).toISOString(), ended === null ? null : new Date(ended).toISOString()],
      );
    }

    async function read(params: Record<string, string>): Promise<z.infer<typeof statisticsHistorySchema>> {
      const { body: counts } = await test.ask('GET', '/api/v1/jobs/stats/counts');
      const { history } = linkedStatisticsSchema.parse(counts).links;
      const answer = await test.ask('GET', `${history}?${new URLSearchParams(params)}`);
      assert.equal(answer.status, 200, answer.text);
      return statisticsHistorySchema.parse(answer.body);
    }

    const at = (ms: number): string => new Date(ms).toISOString();
    const history = () => new JobHistory({ db: test.service.db, clock, logger });

    it('counts what there is, and what was created and ended in the minute', async () => {
      await put('pending', NOON + 1000);
      await put('pending', NOON - 5 * MINUTE);
      await put('processing', NOON - 5 * MINUTE);
      await put('success', NOON - 5 * MINUTE, NOON);
      await put('success', NOON + 2000, NOON + MINUTE - 1);
      await put('failure', NOON - 5 * MINUTE, NOON + 30_000);
      await put('failure', NOON - 5 * MINUTE, NOON - 1);
      await put('cancelled', NOON - 5 * MINUTE, NOON + MINUTE);
      await history().count(NOON);
      const { buckets, ...rest } = await read({ from: at(NOON), to: at(NOON + MINUTE), step: '60' });
      assert.deepEqual(rest, { from: at(NOON), to: at(NOON + MINUTE), step: 60 });
      assert.deepEqual(buckets, [
        {
          start: at(NOON),
          samples: 1,
          counts: { pending: 2, started: 0, processing: 1, success: 2, failure: 2, cancelled: 1, total: 8 },
          created: 2,
          ended: { success: 2, failure: 1, cancelled: 0, total: 3 },
          throughput: 3,
          failure_rate: 0.3333,
          queue_depth: { mean: 2, max: 2 },
        },
      ]);
    });

    it('stores a minute once, whoever counts it, at once or later', async () => {
      await put('pending', NOON);
      await Promise.all([history().count(NOON), history().count(NOON), history().count(NOON)]);
      await put('pending', NOON);
      await history().count(NOON);
      const rows = await query<{ pending: number }>('SELECT pending FROM job_service.minutes');
      assert.deepEqual(rows, [{ pending: 1 }]);
    });

    it('counts by itself, once a minute, a moment after its end', async () => {
      const begun = clock.now();
      const next = Math.ceil((begun + 1) / MINUTE) * MINUTE;
      await clock.advance(next + 1999 - begun);
      assert.deepEqual(await minutes(), []);
      await clock.advance(1);
      await until(async () => (await minutes()).length === 1, { what: 'the first minute' });
      await until(async () => {
        await clock.advance(1000);
        return (await minutes()).length === 2;
      }, { what: 'the second minute' });
      assert.equal(Math.floor(clock.now() / MINUTE) * MINUTE, next + MINUTE);
      assert.deepEqual(await minutes(), [next - MINUTE, next]);
    });

    it('leaves out the minutes that it slept through', async () => {
      let now = NOON + 10_000;
      let wake = (): void => undefined;
      const stop = new JobHistory({ db: test.service.db, logger, clock: { now: () => now, setTimeout: (callback) => ((wake = callback), () => undefined) } }).start();
      now = NOON + MINUTE + 2000;
      wake();
      await until(async () => (await minutes()).length === 1, { what: 'the minute before it slept' });
      await stop();
      const again = new JobHistory({ db: test.service.db, logger, clock: { now: () => now, setTimeout: (callback) => ((wake = callback), () => undefined) } }).start();
      now = NOON + 7 * MINUTE + 2500;
      wake();
      await until(async () => (await minutes()).length === 2, { what: 'the minute in which it woke' });
      await again();
      assert.deepEqual(await minutes(), [NOON, NOON + 6 * MINUTE]);
      const { buckets } = await read({ from: at(NOON), to: at(NOON + 7 * MINUTE), step: '60' });
      assert.deepEqual(buckets.map(({ samples }) => samples), [1, 0, 0, 0, 0, 0, 1]);
      assert.deepEqual(buckets[3], {
        start: at(NOON + 3 * MINUTE), samples: 0, counts: null, created: null, ended: null, throughput: null, failure_rate: null, queue_depth: null,
      });
    });

    it('goes on after a minute that could not be counted', async () => {
      await query('ALTER TABLE job_service.minutes RENAME TO away');
      const errors = () => test.log.filter(({ msg }) => String(msg).includes('it will be a gap')).length;
      const before = errors();
      await clock.advance(MINUTE);
      await until(() => errors() > before, { what: 'the complaint' });
      await query('ALTER TABLE job_service.away RENAME TO minutes');
      await until(async () => {
        await clock.advance(MINUTE);
        return (await minutes()).length > 0;
      }, { what: 'the next minute' });
    });

    it('gathers minutes into buckets: sums, the last counts, the mean and the greatest depth', async () => {
      // Where the service's own count, which the tests before moved on, has nothing to write.
      const DAWN = NOON - 6 * 60 * MINUTE;
      const row = (minute: number, pending: number, ended: [success: number, failure: number, cancelled: number]) =>
        query(
          `INSERT INTO job_service.minutes VALUES ($1::timestamptz, $2, 0, 1, 0, 0, 0, 2, $3, $4, $5)`,
          [at(minute), pending, ...ended],
        );
      await row(DAWN, 4, [1, 0, 0]);
      await row(DAWN + MINUTE, 9, [2, 1, 0]);
      await row(DAWN + 4 * MINUTE, 2, [0, 0, 2]);
      await row(DAWN + 10 * MINUTE, 0, [0, 0, 0]);
      const { buckets } = await read({ from: at(DAWN + 1), to: at(DAWN + 11 * MINUTE), step: '300' });
      assert.deepEqual(buckets.map(({ start }) => start), [DAWN, DAWN + 5 * MINUTE, DAWN + 10 * MINUTE].map(at));
      assert.deepEqual(buckets[0], {
        start: at(DAWN),
        samples: 3,
        counts: { pending: 2, started: 0, processing: 1, success: 0, failure: 0, cancelled: 0, total: 3 },
        created: 6,
        ended: { success: 3, failure: 1, cancelled: 2, total: 6 },
        throughput: 2,
        failure_rate: 0.25,
        queue_depth: { mean: 5, max: 9 },
      });
      assert.equal(buckets[1]?.samples, 0);
      assert.equal(buckets[2]?.failure_rate, null);
      assert.equal(buckets[2]?.throughput, 0);
    });

    it('keeps minutes for 30 days', async () => {
      const day = 24 * 60 * MINUTE;
      await history().count(NOON - 30 * day - MINUTE);
      await history().count(NOON - 30 * day);
      await history().count(NOON);
      assert.deepEqual(await minutes(), [NOON - 30 * day, NOON]);
    });

    it('covers the last 24 hours in a step that suits, where nothing is asked for', async () => {
      const { from, to, step, buckets } = await read({});
      assert.equal(step, 900);
      assert.ok(buckets.length <= 120);
      assert.equal(buckets.length * 900_000, Date.parse(to) - Date.parse(from));
      assert.ok(Date.parse(to) >= clock.now() && Date.parse(to) < clock.now() + 900_000);
      assert.ok(Date.parse(from) <= clock.now() - 24 * 60 * MINUTE);
      const steps = [];
      for (const hours of [1, 8, 24, 24 * 4, 24 * 29]) steps.push((await read({ to: at(NOON), from: at(NOON - hours * 60 * MINUTE) })).step);
      assert.deepEqual(steps, [60, 300, 900, 3600, 21_600]);
    });

    it('says which parameter is wrong', async () => {
      const cases: [string, Record<string, string>][] = [
        ['from', { from: 'noon' }],
        ['to', { to: '2026-01-32' }],
        ['step', { step: '90' }],
        ['step', { step: '0' }],
        ['step', { step: 'long' }],
        ['step', { step: '172800' }],
        ['from', { from: at(NOON), to: at(NOON) }],
        ['step', { from: at(NOON - 1501 * MINUTE), to: at(NOON), step: '60' }],
        ['from', { from: '1999-01-01' }],
      ];
      for (const [field, params] of cases) {
        const answer = await test.ask('GET', `/api/v1/jobs/stats/history?${new URLSearchParams(params)}`);
        assert.equal(answer.status, 422, JSON.stringify(params));
        assert.deepEqual(validationErrorSchema.parse(answer.body).detail[0]?.loc, ['query', field]);
      }
      assert.equal((await read({ from: at(NOON - 1500 * MINUTE), to: at(NOON), step: '60' })).buckets.length, 1500);
    });
  });
}
