import type { Meta, StoryObj } from '@storybook/web-components-vite';
import '../src/elements/job-create-form/bulk/register.ts';
import type { JobCreateBulk } from '../src/elements/job-create-form/bulk/job-create-bulk.ts';
import type { JobProvider } from '../src/elements/job-provider/job-provider.ts';
import { JobStore } from '../src/store/job-store.ts';
import type { Fault } from '../test/double/faults.ts';
import { JobDouble, type JobDoubleOptions } from '../test/double/job-double.ts';

interface BulkArgs {
  rate: number;
  parallel: number;
  chunk: number;
}

type Story = StoryObj<BulkArgs>;

interface StoryOptions {
  double?: JobDoubleOptions;
  fault?: Fault;
  user?: string | null;
  defaults?: Readonly<Record<string, unknown>>;
}

const GOOD = 'A bee that has found flowers flies home and dances. The dance tells the way.';
const ROWS = Array.from({ length: 60 }, (_, index) => {
  if (index % 9 === 2) return `How ants find home ${index},,tiktok,30,x`;
  if (index % 9 === 5) return `Moths and light ${index},${GOOD},youtube,9999,`;
  return `Why bees dance ${index},${GOOD},${index % 3 === 0 ? 'tiktok' : 'youtube'},${index % 4 === 0 ? '' : 30},`;
});
const LIST = ['Title,Script,Platform,Duration,Notes', ...ROWS].join('\n');

let users = 0;

/** Before a backend in memory. Each story has a user of its own, so none finds the list of another. */
function story(name: string, { double: options, fault, user, defaults = {} }: StoryOptions = {}, play?: (element: JobCreateBulk) => Promise<void>): Story {
  return {
    name,
    render: ({ rate, parallel, chunk }) => {
      const double = new JobDouble({ offers: {}, ...options });
      if (fault) double.fault({ method: 'POST', ...fault });
      const provider: JobProvider = document.createElement('job-provider');
      provider.store = new JobStore({ apiUrl: double.baseUrl, fetch: double.fetch });
      provider.userId = user === undefined ? `story-${Date.now()}-${users++}` : user;
      const element = document.createElement('job-create-bulk');
      Object.assign(element, { rate, parallel, chunk, defaults });
      provider.append(element);
      return provider;
    },
    ...(play && { play: ({ canvasElement }: { canvasElement: HTMLElement }) => play(canvasElement.querySelector('job-create-bulk')!) }),
  };
}

const find = <E extends HTMLElement = HTMLElement>(element: JobCreateBulk, selector: string): E | null => element.renderRoot.querySelector<E>(selector);

async function shown(element: JobCreateBulk, selector: string): Promise<HTMLElement> {
  for (;;) {
    const found = find(element, selector);
    if (found) return found;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

async function check(element: JobCreateBulk, text = LIST): Promise<void> {
  await element.updateComplete;
  await element.read(text, 'october.csv');
  await shown(element, '.counts');
}

async function send(element: JobCreateBulk, text = LIST): Promise<void> {
  await check(element, text);
  find(element, '[part=send]')?.click();
  await shown(element, 'progress');
}

const few = ['Title,Script', ...Array.from({ length: 6 }, (_, index) => `Why bees dance ${index},${GOOD}`)].join('\n');

export default {
  title: 'job-create-bulk',
  component: 'job-create-bulk',
  args: { rate: 4, parallel: 1, chunk: 100 },
  argTypes: {
    rate: { description: 'Most rows sent in a second', control: { type: 'number', min: 1 } },
    parallel: { description: 'Requests at once, where rows go one by one', control: { type: 'number', min: 1, max: 16 } },
    chunk: { description: 'Rows of a call, where the service takes many in one', control: { type: 'number', min: 1, max: 500 } },
  },
} satisfies Meta<BulkArgs>;

export const Source = story('where rows come from');

export const SourceError = story('a file that cannot be used', {}, async (element) => {
  await element.updateComplete;
  await element.read('[{"title": "Bees"}, {"title": }]', 'october.json');
  await shown(element, '[role=alert]');
});

export const TooManyRows = story('too many rows', {}, async (element) => {
  await element.updateComplete;
  await element.read(`title,script\n${'Bees,They dance.\n'.repeat(5_001)}`, 'everything.csv');
  await shown(element, '[role=alert]');
});

export const NoUser = story('no user', { user: null });

export const Checked = story('checked, some rows bad', {}, check);

export const AllGood = story('checked, all rows good', {}, (element) => check(element, few));

export const NoTitle = story('columns that are not known', {}, (element) => check(element, `foo,script\nWhy bees dance,${GOOD}\n`));

export const OnlyBad = story('bad rows only, one being changed', {}, async (element) => {
  await check(element);
  find(element, '[part=only-bad]')?.click();
  await element.updateComplete;
  find(element, '[data-action=edit]')?.click();
  await shown(element, 'tbody textarea');
});

export const Sending = story('on its way', { double: { latency: 200 } }, send);

export const Waiting = story('the service asks to wait', { fault: { status: 429, retryAfter: 600 } }, async (element) => {
  await send(element);
  await shown(element, '[part=note]');
});

export const NoAnswer = story('the service does not answer', { fault: { kind: 'network', times: 1_000 } }, async (element) => {
  await send(element);
  await shown(element, '[part=note]');
});

export const Paused = story('paused', { double: { latency: 100 } }, async (element) => {
  await send(element);
  (await shown(element, '[data-action=pause]')).click();
  await shown(element, '[data-action=resume]');
});

export const Asking = story('asks before it cancels the rest', { double: { latency: 100 } }, async (element) => {
  await send(element);
  (await shown(element, '[data-action=cancel]')).click();
  await shown(element, '.ask');
});

export const Stopped = story('not signed in', { fault: { status: 401 } }, async (element) => {
  await send(element);
  await shown(element, '[data-action=resume]');
});

export const Done = story('done', {}, async (element) => {
  element.rate = 1_000;
  await send(element);
  await shown(element, '[data-action=again]');
});

export const Refused = story(
  'done, some rows refused',
  { fault: { status: 422, times: 2, body: { detail: [{ loc: ['body', 'video_request', 'language'], msg: 'No voice speaks this language.', type: 'value_error' }] } } },
  async (element) => {
    element.rate = 1_000;
    await send(element, few);
    await shown(element, '[data-action=retry]');
  },
);

export const Unknown = story('done, an answer was lost', { double: { extensions: false, offers: undefined }, fault: { kind: 'network' } }, async (element) => {
  element.rate = 1_000;
  await send(element, few);
  await shown(element, '[data-action=look]');
});

const elsewhere = story('another tab has a list', { user: 'story-elsewhere' }, async (element) => {
  await shown(element, '[part=note]');
});

export const Elsewhere: Story = {
  ...elsewhere,
  render: (args, context) => {
    const provider = elsewhere.render?.(args, context) as JobProvider;
    const name = `job-elements.bulk:${JSON.stringify([provider.store?.apiUrl, 'story-elsewhere'])}`;
    // Stands for the other tab; it goes with this page.
    void navigator.locks.request(name, { ifAvailable: true }, () => new Promise(() => {}));
    return provider;
  },
};
