import { expect } from '@open-wc/testing';
import type { JobStatus } from '../../src/elements/job-status/job-status.ts';
import { dispatchJobEnd } from '../../src/events/events.ts';
import { BROKEN_JSON, HTML_ERROR } from '../double/faults.ts';
import type { Fault } from '../double/faults.ts';
import { clearPage, show, visibleText } from '../scenarios/page.ts';
import type { Shown } from '../scenarios/page.ts';

// What the store loads later comes in real time, which these tests do not wait for.
await import('../../src/channels/more.ts');

const HOUR = 3_600_000;

const FAULTS: readonly { name: string; fault: Fault; says: string }[] = [
  { name: 'a lost connection', fault: { kind: 'network' }, says: 'Connection lost. Trying again…' },
  { name: 'no answer in time', fault: { kind: 'hang' }, says: 'The server took too long to answer.' },
  { name: 'half of an answer', fault: { kind: 'cut' }, says: 'The answer of the server broke off.' },
  { name: 'a server that fails', fault: { status: 500 }, says: 'The server had a problem.' },
  { name: 'a server that is away', fault: { status: 503 }, says: 'The service is not available right now.' },
  { name: 'malformed JSON', fault: BROKEN_JSON, says: 'The answer of the server could not be read.' },
  { name: "a proxy's page", fault: HTML_ERROR, says: 'The server had a problem.' },
  { name: "a proxy's page that says 200", fault: { status: 200, body: '<b>success</b>' }, says: 'A web page came in place of an answer. This network may want you to sign in.' },
  { name: '401', fault: { status: 401 }, says: 'You need to sign in.' },
  { name: '403', fault: { status: 403 }, says: 'You are not allowed to do this.' },
  { name: '404', fault: { status: 404 }, says: 'It does not exist, or it has expired.' },
  { name: '429', fault: { status: 429, retryAfter: 20 }, says: 'Too many requests. Please wait a moment.' },
];

/** The names of the ends that reach the page from now on. */
function ends(target: EventTarget = document): string[] {
  const seen: string[] = [];
  for (const name of ['job-success', 'job-failure', 'job-cancelled'] as const) target.addEventListener(name, () => seen.push(name));
  return seen;
}

const isFinal = ({ element }: Shown): boolean => ['success', 'failure', 'cancelled'].some((state) => element.matches(`:state(${state})`));

/** Time passes in small steps, as it does; the widget is looked at after each. */
async function pass(shown: Shown, ms: number, look: () => void = () => undefined): Promise<void> {
  for (let left = ms; left > 0; left -= 5_000) {
    await shown.advance(Math.min(5_000, left));
    look();
  }
}

describe('job-status, when something goes wrong', () => {
  afterEach(clearPage);

  for (const { name, fault, says } of FAULTS) {
    it(`${name}: says so, keeps what it knows, tells no end, and heals by itself`, async () => {
      const shown = await show('processing');
      const heard = ends();
      shown.world.double.fault({ ...fault, times: Infinity });
      await pass(shown, 60_000, () => {
        expect(isFinal(shown), 'a false end').to.equal(false);
        expect(visibleText(shown.element)).to.contain('64%');
      });
      const note = shown.part('connection')!.textContent!;
      expect(note).to.contain(says);
      expect(note).to.contain('As of');
      expect(shown.element.matches(':state(stale)')).to.equal(true);
      expect(shown.root.querySelector('b, script'), 'markup from the wire').to.equal(null);
      expect(heard).to.deep.equal([]);

      shown.world.double.clearFaults();
      shown.world.double.progress(shown.id, 0.8);
      await pass(shown, 65_000);
      expect(shown.has('connection')).to.equal(false);
      expect(visibleText(shown.element)).to.contain('80%');
      shown.world.double.finish(shown.id);
      await pass(shown, 30_000);
      expect(isFinal(shown)).to.equal(true);
      expect(heard).to.deep.equal(['job-success']);
    });
  }

  it('before anything is known, each refusal has its own face, and the job comes when it may', async () => {
    const faces: [Fault, string, string][] = [
      [{ kind: 'network' }, 'unreachable', 'The server did not answer.'],
      [{ status: 500 }, 'unreachable', 'The server had a problem.'],
      [{ status: 401 }, 'unauthorized', 'Sign in to see this job.'],
      [{ status: 403 }, 'forbidden', 'You are not allowed to see this job.'],
      [{ status: 404 }, 'not-found', 'This job does not exist, or it has expired.'],
      [{ status: 429 }, 'unreachable', 'Too many requests.'],
      [BROKEN_JSON, 'unreachable', 'The answer of the server could not be read.'],
      [HTML_ERROR, 'unreachable', 'The server had a problem.'],
    ];
    for (const [fault, state, says] of faces) {
      const shown = await show('processing', {}, { arrive: false });
      shown.world.double.fault({ ...fault, times: Infinity });
      await pass(shown, 10_000);
      // The first answer was given before the fault came: another widget of another page has none.
      const fresh = document.createElement('job-status');
      fresh.jobId = shown.world.double.add({ status: 'failure', error: 'No disk' });
      shown.provider.append(fresh);
      const heard = ends(fresh);
      await pass(shown, 5_000);
      await fresh.updateComplete;
      expect(fresh.matches(`:state(${state})`), state).to.equal(true);
      expect(visibleText(fresh), state).to.contain(says);
      shown.world.double.clearFaults();
      await pass(shown, 65_000);
      await fresh.updateComplete;
      expect(fresh.matches(':state(failure)'), `${state}: ${visibleText(fresh)} ${JSON.stringify(fresh.jobs.snapshot)}`).to.equal(true);
      expect(heard, 'it had ended before').to.deep.equal([]);
    }
  });

  it('a clock that is a day off shows no nonsense', async () => {
    for (const skew of [24 * HOUR, -24 * HOUR]) {
      const shown = await show('processing');
      const at = (seconds: number): string => new Date(shown.world.clock.now() + skew - seconds * 1_000).toISOString();
      const id = shown.world.double.add({ status: 'processing', progress: 0.5, created_at: at(90), started_at: at(80), estimated_duration: 120 });
      shown.element.jobId = id;
      await pass(shown, 10_000);
      const text = visibleText(shown.element);
      expect(text).to.contain('50%');
      expect(text).to.not.match(/-\d|NaN|Infinity|\b2[34] h/);
      shown.world.double.finish(id);
      await pass(shown, 35_000);
      expect(shown.element.matches(':state(success)'), visibleText(shown.element)).to.equal(true);
    }
  });

  it('a clock that is off shows no wrong times of a backend that says little', async () => {
    for (const skew of [24 * HOUR, -24 * HOUR]) {
      const shown = await show('processing', {}, { extensions: false });
      const at = (seconds: number): string => new Date(shown.world.clock.now() - skew - seconds * 1_000).toISOString();
      shown.element.jobId = shown.world.double.add({ status: 'processing', progress: 0.5, created_at: at(90), started_at: at(80) });
      await pass(shown, 10_000);
      const text = visibleText(shown.element);
      expect(text).to.contain('50%');
      expect(text, String(skew)).to.not.match(/elapsed|left|longer than usual/);
    }
  });

  it('a laptop that slept an hour shows the truth a second after, whatever its timers do, and tells the end once', async () => {
    for (const sleep of ['jump', 'set'] as const) {
      const shown = await show('processing');
      const heard = ends();
      shown.world.clock[sleep](HOUR);
      shown.world.double.finish(shown.id);
      await shown.world.clock.advance(1_100);
      await shown.settle();
      expect(shown.element.matches(':state(success)'), sleep).to.equal(true);
      await pass(shown, 20_000);
      expect(heard).to.deep.equal(['job-success']);
      clearPage();
    }
  });

  it('the page hears of an end by another element, when the first that was to tell it has left the page', async () => {
    const shown = await show('done with a video');
    const heard = ends();
    const gone = document.createElement('job-status');
    dispatchJobEnd(gone, shown.element.job!);
    expect(heard).to.deep.equal([]);
    for (let round = 0; round < 2; round++) dispatchJobEnd(shown.element, shown.element.job!);
    expect(heard).to.deep.equal(['job-success']);
  });

  it('the page hears of an end once, each element\'s own listeners too, however many show the job', async () => {
    const shown = await show('processing');
    const second: JobStatus = document.createElement('job-status');
    second.jobId = shown.id;
    second.variant = 'inline';
    shown.provider.append(second);
    await shown.settle();
    const onPage = ends();
    const own = [ends(shown.element), ends(second)];
    shown.world.double.finish(shown.id);
    await pass(shown, 15_000);
    await shown.element.jobs.refresh();
    const late: JobStatus = document.createElement('job-status');
    late.jobId = shown.id;
    shown.provider.append(late);
    await pass(shown, 15_000);
    expect(onPage).to.deep.equal(['job-success']);
    expect(own).to.deep.equal([['job-success'], ['job-success']]);
  });
});
