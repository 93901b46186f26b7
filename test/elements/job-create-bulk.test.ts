import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../src/elements/job-create-form/bulk/register.ts';
import '../../src/elements/job-provider/define.ts';
import type { JobCreateBulk } from '../../src/elements/job-create-form/bulk/job-create-bulk.ts';
import type { JobBulkFinishedEvent, JobBulkProgressEvent } from '../../src/events/events.ts';
import { JobStore } from '../../src/store/job-store.ts';
import { JobDouble, type JobDoubleOptions } from '../double/job-double.ts';
import { expectAccessible } from '../support/axe.ts';

interface Scene {
  double: JobDouble;
  element: JobCreateBulk;
  root: ShadowRoot;
}

let users = 0;

/** On the real clock: files, IndexedDB and locks know no other. Each scene has a user of its own, and so nothing kept. */
async function scene(options: JobDoubleOptions = {}, userId: string | null = `user-${++users}-${Date.now()}`, properties: Partial<JobCreateBulk> = {}): Promise<Scene> {
  const double = new JobDouble({ offers: {}, ...options });
  const store = new JobStore({ apiUrl: double.baseUrl, fetch: double.fetch });
  const page = await fixture(html`<job-provider .store=${store} .userId=${userId}><job-create-bulk></job-create-bulk></job-provider>`);
  const element = page.querySelector('job-create-bulk')!;
  Object.assign(element, { rate: 1_000, ...properties });
  await element.updateComplete;
  return { double, element, root: element.shadowRoot! };
}

const CSV = 'title,script,duration\nBees,They dance.,30\nAnts,,30\nFlies,They fly.,0\nMoths,They shine.,20\n';
const csv = (rows: number): string => `title,script\n${Array.from({ length: rows }, (_, index) => `Title ${index},Script ${index}.`).join('\n')}`;

const $ = <E extends HTMLElement = HTMLElement>(root: ShadowRoot, selector: string): E => root.querySelector<E>(selector)!;
const text = (node: Element | null): string => node?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
const button = (root: ShadowRoot, words: string): HTMLButtonElement =>
  [...root.querySelectorAll('button')].find((one) => text(one) === words || one.getAttribute('aria-label') === words)!;
const lines = (root: ShadowRoot): string[] => [...root.querySelectorAll('tbody tr')].map((row) => text(row.querySelector('th')));
const tiles = (root: ShadowRoot): Record<string, number> =>
  Object.fromEntries([...root.querySelectorAll<HTMLElement>('.tile')].map((tile) => [tile.dataset['state'], Number(text(tile.querySelector('dd')).replace(/\D/g, ''))]));
const until = (condition: () => unknown, what: string): Promise<void> => waitUntil(() => Boolean(condition()), what, { timeout: 8_000 });

async function checked(at: Scene, source: string | Blob = CSV, name = 'videos.csv'): Promise<void> {
  await at.element.read(source, name);
  await until(() => $(at.root, '[part=send]') && !$(at.root, '.waiting'), 'the rows are checked');
  await at.element.updateComplete;
}

async function send(at: Scene): Promise<void> {
  $(at.root, '[part=send]').click();
  await until(() => $(at.root, 'progress'), 'it is on its way');
}

const finished = ({ root }: Scene): Promise<void> => until(() => $(root, '[data-action=again]'), 'it is done');

async function type(at: Scene, control: HTMLInputElement | HTMLSelectElement, value: string): Promise<void> {
  control.value = value;
  control.dispatchEvent(new Event('change', { bubbles: true }));
  await at.element.updateComplete;
}

function transfer(...given: (File | string)[]): DataTransfer {
  const data = new DataTransfer();
  for (const one of given) {
    if (typeof one === 'string') data.setData('text/plain', one);
    else data.items.add(one);
  }
  return data;
}

describe('job-create-bulk', () => {
  describe('takes rows', () => {
    const loaded = ({ root }: Scene): Promise<void> => until(() => $(root, '[part=table]'), 'the rows are shown');

    it('from a file that is dropped, and shows that it may be', async () => {
      const at = await scene();
      const zone = $(at.root, '[part=drop]');
      const file = new File([CSV], 'videos.csv');
      const over = new DragEvent('dragover', { dataTransfer: transfer(file), cancelable: true, bubbles: true });
      zone.dispatchEvent(over);
      await at.element.updateComplete;
      expect(over.defaultPrevented).to.equal(true);
      expect($(at.root, '.drop').classList.contains('over')).to.equal(true);
      zone.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer(file), cancelable: true, bubbles: true }));
      await loaded(at);
      expect(text($(at.root, 'h3'))).to.equal('Check the rows of videos.csv');
    });

    it('from a file that is chosen', async () => {
      const at = await scene();
      const input = $<HTMLInputElement>(at.root, 'input[type=file]');
      let opened = 0;
      input.addEventListener('click', (event) => (event.preventDefault(), opened++));
      button(at.root, 'Choose a file').click();
      expect(opened).to.equal(1);
      input.files = transfer(new File([CSV], 'chosen.csv')).files;
      input.dispatchEvent(new Event('change'));
      await loaded(at);
    });

    it('from what is pasted, without putting it into the text area', async () => {
      const at = await scene();
      const area = $<HTMLTextAreaElement>(at.root, '#paste');
      const rows = 'title\tscript\nBees\tThey dance.';
      // Firefox takes no object here, but a text and its type.
      const content = { clipboardData: transfer(rows), dataType: 'text/plain', data: rows };
      const paste = new ClipboardEvent('paste', { ...content, cancelable: true, bubbles: true, composed: true });
      area.dispatchEvent(paste);
      expect([paste.defaultPrevented, area.value]).to.deep.equal([true, '']);
      await loaded(at);
      expect(text($(at.root, 'h3'))).to.equal('Check the rows of the pasted rows');
    });

    it('from what is typed', async () => {
      const at = await scene();
      const area = $<HTMLTextAreaElement>(at.root, '#paste');
      area.value = CSV;
      area.dispatchEvent(new Event('input', { bubbles: true }));
      await at.element.updateComplete;
      button(at.root, 'Read these rows').click();
      await loaded(at);
    });

    for (const [given, says] of [
      [new File([''], 'none.csv'), 'none.csv There are no rows in it.'],
      [new File([csv(5_001)], 'many.csv'), 'many.csv It has more than 5,000 rows. Split it into several files.'],
      [new File(['Bees,They dance all day long.,30\n'.repeat(5_001)], 'nameless.csv'), 'nameless.csv It has more than 5,000 rows. Split it into several files.'],
      [new File([Uint8Array.of(0x50, 0x4b, 3, 4)], 'book.xlsx'), 'book.xlsx It is no text. Save a spreadsheet as CSV first.'],
      [new File(['[{"a": 1}, {"a": }]'], 'a.json'), 'a.json It is no valid JSON. Item 2 is the first that cannot be read.'],
    ] as const) {
      it(`and says of ${given.name} what is wrong with it`, async () => {
        const at = await scene();
        await at.element.read(given, given.name);
        await at.element.updateComplete;
        expect(text($(at.root, '[role=alert]'))).to.equal(says);
        expect($(at.root, '[part=choose]'), 'another can be tried').not.to.equal(null);
        await at.element.read(CSV, 'good.csv');
        await loaded(at);
      });
    }

    it('one file at a time', async () => {
      const at = await scene();
      $(at.root, '[part=drop]').dispatchEvent(new DragEvent('drop', { dataTransfer: transfer(new File([CSV], 'a.csv'), new File([CSV], 'b.csv')), cancelable: true }));
      await at.element.updateComplete;
      expect(text($(at.root, '[role=alert]'))).to.equal('Give one file at a time.');
    });

    it('for a known user only', async () => {
      const { root, element } = await scene({}, null);
      await element.updateComplete;
      expect(text(root.querySelector('section'))).to.equal('Videos can be created once a user is known.');
    });
  });

  describe('checks rows', () => {
    it('marks the bad ones with the reason, and counts', async () => {
      const at = await scene();
      await checked(at);
      expect(text($(at.root, '.counts'))).to.equal('2 good rows 2 bad rows Bad rows only');
      expect([...at.root.querySelectorAll('.verdict')].map(text)).to.deep.equal([
        'Good',
        'Bad: Script is missing.',
        'Bad: Length in seconds must be a whole number from 1 to 3,600.',
        'Good',
      ]);
      expect(text($(at.root, '[part=send]'))).to.equal('Create 2 videos');
      expect(text($(at.root, '.send p'))).to.equal('2 bad rows are left out.');
      expect(text($(at.root, '[role=status]'))).to.equal('Good rows: 2. Bad rows: 2.');
    });

    it('shows the bad ones only', async () => {
      const at = await scene();
      await checked(at);
      const box = $<HTMLInputElement>(at.root, '[part=only-bad]');
      box.checked = true;
      await type(at, box, 'on');
      expect(lines(at.root)).to.deep.equal(['3', '4']);
    });

    it('a page at a time', async () => {
      const at = await scene();
      await checked(at, csv(60));
      expect([lines(at.root).length, text($(at.root, '.range'))]).to.deep.equal([25, '1 to 25 of 60']);
      button(at.root, 'Next rows').click();
      button(at.root, 'Next rows').click();
      await at.element.updateComplete;
      expect([lines(at.root).length, text($(at.root, '.range'))]).to.deep.equal([10, '51 to 60 of 60']);
      expect(button(at.root, 'Next rows').getAttribute('aria-disabled')).to.equal('true');
    });

    it('lets a column be something else', async () => {
      const at = await scene();
      await checked(at, 'foo,script\nBees,They dance.\n');
      expect($<HTMLDetailsElement>(at.root, 'details').open, 'it asks when the title is not found').to.equal(true);
      expect(text($(at.root, '[part=send]'))).to.equal('No good row yet');
      await type(at, $<HTMLSelectElement>(at.root, '#column-0'), 'title');
      await until(() => text($(at.root, '[part=send]')) === 'Create 1 video', 'it is good now');
    });

    it('lets the first row be values', async () => {
      const at = await scene();
      await checked(at);
      const box = $<HTMLInputElement>(at.root, 'details input');
      expect(box.checked).to.equal(true);
      box.checked = false;
      await type(at, box, 'on');
      await until(() => lines(at.root).length === 5, 'the first is a row');
    });

    it('lets a row be changed in place, by keyboard', async () => {
      const at = await scene();
      await checked(at);
      button(at.root, 'Change row 3').click();
      await at.element.updateComplete;
      const area = at.root.activeElement as HTMLTextAreaElement;
      expect([area.name, area.getAttribute('aria-invalid'), area.getAttribute('aria-label')]).to.deep.equal(['script_content', 'true', 'Script, Row 3']);
      expect(text(at.root.getElementById(area.getAttribute('aria-describedby')!))).to.equal('Script is missing.');
      area.value = 'They walk.';
      area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }));
      await at.element.updateComplete;
      expect(text(at.root.querySelectorAll('.verdict')[1]!)).to.equal('Good');
      expect(at.root.activeElement?.getAttribute('aria-label'), 'the focus is where it was').to.equal('Change row 3');
      expect(text($(at.root, '[part=send]'))).to.equal('Create 3 videos');
      button(at.root, 'Change row 2').click();
      await at.element.updateComplete;
      const title = $<HTMLInputElement>(at.root, 'tbody input[name=title]');
      title.value = '';
      title.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      await at.element.updateComplete;
      expect(text($(at.root, '.cell'))).to.equal('Bees');
    });

    it('lets a row be removed, and put back', async () => {
      const at = await scene();
      await checked(at);
      button(at.root, 'Remove row 3').focus();
      button(at.root, 'Remove row 3').click();
      await at.element.updateComplete;
      expect(lines(at.root)).to.deep.equal(['2', '4', '5']);
      expect(at.root.activeElement?.getAttribute('aria-label')).to.equal('Remove row 4');
      button(at.root, 'Put back').click();
      await at.element.updateComplete;
      expect(lines(at.root)).to.deep.equal(['2', '3', '4', '5']);
    });

    it('again when the defaults change', async () => {
      const at = await scene({}, undefined, { defaults: { duration: 0 } });
      await checked(at, 'title,script\nBees,They dance.\n');
      expect(text($(at.root, '[part=send]'))).to.equal('No good row yet');
      at.element.defaults = { duration: 30 };
      await until(() => text($(at.root, '[part=send]')) === 'Create 1 video', 'it is good now');
    });

    it('shows text from the file as text', async () => {
      const at = await scene();
      await checked(at, 'title,script\n<img src=x onerror=alert(1)>,<b>bold</b>\n', '<i>x</i>.csv');
      expect(at.root.querySelector('img, b, i')).to.equal(null);
      expect(text($(at.root, 'h3'))).to.equal('Check the rows of <i>x</i>.csv');
    });
  });

  describe('sends rows', () => {
    const posted = ({ double }: Scene, path: string) => double.requests.filter((request) => request.method === 'POST' && request.path === path);

    for (const bulk of [false, true]) {
      it(`each good one once, ${bulk ? 'many in a call where the service takes that' : 'one by one elsewhere'}`, async () => {
        const at = await scene({ offers: { bulk } });
        const done: JobBulkFinishedEvent['detail'][] = [];
        const ids: string[] = [];
        at.element.addEventListener('job-bulk-progress', ({ detail }: JobBulkProgressEvent) => ids.push(...detail.jobIds));
        at.element.addEventListener('job-bulk-finished', ({ detail }: JobBulkFinishedEvent) => done.push(detail));
        await checked(at);
        await send(at);
        await finished(at);
        expect(tiles(at.root)).to.deep.equal({ created: 2, left: 2 });
        expect(done.map(({ created, left, total, waiting }) => ({ created, left, total, waiting }))).to.deep.equal([{ created: 2, left: 2, total: 2, waiting: 0 }]);
        expect(ids).to.deep.equal(done[0]!.jobIds);
        expect(ids.map((id) => at.double.job(id)!.title)).to.deep.equal(['Bees', 'Moths']);
        expect(posted(at, '/api/v1/jobs/').length).to.equal(bulk ? 0 : 2);
        expect(posted(at, '/api/v1/jobs/bulk').length).to.equal(bulk ? 1 : 0);
        const keys = posted(at, '/api/v1/jobs/').map(({ headers }) => headers['idempotency-key']);
        if (!bulk) expect(new Set(keys).size).to.equal(2);
        expect(text($(at.root, '[part=problems]'))).to.contain('3 Ants Left out Script is missing.');
      });
    }

    it('says how far it is, and speaks of milestones only', async () => {
      const at = await scene({ latency: 15 }, undefined, { parallel: 1 });
      const spoken: string[] = [];
      await checked(at, csv(40));
      new MutationObserver(() => {
        const now = text($(at.root, '[role=status]'));
        if (now !== spoken.at(-1)) spoken.push(now);
      }).observe($(at.root, '[role=status]'), { childList: true, characterData: true, subtree: true });
      await send(at);
      await until(() => $<HTMLProgressElement>(at.root, 'progress').value > 5, 'it moves');
      expect($<HTMLProgressElement>(at.root, 'progress').max).to.equal(40);
      expect($(at.root, 'progress').getAttribute('aria-labelledby')).to.equal('run-title');
      await finished(at);
      await at.element.updateComplete;
      expect(spoken[0]).to.equal('Creating 40 videos.');
      expect(spoken.at(-1)).to.equal('Done. Created: 40. Not created: 0.');
      expect(spoken.length).to.be.at.most(5);
    });

    it('pauses, goes on, and cancels the rest after asking', async () => {
      const at = await scene({ latency: 20 }, undefined, { parallel: 1 });
      await checked(at, csv(200));
      await send(at);
      button(at.root, 'Pause').focus();
      button(at.root, 'Pause').click();
      await at.element.updateComplete;
      await until(() => at.root.activeElement?.getAttribute('data-action') === 'resume', 'the focus goes on');
      await new Promise((resolve) => setTimeout(resolve, 100));
      const before = posted(at, '/api/v1/jobs/').length;
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(posted(at, '/api/v1/jobs/').length).to.equal(before);
      expect(text($(at.root, 'h3'))).to.equal('Paused: videos.csv');
      button(at.root, 'Go on').click();
      await until(() => posted(at, '/api/v1/jobs/').length > before + 2, 'it goes on');
      button(at.root, 'Cancel the rest').click();
      await at.element.updateComplete;
      expect(text($(at.root, '#ask'))).to.match(/^Take back \d+ rows that have not been sent\? What has been created stays\.$/);
      button(at.root, 'Yes, cancel the rest').click();
      await finished(at);
      const { created, cancelled } = tiles(at.root) as { created: number; cancelled: number };
      expect(created + cancelled).to.equal(200);
      expect(created).to.equal(posted(at, '/api/v1/jobs/').length);
    });

    it('says when the service asks to wait, for how long, and goes on then', async () => {
      const at = await scene({}, undefined, { parallel: 1 });
      at.double.fault({ method: 'POST', status: 429, retryAfter: 3 });
      await checked(at, csv(3));
      await send(at);
      await until(() => $(at.root, '[part=note]'), 'it says so');
      expect(text($(at.root, '[part=note]'))).to.match(/^The service takes no more at the moment\. It goes on in [23] s(ec)?\.$/);
      await finished(at);
      expect(tiles(at.root)).to.deep.equal({ created: 3 });
      const [first, second] = posted(at, '/api/v1/jobs/');
      expect(second!.at - first!.at).to.be.at.least(2_900);
      expect(second!.headers['idempotency-key']).to.equal(first!.headers['idempotency-key']);
    });

    it('stops when nobody is signed in, and goes on where it was', async () => {
      const at = await scene({}, undefined, { parallel: 1 });
      at.double.fault({ method: 'POST', status: 401 });
      await checked(at, csv(3));
      await send(at);
      await until(() => $(at.root, '[data-action=resume]'), 'it stops');
      expect(text($(at.root, '[part=note]'))).to.contain('It was stopped: You need to sign in.');
      expect(tiles(at.root)).to.deep.equal({ created: 0, waiting: 3 });
      button(at.root, 'Go on').click();
      await finished(at);
      expect(tiles(at.root)).to.deep.equal({ created: 3 });
    });

    it('tries refused rows again', async () => {
      const at = await scene();
      at.double.fault({ method: 'POST', status: 422, body: { detail: [{ loc: ['body', 'video_request', 'language'], msg: 'No voice speaks this.', type: 'value_error' }] } });
      await checked(at, csv(3));
      await send(at);
      await finished(at);
      expect(tiles(at.root)).to.deep.equal({ created: 2, failed: 1 });
      expect(text($(at.root, '[part=problems]'))).to.contain('Refused The request has a mistake. language: No voice speaks this.');
      button(at.root, 'Try 1 refused row again').click();
      await until(() => tiles(at.root)['created'] === 3 && $(at.root, '[data-action=again]'), 'it goes through');
      expect(tiles(at.root)).to.deep.equal({ created: 3 });
    });

    it('never sends a row again whose answer was lost where keys are not known, and says so', async () => {
      const at = await scene({ extensions: false, offers: undefined }, undefined, { parallel: 1 });
      at.double.fault({ method: 'POST', kind: 'network' });
      await checked(at, csv(3));
      await send(at);
      await finished(at);
      expect(tiles(at.root)).to.deep.equal({ created: 2, unknown: 1 });
      expect(posted(at, '/api/v1/jobs/').length).to.equal(3);
      expect(text($(at.root, '[part=note]'))).to.contain('cannot tell whether their videos were made. They are not sent again');
      expect(button(at.root, 'Look for them again')).not.to.equal(undefined);
    });

    it('gives a report in which no cell is a formula', async () => {
      const at = await scene();
      await checked(at, 'title,script\n=1+1,They dance.\n" @SUM(A1)",\n"-2\n+3",x\n');
      await send(at);
      await finished(at);
      const blobs: Blob[] = [];
      const make = URL.createObjectURL.bind(URL);
      const names: string[] = [];
      const click = HTMLAnchorElement.prototype.click;
      URL.createObjectURL = (blob: Blob) => (blobs.push(blob), make(blob));
      HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
        names.push(this.download);
      };
      try {
        button(at.root, 'Download the report').click();
        await until(() => names.length === 1, 'it is offered');
      } finally {
        URL.createObjectURL = make;
        HTMLAnchorElement.prototype.click = click;
      }
      expect(names).to.deep.equal(['videos-report.csv']);
      const bytes = new Uint8Array(await blobs[0]!.arrayBuffer());
      expect([...bytes.slice(0, 3)], 'a byte order mark').to.deep.equal([0xef, 0xbb, 0xbf]);
      const [head, ...rows] = (await blobs[0]!.text()).replace('\ufeff', '').split('\r\n');
      expect(head).to.equal('row,title,status,job_id,script_id,reason');
      expect(rows[0]).to.match(/^2,"'=1\+1",created,[\w-]+,[\w-]+,$/);
      expect(rows[1]).to.equal('3,"\' @SUM(A1)",left out,,,Script is missing.');
      expect(rows[2]).to.match(/^4,"'-2\n\+3",created,/);
    });

    it('begins anew', async () => {
      const at = await scene();
      await checked(at, csv(1));
      await send(at);
      await finished(at);
      button(at.root, 'Another list').focus();
      button(at.root, 'Another list').click();
      await until(() => at.root.activeElement?.getAttribute('part') === 'choose', 'the focus is at the first button');
    });
  });

  describe('is kept', () => {
    it('while the element goes and comes: it goes on sending', async () => {
      const at = await scene({ latency: 20 }, undefined, { parallel: 1 });
      await checked(at, csv(100));
      await send(at);
      const place = at.element.parentElement!;
      at.element.remove();
      const before = at.double.requests.length;
      await until(() => at.double.requests.length > before + 5, 'it goes on');
      place.append(at.element);
      await until(() => $(at.root, 'progress'), 'it is shown again');
      button(at.root, 'Cancel the rest').click();
      await at.element.updateComplete;
      button(at.root, 'Yes, cancel the rest').click();
      await finished(at);
    });

    it('when it is done, and its end is told once', async () => {
      const at = await scene();
      let ends = 0;
      at.element.addEventListener('job-bulk-finished', () => ends++);
      await checked(at, csv(2));
      await send(at);
      await finished(at);
      const place = at.element.parentElement!;
      at.element.remove();
      place.append(at.element);
      await at.element.updateComplete;
      await finished(at);
      expect(ends).to.equal(1);
    });

    it('by API and user: another user sees nothing of it', async () => {
      const at = await scene({ latency: 50 });
      await checked(at, csv(50));
      await send(at);
      const page = at.element.closest('job-provider')!;
      page.userId = `other-${Date.now()}`;
      await until(() => $(at.root, '[part=choose]'), 'there is no list');
      page.userId = `user-${users}-x`;
    });
  });

  describe('accessible', () => {
    it('where rows come from', async () => {
      const at = await scene();
      await at.element.read('', 'x.csv');
      await at.element.updateComplete;
      await expectAccessible(at.element);
    });

    it('the check, and a row that is changed', async () => {
      const at = await scene();
      await checked(at);
      $<HTMLDetailsElement>(at.root, 'details').open = true;
      await expectAccessible(at.element);
      button(at.root, 'Change row 3').click();
      await at.element.updateComplete;
      await expectAccessible(at.element);
    });

    it('on its way, asking, and done', async () => {
      // Long enough to be looked at on its way, however slow the machine is.
      const at = await scene({ latency: 150 }, undefined, { parallel: 1 });
      await checked(at, `${csv(200)}\nAnts,\n`);
      await send(at);
      await expectAccessible(at.element);
      button(at.root, 'Cancel the rest').click();
      await at.element.updateComplete;
      await expectAccessible(at.element);
      button(at.root, 'Yes, cancel the rest').click();
      await finished(at);
      await expectAccessible(at.element);
    });
  });
});
