import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JobClient } from '../../../src/api/job-client.ts';
import { findJobs } from '../../../src/api/list-jobs.ts';

const jobs = Array.from({ length: 250 }, (_, index) => ({ job_id: `job-${index}`, status: 'success', progress: 1 }));

/** A backend whose user gets one job more before each answer; it knows cursors as long as `knows` says. */
function growing(knows: (request: number) => boolean) {
  const asked: URLSearchParams[] = [];
  const all = [...jobs];
  const answer = (async (input: Request | string | URL) => {
    const query = new URL(input instanceof Request ? input.url : input).searchParams;
    asked.push(query);
    const cursors = knows(asked.length);
    if (asked.length > 1) all.unshift({ ...jobs[0]!, job_id: `new-${asked.length}` });
    const after = cursors ? query.get('after') : null;
    const from = after ? all.findIndex(({ job_id }) => job_id === after) + 1 : (Number(query.get('page') ?? 1) - 1) * 100;
    const page = all.slice(from, from + 100);
    const next = cursors ? { next: from + 100 < all.length ? page.at(-1)!.job_id : null } : {};
    return Response.json({ jobs: page, total: all.length, page: 1, page_size: 100, ...next });
  }) as typeof fetch;
  return { asked, client: new JobClient({ baseUrl: 'http://backend', fetch: answer }) };
}

describe('a page of several answers', () => {
  const read = async (client: JobClient) => (await findJobs(client, { userId: 'ann', pageSize: 300 })).jobs.map(({ id }) => id);

  it('goes on where the answer before ended, where the backend says where that is', async () => {
    const { client, asked } = growing(() => true);
    assert.deepEqual(await read(client), jobs.map(({ job_id }) => job_id));
    assert.deepEqual(asked.map((query) => [query.get('page'), query.get('after')]), [['1', null], [null, 'job-99'], [null, 'job-199']]);
  });

  it('goes by page numbers on a backend that knows no cursors', async () => {
    const { client, asked } = growing(() => false);
    assert.equal((await read(client)).length, 250);
    assert.deepEqual(asked.map((query) => [query.get('page'), query.get('after')]), [['1', null], ['2', null], ['3', null]]);
  });

  it('goes by page numbers when the backend forgets in between what a cursor is', async () => {
    const { client, asked } = growing((request) => request === 1);
    assert.equal(new Set(await read(client)).size, 250);
    assert.deepEqual(asked.map((query) => [query.get('page'), query.get('after')]), [['1', null], [null, 'job-99'], ['2', null], ['3', null]]);
  });
});
