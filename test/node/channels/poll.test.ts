import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PollChannel } from '../../../src/channels/poll.ts';
import { Scheduler } from '../../../src/channels/scheduler.ts';
import { JobApiError } from '../../../src/core/errors.ts';
import type { Job } from '../../../src/core/job.ts';
import { readJob } from '../../../src/core/read-job.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakePage } from '../store/fake-page.ts';

function setUp(answer: (id: string) => unknown = (id) => ({ job_id: id, status: 'processing' })) {
  const clock = new FakeClock();
  const { visibility, connectivity } = new FakePage();
  const asked: string[] = [];
  const heard: string[] = [];
  const channel = new PollChannel(
    new Scheduler({ clock, visibility, connectivity, interval: 3_000 }),
    { onJob: (job) => heard.push(job.id), onError: (id, { code }) => heard.push(`${id} ${code}`) },
    async (id) => {
      asked.push(id);
      const job = readJob(answer(id));
      if (!job) throw new JobApiError({ code: 'malformed', message: '', retryAfter: 60_000 });
      return job;
    },
  );
  return { clock, asked, heard, channel };
}

describe('the poll channel', () => {
  it('asks for each watched job, once per round however often it was told to', async () => {
    const { clock, asked, channel } = setUp();
    channel.watch('a');
    channel.watch('a');
    channel.watch('b');
    await clock.advance(3_000);
    assert.deepEqual(asked, ['a', 'b', 'a', 'b']);
    channel.unwatch('a');
    await clock.advance(3_000);
    assert.deepEqual(asked.slice(4), ['b']);
    channel.close();
    assert.equal(clock.pending, 0);
  });

  it('remembers nothing of a job that is not watched any more', async () => {
    let answer: unknown = 'no job';
    const { clock, asked, channel } = setUp(() => answer);
    channel.watch('a');
    await clock.advance(1_000);
    const before = asked.length;
    channel.unwatch('a');
    answer = { status: 'pending' };
    channel.watch('a');
    assert.equal(asked.length, before + 1);
    channel.close();
  });

  it('reads a job that nobody watches, once', async () => {
    const { clock, asked, heard, channel } = setUp();
    await channel.refresh('a');
    assert.deepEqual(heard, ['a']);
    await clock.advance(60_000);
    assert.deepEqual(asked, ['a']);
  });

  it('reports an answer under the id that was asked for', async () => {
    const { heard, channel } = setUp(() => ({ job_id: 'SOMETHING-ELSE', status: 'pending' }));
    await channel.refresh('a');
    assert.deepEqual(heard, ['a']);
  });

  it('settles also when it fails, and says which job it was', async () => {
    const { heard, channel } = setUp(() => 'no job');
    await channel.refresh('a');
    assert.deepEqual(heard, ['a malformed']);
  });

  it('rests while changes come by themselves, and asks at once when they no longer do', async () => {
    const { clock, asked, channel } = setUp();
    channel.watch('a');
    await clock.flush();
    channel.rest('a', true);
    await clock.advance(59_000);
    assert.equal(asked.length, 1);
    await clock.advance(1_500);
    assert.equal(asked.length, 2);
    channel.rest('a', false);
    assert.equal(asked.length, 3);
    channel.close();
  });

  it('need not ask for what was learnt elsewhere', async () => {
    const { clock, asked, channel } = setUp();
    channel.watch('a');
    for (let i = 0; i < 10; i++) {
      await clock.advance(1_000);
      channel.heard(readJob({ job_id: 'a', status: 'processing' }) as Job);
    }
    assert.equal(asked.length, 1);
    await clock.advance(3_000);
    assert.equal(asked.length, 2);
  });
});
