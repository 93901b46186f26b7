import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { bulkResponseSchema, validationErrorSchema } from '../../../src/api/schema.ts';
import type { BulkResponse } from '../../../src/api/wire.ts';
import { fakeRender } from '../support/fake-render.ts';
import { openTestService, videoRequest } from '../support/in-process.ts';
import type { Answer, TestService } from '../support/in-process.ts';
import { ShiftedClock } from '../support/shifted-clock.ts';

const HOUR = 3_600_000;

/** Creating many jobs with one call, over any database. */
export function bulkSuite(name: string, databaseEnv: () => Promise<Record<string, string>>): void {
  describe(`many jobs at once on ${name}`, { timeout: 120_000 }, () => {
    const clock = new ShiftedClock();
    const fake = fakeRender();
    let test: TestService;
    let users = 0;
    before(async () => {
      test = await openTestService({ env: await databaseEnv(), render: fake.render, clock });
    });
    after(() => test.stop());

    /** Rows of a user of their own, with keys `k0`, `k1`, …. */
    const rowsOf = (count: number, user = `bulk-${++users}`, fields: Record<string, unknown> = {}) =>
      Array.from({ length: count }, (_, index) => ({
        video_request: { ...videoRequest, user_id: user, title: `Row ${index}`, ...fields } as Record<string, unknown>,
        idempotency_key: `k${index}` as string | undefined,
      }));
    const post = (jobs: unknown, more: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<Answer> =>
      test.ask('POST', '/api/v1/jobs/bulk', { jobs, ...more }, headers);
    const bulk = async (jobs: unknown, more: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<BulkResponse> => {
      const answer = await post(jobs, more, headers);
      assert.equal(answer.status, 200, answer.text);
      return bulkResponseSchema.parse(answer.body);
    };
    const refusals = (answer: Answer) => {
      assert.equal(answer.status, 422, answer.text);
      return validationErrorSchema.parse(answer.body).detail;
    };
    const titles = async (user: string): Promise<string[]> => {
      const found: { title: string }[] = (await test.ask('GET', `/api/v1/jobs/?user_id=${user}&page_size=100`)).body.jobs;
      return found.map(({ title }) => title).reverse();
    };
    const statuses = ({ results }: BulkResponse): string[] => results.map(({ status }) => status);

    it('creates them in their order, and answers for each', async () => {
      const user = `bulk-${++users}`;
      const answer = await bulk(rowsOf(5, user).map((row, index) => ({ ...row, priority: [1, 5, 10, 5, 1][index] })));
      assert.deepEqual([answer.created, answer.repeated, answer.refused], [5, 0, 0]);
      assert.deepEqual(answer.results.map(({ index }) => index), [0, 1, 2, 3, 4]);
      assert.deepEqual(await titles(user), ['Row 0', 'Row 1', 'Row 2', 'Row 3', 'Row 4']);
      const jobs = await Promise.all(answer.results.map(({ job_id }) => test.job(job_id as string)));
      assert.deepEqual(jobs.map(({ title, priority }) => [title, priority]), [['Row 0', 1], ['Row 1', 5], ['Row 2', 10], ['Row 3', 5], ['Row 4', 1]]);
    });

    it('puts them in line: workers take them, urgent ones first, then in their order', async () => {
      const { results } = await bulk(rowsOf(6).map((row, index) => ({ ...row, priority: index < 3 ? 9 : 1 })));
      const ids = results.map(({ job_id }) => job_id as string);
      const begun: string[] = [];
      while (begun.length < ids.length) {
        const rendering = await fake.next();
        if (ids.includes(rendering.jobId)) begun.push(rendering.jobId);
        await rendering.finish();
      }
      // Two at once, so that neighbours may change places.
      const place = (id: string): number => [3, 4, 5, 0, 1, 2].indexOf(ids.indexOf(id));
      begun.forEach((id, index) => assert.ok(Math.abs(place(id) - index) <= 1, `${begun.map(place).join()}`));
    });

    it('in `each` one bad row never stops the rest, and says what is wrong at its place', async () => {
      const user = `bulk-${++users}`;
      const [first, second, third] = rowsOf(3, user);
      const bad = { ...second, video_request: { ...second!.video_request, duration: 0, title: '' } };
      const answer = await bulk([first, null, bad, 'text', { idempotency_key: 'has space' }, third], { mode: 'each' });
      assert.deepEqual(statuses(answer), ['created', 'refused', 'refused', 'refused', 'refused', 'created']);
      assert.deepEqual([answer.created, answer.refused], [2, 4]);
      const errors = answer.results[2]?.errors ?? [];
      assert.deepEqual(errors.map(({ loc, msg, type }) => [loc.join('.'), msg, type]), [
        ['body.jobs.2.video_request.title', 'Fill in the title.', 'string_too_short'],
        ['body.jobs.2.video_request.duration', 'Give the duration in seconds as a whole number from 1 to 3600.', 'greater_than_equal'],
      ]);
      assert.deepEqual(answer.results[1]?.errors?.[0]?.loc, ['body', 'jobs', 1]);
      assert.deepEqual(answer.results[4]?.errors?.map(({ loc }) => loc.slice(3).join('.')), ['video_request', 'idempotency_key']);
      assert.deepEqual(await titles(user), ['Row 0', 'Row 2']);
    });

    it('in `all` one bad row means that none is created', async () => {
      const user = `bulk-${++users}`;
      const rows = rowsOf(3, user);
      const bad = rows.map((row, index) => (index === 1 ? { ...row, priority: 11 } : row));
      const [problem] = refusals(await post(bad, { mode: 'all' }));
      assert.deepEqual(problem, { loc: ['body', 'jobs', 1, 'priority'], msg: 'Give the priority as a whole number from 1 to 10.', type: 'less_than_equal' });
      assert.deepEqual(await titles(user), []);
      // Nor is any key used up.
      assert.deepEqual(statuses(await bulk(rows, { mode: 'all' })), ['created', 'created', 'created']);
    });

    it('in `all` a key of another request means that none is created', async () => {
      const user = `bulk-${++users}`;
      await bulk(rowsOf(1, user));
      const other = rowsOf(3, user, { script_content: 'Other words.' });
      const [problem] = refusals(await post(other, { mode: 'all' }));
      assert.deepEqual(problem?.loc, ['body', 'jobs', 0, 'idempotency_key']);
      assert.equal(problem?.type, 'idempotency_key_reused');
      assert.deepEqual(await titles(user), ['Row 0']);
      assert.deepEqual(statuses(await bulk(other, { mode: 'each' })), ['refused', 'created', 'created']);
    });

    it('never creates a row twice, however the rows are cut into calls', async () => {
      const user = `bulk-${++users}`;
      const rows = rowsOf(30, user);
      const first = await bulk(rows.slice(0, 20));
      const second = await bulk(rows.slice(10, 30));
      assert.deepEqual(statuses(second), [...Array<string>(10).fill('repeated'), ...Array<string>(10).fill('created')]);
      assert.deepEqual(second.results.slice(0, 10).map(({ job_id }) => job_id), first.results.slice(10).map(({ job_id }) => job_id));
      assert.equal((await titles(user)).length, 30);
    });

    it('never creates a row twice when calls with the same rows meet', async () => {
      const user = `bulk-${++users}`;
      const rows = rowsOf(40, user);
      const answers = await Promise.all([bulk(rows), bulk([...rows].reverse()), bulk(rows.slice(20)), bulk(rows.slice(0, 25))]);
      assert.equal(answers.reduce((sum, { created }) => sum + created, 0), 40);
      assert.equal((await titles(user)).length, 40);
    });

    it('takes a key for the one of a single request', async () => {
      const user = `bulk-${++users}`;
      const [row] = rowsOf(1, user);
      const single = await test.ask('POST', '/api/v1/jobs/', { video_request: row?.video_request, priority: null }, { 'idempotency-key': 'k0' });
      const answer = await bulk([row]);
      assert.deepEqual(answer.results[0], { index: 0, status: 'repeated', job_id: single.body.job_id, estimated_duration: single.body.estimated_duration });
      assert.equal((await test.ask('POST', '/api/v1/jobs/', { video_request: row?.video_request }, { 'idempotency-key': 'k0' })).body.job_id, single.body.job_id);
    });

    it('takes the same key twice in one call for one row, and for a mistake when the rows differ', async () => {
      const user = `bulk-${++users}`;
      const [row] = rowsOf(1, user);
      const other = { ...row, video_request: { ...row?.video_request, title: 'Other' } };
      const answer = await bulk([row, row, other]);
      assert.deepEqual(statuses(answer), ['created', 'repeated', 'refused']);
      assert.equal(answer.results[1]?.job_id, answer.results[0]?.job_id);
      assert.deepEqual(await titles(user), ['Row 0']);
    });

    it('keys are a user\'s own, and rows without one are always new', async () => {
      const rows = [...rowsOf(1), ...rowsOf(1), ...rowsOf(2).map((row) => ({ ...row, idempotency_key: undefined }))];
      assert.equal((await bulk(rows)).created, 4);
      assert.deepEqual(statuses(await bulk(rows)), ['repeated', 'repeated', 'created', 'created']);
    });

    it('gives the first answer again for the same call with the same Idempotency-Key', async () => {
      const user = `bulk-${++users}`;
      const rows = [...rowsOf(3, user).map((row) => ({ ...row, idempotency_key: undefined })), null];
      const headers = { 'idempotency-key': 'call-1' };
      const [first, second] = await Promise.all([bulk(rows, {}, headers), bulk(rows, {}, headers)]);
      assert.deepEqual(statuses(first), ['created', 'created', 'created', 'refused']);
      assert.deepEqual(second, first);
      assert.deepEqual(await bulk(rows, {}, headers), first);
      assert.equal((await titles(user)).length, 3);
      const [problem] = refusals(await post(rows.slice(1), {}, headers));
      assert.deepEqual([problem?.loc, problem?.type], [['header', 'idempotency-key'], 'idempotency_key_reused']);
      assert.equal((await titles(user)).length, 3);
    });

    it('knows keys for 24 hours and not for longer', async () => {
      const user = `bulk-${++users}`;
      const rows = rowsOf(2, user);
      const headers = { 'idempotency-key': 'call-2' };
      const single = () => test.ask('POST', '/api/v1/jobs/', { video_request: { ...videoRequest, user_id: user } }, { 'idempotency-key': 'single' });
      const [first, job] = [await bulk(rows, {}, headers), await single()];
      clock.forward(24 * HOUR - 60_000);
      assert.deepEqual(await bulk(rows, {}, headers), first);
      assert.deepEqual(statuses(await bulk(rows)), ['repeated', 'repeated']);
      assert.deepEqual((await single()).body, job.body);
      clock.forward(120_000);
      assert.notEqual((await single()).body.job_id, job.body.job_id);
      assert.deepEqual(statuses(await bulk(rows, {}, headers)), ['created', 'created']);
      await test.service.cleanUp();
      assert.deepEqual(statuses(await bulk(rows)), ['repeated', 'repeated'], 'the clean-up keeps what still counts');
    });

    it('refuses a call that is wrong as a whole', async () => {
      const wrong: [unknown, string][] = [
        [{ jobs: [] }, 'body.jobs'],
        [{ jobs: rowsOf(501) }, 'body.jobs'],
        [{ jobs: {} }, 'body.jobs'],
        [{}, 'body.jobs'],
        [{ jobs: rowsOf(1), mode: 'some' }, 'body.mode'],
        [[], 'body'],
      ];
      for (const [body, loc] of wrong) {
        const [problem] = refusals(await test.ask('POST', '/api/v1/jobs/bulk', body));
        assert.equal(problem?.loc.join('.'), loc);
        assert.match(problem?.msg ?? '', /^[A-Z].*\.$/);
      }
      assert.equal((await post(rowsOf(1), {}, { 'idempotency-key': 'has space' })).status, 422);
    });

    it('undoes everything when the database fails in the middle', async () => {
      const user = `bulk-${++users}`;
      await test.service.db.query(`ALTER TABLE job_service.idempotency_keys ADD CONSTRAINT broken CHECK (response = 'null') NOT VALID`);
      try {
        assert.equal((await post(rowsOf(5, user))).status, 500);
      } finally {
        await test.service.db.query('ALTER TABLE job_service.idempotency_keys DROP CONSTRAINT broken');
      }
      assert.deepEqual(await titles(user), []);
      assert.equal((await bulk(rowsOf(5, user))).created, 5);
    });

    it('creates 500 with well under a second of work', async () => {
      const rows = rowsOf(500, `bulk-${++users}`, { script_content: 'Some sentence of a script. '.repeat(30) });
      await bulk(rowsOf(100));
      const work = process.cpuUsage();
      assert.equal((await bulk(rows)).created, 500);
      const { user, system } = process.cpuUsage(work);
      assert.ok((user + system) / 1000 < 800, `it took ${(user + system) / 1000} ms`);
    });
  });
}
