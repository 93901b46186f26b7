import { expect, waitUntil } from '@open-wc/testing';
import type { JobStatus } from '../../src/elements/job-status/job-status.ts';
import { clearPage, scenario, show, visibleText } from '../scenarios/page.ts';
import type { Shown } from '../scenarios/page.ts';

/** Every text that the live region has had, from now on. */
function listen({ root }: Shown): string[] {
  const said: string[] = [];
  const region = root.querySelector('[role="status"]')!;
  new MutationObserver(() => {
    const text = region.textContent!;
    if (text !== '') said.push(text);
  }).observe(region, { childList: true, characterData: true, subtree: true });
  return said;
}

const share = ({ $ }: Shown): number => Number($('.fill')!.style.getPropertyValue('--_share'));
const TITLE = 'How bees talk to each other';

describe('job-status, live', () => {
  afterEach(clearPage);

  describe('progress', () => {
    it('follows the job, and never moves back within an attempt', async () => {
      const shown = await show('processing');
      const { double } = shown.world;
      double.progress(shown.id, 0.8);
      await shown.advance(3_000);
      expect(share(shown)).to.equal(0.8);
      double.update(shown.id, { status: 'failure', progress: 0.1, error: 'Broken' });
      await shown.advance(3_000);
      expect(share(shown)).to.equal(0.8);
      expect(visibleText(shown.element)).to.contain('80%');
    });

    it('starts again with a new attempt, and says so', async () => {
      const shown = await show('processing');
      shown.world.double.retry(shown.id);
      await shown.advance(3_000);
      expect(share(shown)).to.equal(0);
      expect(shown.spoken).to.equal(`${TITLE}: attempt 2 has started.`);
      shown.world.double.progress(shown.id, 0.2);
      await shown.advance(3_000);
      expect(share(shown)).to.equal(0.2);
      expect(visibleText(shown.element)).to.contain('Attempt 2 of 4');
    });

    it('moves by transform alone', async () => {
      const shown = await show('processing');
      const { transitionProperty } = getComputedStyle(shown.$('.fill')!);
      expect(transitionProperty).to.equal('transform');
      const box = (): number => shown.$('.fill')!.offsetWidth;
      const before = box();
      shown.world.double.progress(shown.id, 0.9);
      await shown.advance(3_000);
      expect(box()).to.equal(before);
    });

    it('glides where that can be seen: not by a hair, nor from nothing to what had been done before', async () => {
      const loading = await show('loading');
      expect(loading.$('.track')).not.to.equal(null);
      expect(loading.$('.fill')).to.equal(null);
      const running = await show('processing');
      const gliding = (): string => getComputedStyle(running.$('.fill')!).transitionProperty;
      const move = async (progress: number): Promise<void> => {
        running.world.double.progress(running.id, progress);
        await running.advance(3_000);
        expect(share(running)).to.equal(progress);
      };
      await move(0.645);
      expect(gliding()).to.equal('none');
      await move(0.7);
      expect(gliding()).to.equal('transform');
    });

    it('says 100 % only when it is done', async () => {
      const shown = await show('processing');
      shown.world.double.progress(shown.id, 0.998);
      await shown.advance(3_000);
      expect(visibleText(shown.element)).to.contain('99%');
      expect(shown.$('[role="progressbar"]')!.getAttribute('aria-valuenow')).to.equal('99');
    });
  });

  describe('time', () => {
    it('counts elapsed time by the second', async () => {
      const shown = await show('processing');
      await shown.advance(1_000);
      expect(shown.part('elapsed')!.textContent).to.equal('1 min 21 s elapsed');
    });

    it('says nothing of the rest where there is no ground for a number', async () => {
      const shown = await show('processing without a known progress');
      expect(shown.has('remaining')).to.equal(false);
    });

    it('counts down between answers, never up, never to 0', async () => {
      const shown = await show('processing', {}, { store: { pollInterval: 600_000 } });
      const seen: number[] = [];
      for (let second = 0; second < 70; second++) {
        const text = shown.part('remaining')?.textContent ?? '';
        expect(text).to.not.match(/NaN|Infinity|\b0 s|-/);
        const high = /(\d+) s left/.exec(text)?.[1];
        if (high) seen.push(Number(high));
        await shown.advance(1_000);
      }
      expect(seen.length).to.be.greaterThan(10);
      expect(seen).to.deep.equal([...seen].sort((a, b) => b - a));
      expect(seen.at(-1)).to.be.lessThan(20);
    });

    it('says "almost done" near the end and "longer than usual" after it', async () => {
      const shown = await show('processing', {}, { store: { pollInterval: 600_000 } });
      const seen = new Set<string>();
      for (let second = 0; second < 120; second++) {
        seen.add(shown.part('remaining')?.textContent ?? '');
        await shown.advance(1_000);
      }
      expect([...seen].slice(-2)).to.deep.equal(['Almost done', 'Taking longer than usual']);
    });

    it('stands still while the connection is lost', async () => {
      const shown = await show('connection lost');
      const elapsed = shown.part('elapsed')!.textContent;
      await shown.advance(60_000);
      expect(shown.part('elapsed')!.textContent).to.equal(elapsed);
      expect(shown.has('remaining')).to.equal(false);
    });

    it('ticks once a second for all widgets together, and not at all for those that have ended', async () => {
      const shown = await show('processing');
      const timers = shown.world.clock.pending;
      const more = Array.from({ length: 20 }, () => {
        const element = document.createElement('job-status');
        element.jobId = shown.id;
        return element;
      });
      shown.provider.append(...more);
      await shown.settle();
      expect(shown.world.clock.pending).to.equal(timers);
      expect(shown.world.double.count('GET')).to.equal(1);
      shown.world.double.finish(shown.id);
      await shown.advance(20_000);
      expect(shown.world.clock.pending).to.equal(0);
    });
  });

  describe('what screen readers hear', () => {
    it('is milestones, not ticks', async () => {
      const shown = await show('pending');
      const { double } = shown.world;
      const said = listen(shown);
      expect(shown.spoken, 'nothing at first').to.equal('');
      double.start(shown.id, 'Reading');
      await shown.advance(3_000);
      for (let percent = 1; percent <= 99; percent++) {
        double.progress(shown.id, percent / 100, 'Rendering');
        await shown.advance(3_000);
      }
      double.finish(shown.id);
      await shown.advance(20_000);
      expect(said).to.deep.equal([
        `${TITLE} has started.`,
        'Now: Rendering.',
        '25% done.',
        '50% done.',
        '75% done.',
        `${TITLE} is done.`,
      ]);
    });

    it('tells a new step at most every ten seconds', async () => {
      const shown = await show('processing');
      const said = listen(shown);
      for (let scene = 1; scene <= 12; scene++) {
        shown.world.double.progress(shown.id, 0.641, `Scene ${scene}`);
        await shown.advance(3_000);
      }
      expect(said).to.deep.equal(['Now: Scene 4.', 'Now: Scene 8.', 'Now: Scene 12.']);
    });

    it('tells of a lost connection once, and of its return', async () => {
      const shown = await show('processing');
      const said = listen(shown);
      shown.world.double.fault({ kind: 'network', times: 4 });
      await shown.advance(90_000);
      expect(said.length).to.equal(2);
      expect(said[0]).to.match(/^Connection lost\. Trying again… As of/);
      expect(said[1]).to.equal('Connected again.');
    });

    it('is nothing for a job that had ended before', async () => {
      const shown = await show('done with a video');
      expect(shown.spoken).to.equal('');
    });

    it('is nothing where the author wants quiet', async () => {
      const shown = await show('processing', { quiet: '' });
      shown.world.double.finish(shown.id);
      await shown.advance(3_000);
      expect(shown.spoken).to.equal('');
    });

    it('lies in a polite region that is there from the start and empties itself', async () => {
      const shown = await show('loading');
      const region = shown.$('[role="status"]')!;
      shown.world.double.clearFaults();
      await shown.settle();
      expect(shown.$('[role="status"]') === region).to.equal(true);
      const later = await show('processing');
      later.world.double.finish(later.id);
      await later.advance(3_000);
      expect(later.spoken).to.not.equal('');
      await later.advance(10_000);
      expect(later.spoken).to.equal('');
    });
  });

  describe('connection', () => {
    it('keeps what is known, and takes one lost answer for no news', async () => {
      const shown = await show('processing');
      shown.world.double.fault({ kind: 'network', times: 1 });
      await shown.advance(3_100);
      expect(shown.has('connection')).to.equal(false);
      shown.world.double.fault({ kind: 'network', times: 99 });
      await shown.advance(10_000);
      expect(visibleText(shown.element)).to.contain('64%');
      expect(shown.part('connection')!.textContent).to.contain('As of');
      expect(shown.element.matches(':state(stale)')).to.equal(true);
      shown.world.double.clearFaults();
      await shown.advance(60_000);
      expect(shown.has('connection')).to.equal(false);
      expect(shown.element.matches(':state(stale)')).to.equal(false);
    });

    it('tells a refusal apart from silence', async () => {
      const shown = await show('processing');
      shown.world.double.fault({ status: 401, times: 99 });
      await shown.advance(4_000);
      expect(shown.part('connection')!.textContent).to.contain('You need to sign in.');
      expect(visibleText(shown.element)).to.contain('64%');
    });

    it('shows the note in every variant but the bar, which loses its colour', async () => {
      for (const variant of ['compact', 'inline']) {
        const shown = await show('connection lost', { variant });
        expect(shown.part('connection')!.textContent, variant).to.contain('Connection lost');
      }
      const bar = await show('connection lost', { variant: 'bar' });
      expect(bar.$('.base')!.dataset.trouble).to.equal('stale');
    });
  });

  describe('events', () => {
    const record = (target: EventTarget): string[] => {
      const seen: string[] = [];
      for (const name of ['job-change', 'job-end', 'job-success', 'job-failure', 'job-cancelled'] as const) {
        target.addEventListener(name, () => seen.push(name));
      }
      return seen;
    };

    it('tell each change and the end once, and leave the shadow roots around', async () => {
      const host = document.createElement('div');
      document.body.append(host);
      const seen = record(host);
      const shown = await show('processing', {}, { parent: host.attachShadow({ mode: 'open' }) });
      expect(seen).to.deep.equal(['job-change']);
      shown.world.double.finish(shown.id);
      await shown.advance(3_000);
      expect(seen.toSorted()).to.deep.equal(['job-change', 'job-change', 'job-end', 'job-success']);
      await shown.advance(30_000);
      expect(seen.length).to.equal(4);
      host.remove();
    });

    it('do not repeat an end that had been before', async () => {
      const seen = record(document.body);
      await show('failed, may be tried again');
      expect(seen).to.deep.equal(['job-change']);
    });
  });

  it('polls as often as its author asks for', async () => {
    const shown = await show('processing', {}, { store: { pollInterval: 60_000 } });
    const quick = document.createElement('job-status');
    quick.jobId = shown.id;
    quick.setAttribute('poll-interval', '1s');
    quick.apiUrl = shown.world.double.baseUrl;
    const realFetch = globalThis.fetch;
    globalThis.fetch = shown.world.double.fetch;
    try {
      document.body.append(quick);
      await waitUntil(() => quick.jobs.store !== null);
      expect(quick.jobs.store!.pollInterval).to.equal(1_000);
      quick.pollInterval = '2s';
      await quick.updateComplete;
      expect(quick.jobs.store!.pollInterval).to.equal(2_000);
    } finally {
      quick.remove();
      globalThis.fetch = realFetch;
    }
  });

  it('shows another job at once when its id changes', async () => {
    const shown = await show('processing');
    const other = scenario('failed for good').arrange(shown.world);
    shown.element.jobId = other;
    await shown.element.updateComplete;
    expect(shown.$('.badge')!.textContent!.trim()).to.equal('Loading…');
    expect(visibleText(shown.element)).to.not.contain('64%');
    await shown.settle();
    expect(shown.$('.badge')!.textContent!.trim()).to.equal('Failed');
    expect(share(shown)).to.equal(0.42);
    shown.element.removeAttribute('job-id');
    await shown.settle();
    expect(visibleText(shown.element)).to.contain('No job yet');
  });

  it('leaves nothing behind after a hundred comings and goings', async () => {
    const shown = await show('processing');
    const parent = shown.element.parentElement!;
    for (let round = 0; round < 100; round++) {
      shown.element.remove();
      parent.append(shown.element);
      await shown.element.updateComplete;
    }
    expect(shown.world.double.count('GET'), 'a move restarts nothing').to.equal(1);
    shown.element.remove();
    await shown.world.clock.advance(10_000);
    expect(shown.world.clock.pending).to.equal(0);
  });

  it('shows a job that the page knows already in its first drawing', async () => {
    const shown = await show('processing');
    const second: JobStatus = document.createElement('job-status');
    second.jobId = shown.id;
    shown.provider.append(second);
    await second.updateComplete;
    expect(visibleText(second)).to.contain('64%');
    expect(second.shadowRoot!.querySelector<HTMLElement>('.fill')!.style.getPropertyValue('--_share')).to.equal('0.64');
  });
});
