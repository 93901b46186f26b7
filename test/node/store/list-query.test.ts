import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Job } from '../../../src/core/job.ts';
import { readJob } from '../../../src/core/read-job.ts';
import { countJobs, pageBefore, selectJobs } from '../../../src/store/list-query.ts';

const job = (fields: object): Job => readJob({ progress: 0, ...fields }) as Job;
const jobs = [
  job({ job_id: 'a', status: 'success', title: 'Bees dance', created_at: '2026-01-03T00:00:00Z', duration: 30 }),
  job({ job_id: 'b', status: 'failure', title: 'Rivers', error: 'No voice', created_at: '2026-01-02T00:00:00Z', duration: 5 }),
  job({ job_id: 'c', status: 'polishing', progress_message: 'Voice of bees', created_at: '2026-01-01T00:00:00Z' }),
  job({ job_id: 'd', status: 'pending', title: 'ÄPFEL 100%' }),
];
const found = (query: object): string => selectJobs(jobs, { userId: 'u', ...query }).map(({ id }) => id).join('');

describe('a filter in the browser', () => {
  it('wants every word somewhere: title, id, error of a failed job, step of an unfinished one', () => {
    assert.equal(found({ q: 'bees' }), 'ac');
    assert.equal(found({ q: 'BEES  dance' }), 'a');
    assert.equal(found({ q: 'voice' }), 'bc');
    assert.equal(found({ q: 'äpfel 100%' }), 'd');
    assert.equal(found({ q: 'zebra' }), '');
  });

  it('takes a status that nobody documented for one in progress', () => {
    assert.equal(found({ status: ['processing'] }), 'c');
    assert.equal(found({ status: ['success', 'failure'] }), 'ab');
  });

  it('counts the first moment in and the last one out, and leaves out what has no time', () => {
    assert.equal(found({ createdAfter: '2026-01-02T00:00:00Z' }), 'ab');
    assert.equal(found({ createdBefore: '2026-01-02T00:00:00Z' }), 'c');
  });

  it('counts statuses as if none were asked for', () => {
    assert.deepEqual(countJobs(jobs, { userId: 'u', q: 'e', status: ['success'] }), { success: 1, failure: 1, polishing: 1, pending: 1 });
  });
});

describe('an order in the browser', () => {
  it('is newest first unless another is asked for', () => assert.equal(found({}), 'abcd'));
  it('puts what has no value last, in both directions', () => {
    assert.equal(found({ sort: 'duration', order: 'asc' }), 'bacd');
    assert.equal(found({ sort: 'duration', order: 'desc' }), 'abcd');
    assert.equal(found({ sort: 'title', order: 'asc' }), 'dabc');
  });
  it('goes by the order of a life for statuses', () => assert.equal(found({ sort: 'status', order: 'asc' }), 'dcab'));
  it('takes an order that nobody knows for the usual one', () => assert.equal(found({ sort: 'colour' }), 'abcd'));
});

describe('the way back from an empty page', () => {
  it('leads to the last page by the count, else to the last one seen, else halfway', () => {
    assert.equal(pageBefore(9, { total: 12, pageSize: 5, lastFull: null }), 3);
    assert.equal(pageBefore(9, { total: 0, pageSize: 5, lastFull: 8 }), 8);
    assert.equal(pageBefore(9, { total: 500, pageSize: 5, lastFull: null }), 4);
    assert.equal(pageBefore(2, { total: 0, pageSize: 5, lastFull: null }), 1);
  });
});
