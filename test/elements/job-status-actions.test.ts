import { expect, oneEvent } from '@open-wc/testing';
import { clearPage, show, visibleText } from '../scenarios/page.ts';
import type { Shown } from '../scenarios/page.ts';

const click = async (shown: Shown, part: string): Promise<void> => {
  const button = shown.part(part);
  if (!button) throw new Error(`no ${part}`);
  button.focus();
  button.click();
  await shown.settle();
};

describe('job-status actions', () => {
  afterEach(clearPage);

  describe('cancel', () => {
    it('asks in place, and does nothing before the yes', async () => {
      const shown = await show('processing');
      await click(shown, 'cancel');
      expect(visibleText(shown.element)).to.contain('Cancel this job?');
      expect(shown.world.double.count('DELETE')).to.equal(0);
      expect(shown.focus).to.equal('question');
      expect(shown.part('question')!.getAttribute('aria-labelledby')).to.equal('question');
    });

    it('goes back by "keep" and by Escape, with the focus on the button that asked', async () => {
      const shown = await show('processing');
      await click(shown, 'cancel');
      await click(shown, 'cancel-no');
      expect(shown.focus).to.equal('cancel');
      await click(shown, 'cancel');
      let escaped = 0;
      document.body.addEventListener('keydown', () => escaped++, { once: true });
      shown.root.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
      await shown.settle();
      expect(shown.focus).to.equal('cancel');
      expect(escaped, 'Escape is used up').to.equal(0);
      expect(shown.world.double.count('DELETE')).to.equal(0);
    });

    it('asks the server, waits, and tells what came of it', async () => {
      const shown = await show('processing');
      const { world, element } = shown;
      world.double.latency = 500;
      await click(shown, 'cancel');
      await click(shown, 'cancel-yes');
      expect(shown.$('.badge')!.textContent!.trim()).to.equal('Cancelling…');
      expect(element.matches(':state(cancelling)')).to.equal(true);
      expect(shown.focus, 'the focus stays in the widget').to.equal('base');
      await shown.advance(2_000);
      expect(world.double.count('DELETE')).to.equal(1);
      expect(shown.$('.badge')!.textContent!.trim()).to.equal('Cancelled');
      expect(shown.spoken).to.contain('was cancelled');
    });

    it('goes on saying so while the backend takes its time', async () => {
      const shown = await show('processing');
      const { double } = shown.world;
      double.fault({ status: 200, body: { job_id: shown.id, status: 'cancelled', message: 'will be' }, method: 'DELETE' });
      await click(shown, 'cancel');
      await click(shown, 'cancel-yes');
      await shown.advance(100);
      expect(shown.element.snapshot!.pending).to.equal(null);
      expect(shown.$('.badge')!.textContent!.trim()).to.equal('Cancelling…');
      expect(shown.has('cancel')).to.equal(false);
      double.finish(shown.id);
      await shown.advance(4_000);
      expect(shown.$('.badge')!.textContent!.trim()).to.equal('Done');
      expect(visibleText(shown.element)).to.contain('It had already ended before it could be cancelled.');
    });

    describe('that a backend accepts and does not do', () => {
      const IGNORED = 'The job was to be cancelled, but it has not stopped so far.';
      const badge = ({ $ }: Shown): string => $('.badge')!.textContent!.trim();

      const ignored = async (attributes: Record<string, string> = {}): Promise<Shown> => {
        const shown = await show('processing', attributes);
        const body = { job_id: shown.id, status: 'cancelled', message: 'will be' };
        shown.world.double.fault({ status: 200, body, method: 'DELETE', times: Infinity });
        await shown.element.cancel();
        await shown.advance(25_000);
        expect(badge(shown)).to.equal('Cancelling…');
        return shown;
      };

      it('is told after half a minute, aloud too, and may be asked for again', async () => {
        const shown = await ignored();
        await shown.advance(6_000);
        expect(badge(shown)).to.equal('In progress');
        expect(visibleText(shown.element)).to.contain(IGNORED);
        expect(shown.spoken).to.equal(IGNORED);
        await click(shown, 'cancel');
        expect(shown.has('notice'), 'the note goes with the next question').to.equal(false);
        await click(shown, 'cancel-yes');
        expect(shown.world.double.count('DELETE')).to.equal(2);
        expect(badge(shown)).to.equal('Cancelling…');
        await shown.advance(31_000);
        expect(visibleText(shown.element)).to.contain(IGNORED);
        shown.world.double.cancel(shown.id);
        await shown.advance(6_000);
        expect(badge(shown)).to.equal('Cancelled');
        expect(visibleText(shown.element)).to.not.contain(IGNORED);
      });

      it('is told by widgets without buttons too, and by one that was moved', async () => {
        const inline = await ignored({ variant: 'inline' });
        inline.provider.append(inline.element);
        await inline.settle();
        await inline.advance(6_000);
        expect(badge(inline)).to.equal('In progress');
      });

      it('is not told while nobody knows how the job is', async () => {
        const shown = await ignored();
        shown.world.double.fault({ kind: 'network', times: Infinity });
        await shown.advance(60_000);
        expect(badge(shown)).to.equal('Cancelling…');
        shown.world.double.clearFaults();
        await shown.advance(60_000);
        expect(badge(shown)).to.equal('In progress');
      });

      it('is forgotten with the job, and with the attempt', async () => {
        const shown = await ignored();
        shown.world.double.update(shown.id, { status: 'processing', retry_count: 1, progress: 0.1 });
        await shown.advance(40_000);
        expect(visibleText(shown.element)).to.not.contain(IGNORED);
        const other = await ignored();
        other.element.jobId = other.world.double.add({ status: 'processing' });
        await other.settle();
        await other.advance(40_000);
        expect(visibleText(other.element)).to.not.contain(IGNORED);
      });
    });

    it('can be taken over by the page', async () => {
      const shown = await show('processing');
      shown.element.addEventListener('job-cancel-request', (event) => event.preventDefault());
      await click(shown, 'cancel');
      const request = oneEvent(document.body, 'job-cancel-request');
      await click(shown, 'cancel-yes');
      expect((await request).detail).to.deep.equal({ jobId: shown.id });
      await shown.advance(3_000);
      expect(shown.world.double.count('DELETE')).to.equal(0);
      expect(shown.$('.badge')!.textContent!.trim()).to.equal('In progress');
    });

    it('closes the question when the job ends under it, and keeps the focus', async () => {
      const shown = await show('processing');
      await click(shown, 'cancel');
      shown.world.double.finish(shown.id);
      await shown.advance(4_000);
      expect(shown.has('question')).to.equal(false);
      expect(shown.focus).to.equal('base');
    });

    it('is not offered where the job says that it is not allowed', async () => {
      const shown = await show('processing');
      shown.world.double.update(shown.id, { links: {} });
      await shown.advance(4_000);
      expect(shown.has('cancel')).to.equal(false);
    });

    it('is offered on a backend without links', async () => {
      const shown = await show('processing', {}, { extensions: false });
      expect(shown.has('cancel')).to.equal(true);
    });
  });

  describe('retry', () => {
    it('keeps the widget and shows the new attempt', async () => {
      const shown = await show('failed, may be tried again');
      const base = shown.$('.base');
      await click(shown, 'retry');
      expect(shown.world.double.count('POST', /\/retry$/)).to.equal(1);
      expect(shown.$('.badge')!.textContent!.trim()).to.equal('Retrying');
      expect(visibleText(shown.element)).to.contain('Attempt 2 of 4');
      expect(shown.$('[role="progressbar"]')!.hasAttribute('aria-valuenow'), 'progress starts again').to.equal(false);
      expect(shown.spoken).to.contain('attempt 2 has started');
      expect(shown.focus, 'the focus stays in the widget').to.equal('base');
      shown.world.double.progress(shown.id, 0.1, 'Once more');
      await shown.advance(4_000);
      expect(visibleText(shown.element)).to.contain('10%');
      expect(shown.$('.base') === base).to.equal(true);
    });

    it('says why it was refused', async () => {
      const shown = await show('failed, may be tried again');
      shown.world.double.fault({ status: 403, method: 'POST' });
      await click(shown, 'retry');
      expect(visibleText(shown.element)).to.contain('The job could not be started again. You are not allowed to do this.');
      expect(shown.spoken).to.contain('could not be started again');
    });

    it('leaves the total out when the author does', async () => {
      const shown = await show('second attempt', { 'max-attempts': '0' });
      expect(shown.part('attempt')!.textContent).to.equal('Attempt 2');
    });
  });

  it('reads the job anew when asked to', async () => {
    const shown = await show('not found');
    const before = shown.world.double.count('GET');
    await click(shown, 'refresh');
    expect(shown.world.double.count('GET')).to.equal(before + 1);
    shown.world.double.add({ job_id: shown.id, title: 'There after all' });
    await click(shown, 'refresh');
    expect(visibleText(shown.element)).to.contain('There after all');
  });

  describe('result', () => {
    it('downloads under the name that the author gives', async () => {
      const shown = await show('done with a video', { 'download-name': 'bees.mp4' });
      const link = shown.part<HTMLAnchorElement>('download')!;
      expect(link.download).to.equal('bees.mp4');
      expect(link.href).to.contain('clip.mp4');
      expect(link.target, 'same origin').to.equal('');
    });

    it('opens what lies elsewhere in a tab of its own', async () => {
      const shown = await show('done with a plain link');
      const link = shown.part<HTMLAnchorElement>('open')!;
      expect(link.target).to.equal('_blank');
      expect(link.rel).to.equal('noopener');
    });

    it('brings the player for a video only', async () => {
      const shown = await show('done with a video');
      await customElements.whenDefined('job-player');
      await shown.settle();
      const player = shown.$('job-player')!;
      expect(player.getAttribute('src')).to.contain('clip.mp4');
      expect(player.getAttribute('captions')).to.contain('clip.vtt');
      expect(player.getAttribute('label')).to.equal('Video of How bees talk to each other');
      const compact = await show('done with a video', { variant: 'compact' });
      expect(compact.has('player')).to.equal(false);
    });

    it('never uses an address that is none for a browser', async () => {
      const shown = await show('done with nothing to show');
      shown.world.double.update(shown.id, { result: { video_path: 'javascript:alert(1)', url: 'data:text/html,x' } });
      await shown.element.refresh();
      await shown.settle();
      expect(shown.root.querySelectorAll('a, job-player, video').length).to.equal(0);
    });

    it('copies the link, says so, and says when it cannot', async () => {
      const shown = await show('done with a video');
      const copied: string[] = [];
      const clipboard = Object.getOwnPropertyDescriptor(Navigator.prototype, 'clipboard')!;
      let works = true;
      Object.defineProperty(navigator, 'clipboard', {
        configurable: true,
        value: { writeText: async (text: string) => (works ? void copied.push(text) : Promise.reject(new Error('no'))) },
      });
      try {
        await click(shown, 'copy');
        expect(copied[0]).to.contain('clip.mp4');
        expect(shown.part('copy')!.textContent!.trim()).to.equal('Link copied');
        expect(shown.spoken).to.equal('Link copied');
        await shown.advance(3_000);
        expect(shown.part('copy')!.textContent!.trim()).to.equal('Copy link');
        shown.element.link = '/jobs/7';
        await click(shown, 'copy');
        expect(copied[1]).to.equal(`${location.origin}/jobs/7`);
        works = false;
        await click(shown, 'copy');
        expect(visibleText(shown.element)).to.contain('The link could not be copied');
      } finally {
        Object.defineProperty(Navigator.prototype, 'clipboard', clipboard);
        delete (navigator as { clipboard?: unknown }).clipboard;
      }
    });
  });

  it('does nothing while disabled', async () => {
    const shown = await show('processing', { disabled: '' });
    expect(shown.part<HTMLButtonElement>('cancel')!.disabled).to.equal(true);
    const done = await show('done with a video', { disabled: '' });
    expect(done.part('download')!.localName).to.equal('button');
  });

  it('has all its buttons in the order of the tab key, each with a name', async () => {
    const shown = await show('offers to tell when it ends', { variant: 'compact' });
    for (const button of shown.root.querySelectorAll<HTMLElement>('.button')) {
      expect(button.tabIndex).to.equal(0);
      expect(button.title).to.equal(button.textContent!.trim());
      const { width, height } = button.getBoundingClientRect();
      expect(Math.min(width, height)).to.be.at.least(24);
    }
  });

  it('takes buttons of the page', async () => {
    const shown = await show('processing');
    const own = document.createElement('button');
    own.slot = 'actions';
    shown.element.append(own);
    expect(own.assignedSlot?.name).to.equal('actions');
    expect(own.getBoundingClientRect().width).to.be.greaterThan(0);
  });
});
