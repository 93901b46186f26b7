import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as Events from '../../../src/events/events.ts';
import { readJob } from '../../../src/core/read-job.ts';
import type { Job } from '../../../src/core/job.ts';

const SOURCE = new URL('../../../src/events/events.ts', import.meta.url).href;
/** Another copy of the module for each name, as a second bundle has it. */
const copy = (name: string): Promise<typeof Events> => import(`${SOURCE}?${name}`);

describe('the end of a job', () => {
  it('bubbles from the first element that tells of it, and from no other, whichever copy of the module each has', async () => {
    const copies = await Promise.all(['one', 'two'].map(copy));
    assert.notEqual(copies[0]?.dispatchJobEnd, copies[1]?.dispatchJobEnd);
    const job = readJob({ job_id: 'a', status: 'success' }) as Job;
    const heard: [string, boolean][] = [];
    for (const { dispatchJobEnd } of copies) {
      const element = new EventTarget();
      for (const name of ['job-end', 'job-success']) element.addEventListener(name, ({ type, bubbles }) => heard.push([type, bubbles]));
      dispatchJobEnd(element, job);
    }
    assert.deepEqual(heard, [['job-end', true], ['job-success', true], ['job-end', false], ['job-success', false]]);
  });
});
