import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JobClient } from '../../../src/api/job-client.ts';
import { findLost } from '../../../src/elements/job-create-form/bulk/run/find-lost.ts';
import type { RowMark, StoredRun } from '../../../src/elements/job-create-form/bulk/run/rows.ts';
import { oneLess, oneMore, pagedBackend } from '../../support/paged-backend.ts';
import { request } from '../store/world.ts';

const HOUR = 3_600_000;

/** A list with a row of each of these scripts, all of them lost unless `marks` say otherwise. */
function runOf(scripts: readonly string[], marks: readonly Partial<RowMark>[] = []): StoredRun {
  return {
    id: 'list',
    name: '',
    startedAt: 10 * HOUR,
    rows: scripts.map((script_id, index) => ({ line: index + 1, title: '', request: { ...request, video_request: { ...request.video_request, script_id } } })),
    marks: scripts.map((_, index) => ({ state: 'unknown', ...marks[index] })),
    left: [],
  };
}

const find = async ({ fetch }: { fetch: typeof globalThis.fetch }, run: StoredRun) => Object.fromEntries(await findLost(new JobClient({ baseUrl: 'http://backend', fetch }), 'ann', run));

describe('looking for lost rows among the jobs of the user', () => {
  for (const [what, before] of [['made', oneMore], ['removed', oneLess]] as const) {
    it(`goes along by the cursors that the backend gives, and misses nothing while jobs are ${what}`, async () => {
      const backend = pagedBackend({ cursors: () => 'knows', before });
      assert.deepEqual(await find(backend, runOf(['script-100', 'script-249', 'elsewhere'])), { 0: 'job-100', 1: 'job-249' });
      assert.deepEqual(backend.asked(), ['page 1', 'after 99', 'after 199']);
    });
  }

  it('goes by page numbers on a backend that knows no cursors', async () => {
    const backend = pagedBackend({ before: oneMore });
    assert.deepEqual(await find(backend, runOf(['script-100', 'script-249'])), { 0: 'job-100', 1: 'job-249' });
    assert.deepEqual(backend.asked(), ['page 1', 'page 2', 'page 3']);
  });

  for (const does of ['none', 'refuses', 'tells but ignores'] as const) {
    it(`goes by page numbers when the backend gives a cursor and then: ${does}`, async () => {
      const backend = pagedBackend({ cursors: (number) => (number === 1 ? 'knows' : does) });
      assert.deepEqual(await find(backend, runOf(['script-100', 'script-249'])), { 0: 'job-100', 1: 'job-249' });
      assert.deepEqual(backend.asked(), ['page 1', 'after 99', 'page 2', 'page 3']);
    });
  }

  it('ends where the backend says that nothing follows', async () => {
    const backend = pagedBackend({ cursors: () => 'knows', before: (jobs) => void jobs.splice(200) });
    assert.deepEqual(await find(backend, runOf(['script-249'])), {});
    assert.deepEqual(backend.asked(), ['page 1', 'after 99']);
  });

  it('ends at jobs that are older than what was sent, clocks apart', async () => {
    const at = (ms: number) => ({ created_at: new Date(10 * HOUR + ms).toISOString() });
    const older = (ms: number) => pagedBackend({ before: (jobs) => void jobs.forEach((job) => Object.assign(job, at(ms))) });
    for (const [ms, pages] of [[-299_000, 3], [-301_000, 1]] as const) {
      const backend = older(ms);
      await find(backend, runOf(['script-249']));
      assert.equal(backend.asked().length, pages, `${ms} ms`);
    }
    const sent = older(-301_000);
    assert.deepEqual(await find(sent, runOf(['script-249'], [{ sentAt: 9 * HOUR }])), { 0: 'job-249' }, 'the row was sent earlier');
  });

  it('ends soon where the backend does not tell scripts', async () => {
    const backend = pagedBackend({ before: (jobs) => jobs.forEach((job) => delete job.script_id) });
    assert.deepEqual(await find(backend, runOf(['script-0'])), {});
    assert.deepEqual(backend.asked(), ['page 1']);
  });

  it('is not stopped by an entry that is no job', async () => {
    const backend = pagedBackend({ before: (jobs) => void (jobs[7] = { nonsense: true }) });
    assert.deepEqual(await find(backend, runOf(['script-249'])), { 0: 'job-249' });
  });

  it('asks for nothing when no row is lost', async () => {
    const backend = pagedBackend();
    assert.deepEqual(await find(backend, runOf(['script-0'], [{ state: 'created', jobId: 'job-0' }])), {});
    assert.deepEqual(backend.asked(), []);
  });

  it('leaves open what nobody can say: two rows or two jobs of one script; and takes no job of another row', async () => {
    const backend = pagedBackend({ before: (jobs) => void Object.assign(jobs[240]!, { script_id: 'script-5' }) });
    const run = runOf(['script-3', 'script-3', 'script-5', 'script-7', 'script-8'], [{}, {}, {}, { state: 'created', jobId: 'job-8' }]);
    assert.deepEqual(await find(backend, run), {});
  });
});
