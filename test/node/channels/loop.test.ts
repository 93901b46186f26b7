import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Loop } from '../../../src/channels/loop.ts';
import { Scheduler } from '../../../src/channels/scheduler.ts';
import { JobApiError } from '../../../src/core/errors.ts';
import type { JobErrorCode } from '../../../src/core/errors.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakePage } from '../store/fake-page.ts';

interface Question {
  answer(text: string): void;
  refuse(code: JobErrorCode, retryAfter?: number): void;
  signal: AbortSignal;
}

/** Loops whose questions wait until the test answers them. */
function setUp({ random = 0.5, parallel = 6, interval = 3_000 } = {}) {
  const clock = new FakeClock();
  const page = new FakePage();
  const { visibility, connectivity } = page;
  const scheduler = new Scheduler({ clock, visibility, connectivity, interval, parallel, random: () => random });
  const questions: Question[] = [];
  const heard: string[] = [];
  const loop = (name = ''): Loop<string> =>
    scheduler.loop<string>({
      ask: (signal) =>
        new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => reject(new JobApiError({ code: 'aborted', message: '' })));
          questions.push({
            signal,
            answer: resolve,
            refuse: (code, retryAfter) => reject(new JobApiError({ code, message: '', retryAfter })),
          });
        }),
      onAnswer: (answer, late) => heard.push(`${name}${answer}${late ? ' late' : ''}`),
      onError: ({ code }) => heard.push(`${name}${code}`),
    });
  /** How long until the next question, by the clock; `null` when none comes within two hours. */
  async function pause(): Promise<number | null> {
    const [count, start] = [questions.length, clock.now()];
    while (questions.length === count && clock.now() - start < 7_200_000) {
      if (clock.next === null) return null;
      await clock.advance(clock.next);
    }
    return questions.length > count ? clock.now() - start : null;
  }
  async function answer(text = 'ok', index = questions.length - 1) {
    questions[index]?.answer(text);
    await clock.flush();
  }
  async function refuse(code: JobErrorCode, retryAfter?: number) {
    questions.at(-1)?.refuse(code, retryAfter);
    await clock.flush();
  }
  return { clock, page, scheduler, questions, heard, loop, pause, answer, refuse };
}

describe('a loop', () => {
  it('asks at once, and again a pause after the answer came', async () => {
    const { clock, questions, loop, pause, answer } = setUp();
    loop().start();
    assert.equal(questions.length, 1);
    await clock.advance(10_000);
    assert.equal(questions.length, 1);
    await answer();
    assert.equal(await pause(), 3_000);
  });

  it('takes over a changed interval with the next pause', async () => {
    const { scheduler, loop, pause, answer } = setUp();
    loop().start();
    scheduler.wanted = 500;
    await answer();
    assert.equal(await pause(), 500);
  });

  it('shares a call under way, unless a fresh one is asked for', async () => {
    const { questions, heard, loop, answer } = setUp();
    const one = loop();
    one.start();
    const shared = [one.refresh(), one.refresh()];
    assert.equal(questions.length, 1);
    const fresh = one.refresh(true);
    assert.equal(questions.length, 2);
    await answer('new', 1);
    await fresh;
    await answer('old', 0);
    await Promise.all(shared);
    assert.deepEqual(heard, ['new', 'old late']);
  });

  it('does not report the failure of a call when a later one was answered', async () => {
    const { questions, heard, loop, answer, clock } = setUp();
    const one = loop();
    one.start();
    void one.refresh(true);
    await answer('new', 1);
    questions[0]?.refuse('server');
    await clock.flush();
    assert.deepEqual(heard, ['new']);
  });

  it('does not ask in a hidden page, and asks at once when it is shown', async () => {
    const { page, questions, loop, pause, answer, clock } = setUp();
    page.hide();
    loop().start();
    assert.equal(await pause(), null);
    page.show();
    assert.equal(questions.length, 1);
    await answer();
    await clock.advance(1_000);
    page.hide();
    assert.equal(await pause(), null);
    assert.equal(clock.pending, 0);
    page.show();
    assert.equal(questions.length, 2);
  });

  it('answers who asks explicitly in a hidden page too', async () => {
    const { page, heard, loop, answer } = setUp();
    page.hide();
    const asked = loop().refresh();
    await answer();
    await asked;
    assert.deepEqual(heard, ['ok']);
  });

  it('does not ask twice when it is woken while it asks', async () => {
    const { page, questions, loop } = setUp();
    loop().start();
    page.hide();
    page.show();
    assert.equal(questions.length, 1);
  });

  it('takes its question back when it is stopped, and asks anew when started right after', async () => {
    const { questions, heard, loop, answer, clock } = setUp();
    const one = loop();
    one.start();
    one.stop();
    assert.ok(questions[0]?.signal.aborted);
    assert.ok(one.idle);
    one.start();
    assert.equal(questions.length, 2);
    await answer();
    assert.deepEqual(heard, ['ok']);
    one.stop();
    assert.equal(clock.pending, 0);
  });

  it('does not take back what somebody waits for, until it is closed', async () => {
    const { questions, heard, loop, answer } = setUp();
    const one = loop();
    one.start();
    const asked = one.refresh();
    one.stop();
    assert.equal(one.idle, false);
    await answer();
    await asked;
    assert.deepEqual(heard, ['ok']);
    const last = one.refresh();
    one.close();
    await last;
    assert.ok(questions[1]?.signal.aborted);
    assert.deepEqual(heard, ['ok']);
  });

  it('listens to the page only while it runs', () => {
    const { page, loop } = setUp();
    const [one, two] = [loop(), loop()];
    assert.equal(page.listeners, 0);
    one.start();
    two.start();
    assert.equal(page.listeners, 2);
    one.stop();
    two.stop();
    assert.equal(page.listeners, 0);
  });
});

describe('after an error, a loop', () => {
  it('waits longer each time, up to 30 s, at random below the bound, and never gives up', async () => {
    const { loop, pause, refuse } = setUp({ random: 0.5 });
    loop().start();
    const pauses: (number | null)[] = [];
    for (let i = 0; i < 40; i++) {
      await refuse('server');
      pauses.push(await pause());
    }
    assert.deepEqual(pauses.slice(0, 6), [1_500, 3_000, 6_000, 12_000, 15_000, 15_000]);
    assert.equal(pauses.at(-1), 15_000);
  });

  it('starts over with the bound after a good answer', async () => {
    const { loop, pause, refuse, answer } = setUp();
    loop().start();
    for (let i = 0; i < 5; i++) {
      await refuse('network');
      await pause();
    }
    await answer();
    await pause();
    await refuse('network');
    assert.equal(await pause(), 1_500);
  });

  it('waits as long as the server asks, even when it is woken, but no longer than an hour', async () => {
    const { page, questions, loop, pause, refuse, clock } = setUp();
    loop().start();
    await refuse('rate-limited', 20_000);
    await clock.advance(5_000);
    page.hide();
    page.show();
    page.disconnect();
    page.connect();
    assert.equal(questions.length, 1);
    // Half of the spread, by which those who were sent away come back one by one: whoever looks at the page meanwhile keeps it.
    assert.equal(await pause(), 15_000 + 5_000);
    await refuse('unavailable', 1e12);
    assert.equal(await pause(), 3_600_000 + 10_000);
  });

  it('lets who asks explicitly through, and goes on as usual when that was answered', async () => {
    const { questions, loop, refuse, answer, pause } = setUp();
    const one = loop();
    one.start();
    await refuse('rate-limited', 20_000);
    void one.refresh();
    assert.equal(questions.length, 2);
    await answer();
    assert.equal(await pause(), 3_000);
  });

  for (const code of ['not-found', 'unauthorized', 'forbidden', 'offline'] as const) {
    it(`asks slowly after ${code}, so that it heals`, async () => {
      const { loop, pause, refuse, answer } = setUp();
      loop().start();
      for (let i = 0; i < 3; i++) {
        await refuse(code);
        assert.equal(await pause(), 30_000);
      }
      await answer();
      assert.equal(await pause(), 3_000);
    });
  }

  it('asks at once when the network goes or comes back', async () => {
    const { page, questions, loop, answer, refuse } = setUp();
    loop().start();
    await answer();
    page.disconnect();
    assert.equal(questions.length, 2);
    await refuse('offline');
    page.connect();
    assert.equal(questions.length, 3);
  });

  it('wakes when the page comes back, without waiting out the backoff', async () => {
    const { page, questions, loop, refuse } = setUp();
    loop().start();
    await refuse('server');
    page.hide();
    page.show();
    assert.equal(questions.length, 2);
  });
});

describe('many loops', () => {
  it('ask together, however slowly they were answered, with one timer', async () => {
    const { clock, questions, loop, answer } = setUp();
    const loops = Array.from({ length: 5 }, () => loop());
    for (const one of loops) one.start();
    for (const [index] of loops.entries()) {
      await clock.advance(250);
      await answer('ok', index);
    }
    assert.equal(clock.pending, 2, 'one for all, and the one that looks at the clock');
    await clock.advance(3_000 - 5 * 250 - 1);
    assert.equal(questions.length, 5);
    await clock.advance(1);
    assert.equal(questions.length, 10);
    for (const one of loops) one.close();
    assert.equal(clock.pending, 0);
  });

  it('ask no more than so many at once, in the order they came', async () => {
    const { questions, heard, loop, answer } = setUp({ parallel: 2 });
    for (const name of ['a', 'b', 'c', 'd']) loop(name).start();
    assert.equal(questions.length, 2);
    await answer(' 1', 1);
    assert.equal(questions.length, 3);
    await answer(' 2', 0);
    await answer(' 3', 2);
    await answer(' 4', 3);
    assert.deepEqual(heard, ['b 1', 'a 2', 'c 3', 'd 4']);
  });

  it('that stand in the queue when the page is hidden do not ask any more', async () => {
    const { page, questions, loop, answer } = setUp({ parallel: 1 });
    loop().start();
    loop().start();
    page.hide();
    await answer();
    assert.equal(questions.length, 1);
    page.show();
    assert.equal(questions.length, 2);
  });

  it('leave the queue when they are stopped', async () => {
    const { questions, heard, loop, answer } = setUp({ parallel: 1 });
    const [one, two, three] = [loop('a'), loop('b'), loop('c')];
    one.start();
    two.start();
    three.start();
    two.stop();
    await answer();
    assert.equal(questions.length, 2);
    await answer();
    assert.deepEqual(heard, ['aok', 'cok']);
  });
});
