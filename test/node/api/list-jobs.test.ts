import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JobClient } from '../../../src/api/job-client.ts';
import { findJobs } from '../../../src/api/list-jobs.ts';
import { oneLess, oneMore, pagedBackend, PAGED_IDS } from '../../support/paged-backend.ts';

describe('a page of several answers', () => {
  const read = async ({ fetch }: { fetch: typeof globalThis.fetch }): Promise<string[]> => {
    const client = new JobClient({ baseUrl: 'http://backend', fetch });
    return (await findJobs(client, { userId: 'ann', pageSize: 300 })).jobs.map(({ id }) => id);
  };

  for (const [what, before] of [['made', oneMore], ['removed', oneLess]] as const) {
    it(`goes on where the answer before ended, where the backend says where that is, while jobs are ${what}`, async () => {
      const backend = pagedBackend({ cursors: () => 'knows', before });
      assert.deepEqual(await read(backend), PAGED_IDS);
      assert.deepEqual(backend.asked(), ['page 1', 'after 99', 'after 199']);
    });
  }

  it('goes by page numbers on a backend that knows no cursors', async () => {
    const backend = pagedBackend({ before: oneMore });
    assert.equal((await read(backend)).length, 250);
    assert.deepEqual(backend.asked(), ['page 1', 'page 2', 'page 3']);
  });

  for (const does of ['none', 'refuses', 'tells but ignores'] as const) {
    it(`goes by page numbers when the backend gives a cursor and then: ${does}`, async () => {
      const backend = pagedBackend({ cursors: (request) => (request === 1 ? 'knows' : does), before: oneMore });
      assert.equal(new Set(await read(backend)).size, 250);
      assert.deepEqual(backend.asked(), ['page 1', 'after 99', 'page 2', 'page 3']);
    });
  }

  it('skips nothing on a backend that gives fewer at once than it is asked for', async () => {
    const client = new JobClient({ baseUrl: 'http://backend', fetch: pagedBackend({ most: 60 }).fetch });
    const pages = [await findJobs(client, { userId: 'ann', pageSize: 300 }), await findJobs(client, { userId: 'ann', page: 2, pageSize: 300 })];
    assert.deepEqual(pages.flatMap(({ jobs }) => jobs.map(({ id }) => id)), PAGED_IDS);
  });

  it('ends where the backend says that nothing follows, however full the answer is', async () => {
    const backend = pagedBackend({ cursors: () => 'knows', before: (jobs) => void jobs.splice(200) });
    assert.equal((await read(backend)).length, 200);
    assert.deepEqual(backend.asked(), ['page 1', 'after 99']);
  });
});
