import { expect, waitUntil } from '@open-wc/testing';
import { clean, clearHistories, showHistory, type HistoryPage } from '../scenarios/history-page.ts';
import { many, oneOfEach } from '../scenarios/job-history.ts';
import { request } from '../node/store/world.ts';
import { expectAccessible } from '../support/axe.ts';

const SATURN = 'The moons of Saturn';
const RIVERS = 'How rivers bend';
const VOICE = 'A voice that nobody has';

const focusTitle = (page: HistoryPage, title: string): void => page.row(title).querySelector<HTMLElement>('[part=open]')!.focus();
const box = (page: HistoryPage, title: string): HTMLInputElement => page.row(title).querySelector('input')!;
const tabbable = (page: HistoryPage): Element[] => page.all('.grid [tabindex="0"]');
const shiftClick = async (page: HistoryPage, target: HTMLElement): Promise<void> => {
  target.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, shiftKey: true }));
  await page.settle();
};

describe('job-history: the keyboard in the grid', () => {
  afterEach(clearHistories);

  it('has one place that can be tabbed to, and arrows lead on from there', async () => {
    const page = await showHistory({ arrange: oneOfEach });
    expect(tabbable(page).length).to.equal(1);
    (tabbable(page)[0] as HTMLElement).focus();
    expect(page.focus()).to.equal(`${SATURN}/title`);
    const walk: string[] = [];
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'Home', 'End', 'ArrowRight']) {
      await page.press(key);
      walk.push(page.focus());
    }
    expect(walk).to.deep.equal([
      `${SATURN}/status`,
      `${SATURN}/progress`,
      'Second try/progress',
      `${RIVERS}/progress`,
      `${RIVERS}/status`,
      'Second try/status',
      'Second try/select',
      'Second try/duplicate',
      'Second try/duplicate',
    ]);
    expect(tabbable(page).length, 'wherever the focus goes').to.equal(1);
  });

  it('mirrors the arrows right to left', async () => {
    const page = await showHistory({ arrange: oneOfEach, attributes: { dir: 'rtl' } });
    focusTitle(page, SATURN);
    await page.press('ArrowLeft');
    expect(page.focus()).to.equal(`${SATURN}/status`);
    await page.press('ArrowRight');
    expect(page.focus()).to.equal(`${SATURN}/title`);
  });

  it('leaps: Page Down and Up, Ctrl+Home and Ctrl+End, up into the head', async () => {
    const page = await showHistory({ arrange: (world) => many(world, 30), attributes: { 'page-size': '50' } });
    focusTitle(page, 'Lesson 30');
    await page.press('PageDown');
    expect(page.focus()).to.equal('Lesson 20/title');
    await page.press('PageUp');
    expect(page.focus()).to.equal('Lesson 30/title');
    await page.press('ArrowDown');
    await page.press('PageUp');
    expect(page.focus(), 'not past the first row').to.equal('Lesson 30/title');
    await page.press('PageUp');
    expect(page.focus()).to.equal('Title/title');
    await page.press('ArrowDown');
    await page.press('End', { ctrlKey: true });
    expect(page.focus()).to.equal('Lesson 1/duplicate');
    await page.press('Home', { ctrlKey: true });
    expect(page.focus(), 'the box in the head').to.equal('Title/select');
    await page.press('ArrowRight');
    await page.press('Enter');
    expect(page.focus()).to.equal('Title/title');
  });

  it('Space selects, with Shift a range, Enter opens, Escape closes', async () => {
    const page = await showHistory({ arrange: oneOfEach });
    focusTitle(page, SATURN);
    await page.press('ArrowRight');
    await page.press(' ');
    expect(box(page, SATURN).checked).to.equal(true);
    await page.press('ArrowDown');
    await page.press('ArrowDown');
    await page.press(' ', { shiftKey: true });
    expect(page.all('.row.chosen').length).to.equal(3);
    expect(page.row(RIVERS).getAttribute('aria-selected')).to.equal('true');
    await page.press('Enter');
    expect(page.history.openJob).to.equal('00000000-0000-4000-8000-000000000005');
    await page.press('Escape');
    expect(page.history.openJob).to.equal('');
    expect(page.focus()).to.equal(`${RIVERS}/title`);
    await page.press('a', { ctrlKey: true });
    expect(page.all('.row.chosen').length).to.equal(7);
  });

  it('closes by Escape from inside the details, and goes on at their row', async () => {
    const page = await showHistory({ arrange: oneOfEach, attributes: { 'open-job': '00000000-0000-4000-8000-000000000002' } });
    await waitUntil(() => page.root.querySelector('job-status')?.shadowRoot?.querySelector('button'), 'the details come', { timeout: 5000 });
    const inside = page.root.querySelector('job-status')!.shadowRoot!.querySelector('button')!;
    inside.focus();
    inside.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }));
    await page.settle();
    expect([page.history.openJob, page.focus()]).to.deep.equal(['', `${VOICE}/title`]);
    await page.press('ArrowDown');
    expect(page.focus()).to.equal('Why bees dance/title');
  });

  it('never loses the focus when a button goes away', async () => {
    const page = await showHistory({ arrange: oneOfEach });
    page.row(RIVERS).querySelector<HTMLElement>('[part~=cancel]')!.focus();
    page.double.finish('00000000-0000-4000-8000-000000000005');
    await page.advance(6_000);
    expect(page.row(RIVERS).querySelector('[part~=cancel]')).to.equal(null);
    expect(page.focus()).to.equal(`${RIVERS}/title`);
    page.history.status = 'failure';
    await page.settle();
    expect(page.focus(), 'its row is gone').to.equal(`${VOICE}/title`);
  });
});

describe('job-history: many at once', () => {
  afterEach(clearHistories);

  it('selects one, a range, a page, and says how many', async () => {
    const page = await showHistory({ arrange: (world) => many(world, 12), attributes: { 'page-size': '5' } });
    await page.click(box(page, 'Lesson 12'));
    await shiftClick(page, box(page, 'Lesson 9'));
    expect(clean(page.$('.selection .count'))).to.equal('4 selected');
    expect(page.part<HTMLInputElement>('select-page').indeterminate).to.equal(true);
    await page.click('next');
    await page.click('select-page');
    expect(clean(page.$('.selection .count')), 'also those on other pages').to.equal('9 selected');
    expect(page.part<HTMLInputElement>('select-page').checked).to.equal(true);
    await expectAccessible(page.history);
    await page.click('select-page');
    expect(clean(page.$('.selection .count'))).to.equal('4 selected');
    await page.click('clear-selection');
    expect(page.part('selection')).to.equal(null);
    await page.click('previous');
    expect(page.all('.chosen').length).to.equal(0);
  });

  it('asks in place before it cancels many; a few at a time; and says what became of each', async () => {
    const page = await showHistory({
      arrange: ({ double }) => {
        for (let n = 1; n <= 10; n++) double.add({ title: `Running ${n}`, status: 'processing', progress: 0.5 });
        double.add({ title: 'Over', status: 'success' });
      },
    });
    const asked: string[] = [];
    page.history.addEventListener('job-cancel-request', (event) => {
      asked.push(event.detail.jobId);
      if (event.detail.jobId.endsWith('10')) event.preventDefault();
    });
    await page.click('select-page');
    expect(clean(page.part('cancel-some'))).to.equal('Cancel (10)');
    await page.click('cancel-some');
    expect(clean(page.part('question'))).to.equal('Cancel 10 jobs? Yes, cancel Keep running');
    expect(page.focus()).to.equal('button');
    await expectAccessible(page.history);
    await page.click('cancel-no');
    expect(page.double.count('DELETE')).to.equal(0);
    await page.click('cancel-some');
    await page.press('Escape');
    expect([page.part('question'), page.root.activeElement?.part.contains('cancel-some')]).to.deep.equal([null, true]);

    page.double.latency = 100;
    page.double.fault({ method: 'DELETE', path: /02$/, status: 403 });
    page.double.finish('00000000-0000-4000-8000-000000000003');
    await page.click('cancel-some');
    await page.click('cancel-yes');
    expect(page.double.count('DELETE'), 'a bounded number at once').to.equal(4);
    expect(clean(page.$('.selection .count'))).to.equal('0 of 9…');
    for (let turn = 0; turn < 12; turn++) await page.advance(100);
    expect(page.double.count('DELETE'), 'the page has dealt with one itself').to.equal(9);
    expect(asked.length).to.equal(10);
    expect(clean(page.row('Running 1').querySelector('.status'))).to.equal('Cancelled');
    expect(clean(page.row('Running 2').querySelector('.outcome'))).to.equal('The job could not be cancelled. You are not allowed to do this.');
    expect(clean(page.row('Running 3').querySelector('.outcome'))).to.equal('It had already ended before it could be cancelled.');
    expect(clean(page.row('Running 10').querySelector('.status'))).to.equal('In progress');
    expect(page.spoken()).to.equal('Cancellation of 7 jobs was accepted. 2 could not be cancelled.');
    await expectAccessible(page.history);
  });

  it('sends many round again', async () => {
    const page = await showHistory({
      arrange: ({ double }) => {
        for (let n = 1; n <= 3; n++) double.add({ title: `Broken ${n}`, status: 'failure' });
      },
    });
    await page.click('select-page');
    await page.click('retry-some');
    expect(page.double.count('POST', /retry$/)).to.equal(3);
    expect(page.all('.body .status').map(clean)).to.deep.equal(['Retrying', 'Retrying', 'Retrying']);
    expect(page.spoken()).to.equal('3 jobs start again.');
    expect(page.part('retry-some')).to.equal(null);
  });

  it('cancels and retries a single row, asking in its place', async () => {
    const page = await showHistory({ arrange: oneOfEach });
    await page.click(page.row(RIVERS).querySelector<HTMLElement>('[part~=cancel]')!);
    expect(page.focus()).to.equal(`${RIVERS}/keep`);
    await page.press('Escape');
    expect(page.focus()).to.equal(`${RIVERS}/cancel`);
    await page.click(page.row(RIVERS).querySelector<HTMLElement>('[part~=cancel]')!);
    await page.click('cancel-yes');
    expect(clean(page.row(RIVERS).querySelector('.status'))).to.equal('Cancelled');
    expect(page.focus()).to.equal(`${RIVERS}/title`);
    await page.click(page.row(VOICE).querySelector<HTMLElement>('[part~=retry]')!);
    expect(clean(page.row(VOICE).querySelector('.status'))).to.equal('Retrying');
  });

  it('downloads many one after the other, and lists links for what the browser blocks', async () => {
    const clicked: string[] = [];
    const onClick = (event: MouseEvent): void => {
      const link = event.composedPath()[0];
      if (!(link instanceof HTMLAnchorElement)) return;
      event.preventDefault();
      clicked.push(new URL(link.href).pathname);
    };
    document.addEventListener('click', onClick);
    const page = await showHistory({
      arrange: ({ double }) => {
        const add = (title: string, video: string): string => double.add({ title, status: 'success', links: { video } });
        add('One', `${location.origin}/one.mp4`);
        add('Two', `${location.origin}/two.mp4`);
        add('Elsewhere', 'https://elsewhere.example/three.mp4');
        add('Evil', 'javascript:alert(1)');
        double.add({ title: 'Running', status: 'processing' });
      },
    });
    await page.click('select-page');
    expect(clean(page.part('download-some'))).to.equal('Download (3)');
    await page.click('download-some');
    expect(clicked).to.deep.equal(['/two.mp4']);
    await page.advance(1_000);
    document.removeEventListener('click', onClick);
    expect(clicked, 'never that of another origin').to.deep.equal(['/two.mp4', '/one.mp4']);
    const links = [...page.part('files').querySelectorAll('a')].map((link) => [link.href, link.target, link.hasAttribute('download')]);
    expect(links).to.deep.equal([
      ['https://elsewhere.example/three.mp4', '_blank', false],
      [`${location.origin}/two.mp4`, '', true],
      [`${location.origin}/one.mp4`, '', true],
    ]);
    expect(clean(page.part('files'))).to.contain('2 downloads were started. If your browser blocked some of them, allow several downloads for this page, or use the links.');
    await expectAccessible(page.history);
    await page.click('close-files');
    expect(page.part('files')).to.equal(null);
  });
});

describe('job-history: duplicate', () => {
  afterEach(clearHistories);
  const press = (page: HistoryPage): Promise<void> => page.click(page.row(VOICE).querySelector<HTMLElement>('[part~=duplicate]')!);
  const withInputs = ({ double }: Pick<HistoryPage, 'double'>): void => {
    const request = { video_request: { script_content: 'Bees dance.', language: 'ne-NP', duration: 20 } };
    double.add({ title: VOICE, status: 'failure', duration: 3, platform: 'tiktok', request } as object);
  };

  it('tells the page what the job was made of, and leaves it to the page when it wants that', async () => {
    const page = await showHistory({ arrange: withInputs });
    let preset: unknown = null;
    page.provider.addEventListener(
      'job-duplicate',
      (event) => {
        preset = event.detail.preset;
        event.preventDefault();
      },
      { once: true },
    );
    await press(page);
    expect(preset).to.deep.equal({ title: VOICE, script_content: 'Bees dance.', language: 'ne-NP', duration: 20, platform: 'tiktok' });
    expect(page.root.querySelector('dialog')).to.equal(null);
  });

  it('asks a backend that tells what a job was made of', async () => {
    const page = await showHistory();
    await page.store.create(request);
    await page.settle();
    const presets: unknown[] = [];
    page.history.addEventListener('job-duplicate', (event) => {
      presets.push(event.detail.preset);
      event.preventDefault();
    });
    await page.click(page.rows()[0]!.querySelector<HTMLElement>('[part~=duplicate]')!);
    expect(presets[0]).to.include({ title: 'A walk in the hills', script_content: 'One. Two.', duration: 30, voice_provider: 'azure' });
  });

  it('opens the form with the inputs, and closes by its button, back at the row', async () => {
    const page = await showHistory({ arrange: withInputs });
    page.row(VOICE).querySelector<HTMLElement>('[part~=duplicate]')!.focus();
    await press(page);
    await waitUntil(() => page.root.querySelector('job-create-form')?.shadowRoot?.querySelector('[name=title]'), 'the form comes', { timeout: 5000 });
    await page.settle();
    const value = (name: string): string => page.root.querySelector('job-create-form')!.shadowRoot!.querySelector<HTMLInputElement>(`[name=${name}]`)!.value;
    expect(page.root.querySelector('dialog')!.open).to.equal(true);
    expect(clean(page.$('dialog h2'))).to.equal(`Duplicate “${VOICE}”`);
    expect([value('title'), value('script_content'), value('language'), value('duration')]).to.deep.equal([VOICE, 'Bees dance.', 'ne-NP', '20']);
    await expectAccessible(page.history);
    await page.click('close-duplicate');
    await waitUntil(() => page.root.querySelector('dialog') === null);
    expect(page.focus()).to.equal(`${VOICE}/duplicate`);
  });
});
