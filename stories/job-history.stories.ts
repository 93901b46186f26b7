import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { JobHistory } from '../src/elements/job-history/job-history.ts';
import type { JobProvider } from '../src/elements/job-provider/job-provider.ts';
import { many, oneOfEach } from '../test/scenarios/job-history.ts';
import { makeWorld, type World, type WorldOptions } from '../test/scenarios/world.ts';
import { storyMedia } from './support/media.ts';

interface HistoryArgs {
  pageSize: number;
  status: string;
  q: string;
  sort: string;
  openJob: string;
  hideFilters: boolean;
}

type Story = StoryObj<HistoryArgs>;

const worlds = new WeakMap<Element, World>();

function worldOf(canvas: HTMLElement): World {
  return worlds.get(canvas.querySelector('job-provider')!)!;
}

/** A user's jobs in a world of their own, where time stands still. */
function story(name: string, arrange: (world: World) => void, { userId = 'user-1', ...options }: WorldOptions & { userId?: string | null } = {}): Story {
  return {
    name,
    render: (args) => {
      const world = makeWorld({ media: storyMedia, ...options });
      arrange(world);
      const provider: JobProvider = document.createElement('job-provider');
      provider.store = world.store;
      provider.userId = userId;
      const history = Object.assign(document.createElement('job-history'), args);
      provider.append(history);
      worlds.set(provider, world);
      return provider;
    },
  };
}

/** The list once it has drawn what it was told. */
async function settled(canvas: HTMLElement): Promise<JobHistory> {
  const history = canvas.querySelector('job-history')!;
  for (let turn = 0; turn < 3; turn++) {
    await worldOf(canvas).clock.flush();
    await history.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return history;
}

async function press(canvas: HTMLElement, selector: string, index = 0): Promise<void> {
  const history = await settled(canvas);
  history.shadowRoot!.querySelectorAll<HTMLElement>(selector)[index]?.click();
  await settled(canvas);
}

/** All jobs of a user. Narrow the window: below 46 times the size of the text, rows are cards. */
export default {
  title: 'job-history',
  component: 'job-history',
  args: { pageSize: 20, status: '', q: '', sort: 'created_at', openJob: '', hideFilters: false },
  argTypes: {
    pageSize: { description: 'Jobs on a page', control: { type: 'number', min: 1, max: 500 } },
    status: { description: 'Statuses to show, with commas between', control: { type: 'text' } },
    q: { description: 'Words that must be in a job', control: { type: 'text' } },
    sort: { description: 'What the list is sorted by', control: 'select', options: ['created_at', 'title', 'status', 'progress', 'duration'] },
    openJob: { description: 'Id of the job whose details are open', control: { type: 'text' } },
    hideFilters: { description: 'Leaves out search and filters', control: 'boolean' },
  },
} satisfies Meta<HistoryArgs>;

export const OneOfEach = story('one of each', oneOfEach);

export const Open: Story = {
  ...story('with details open', oneOfEach),
  args: { openJob: '00000000-0000-4000-8000-000000000001' },
};

export const Many = story('many pages', many);

export const Filtered: Story = { ...story('filtered by the server', oneOfEach), args: { status: 'failure,cancelled' } };

export const FilteredHere: Story = {
  ...story('filtered in the browser', (world) => many(world, 150), { extensions: false }),
  args: { q: 'lesson', pageSize: 10 },
};

export const NoMatch: Story = { ...story('nothing fits', oneOfEach), args: { q: 'zebra' } };

export const Unfolded: Story = {
  ...story('fields unfolded', oneOfEach),
  play: ({ canvasElement }) => press(canvasElement, '[part=unfold]'),
};

export const Selected: Story = {
  ...story('some selected', oneOfEach),
  play: ({ canvasElement }) => press(canvasElement, '[part=select-page]'),
};

export const Asking: Story = {
  ...story('asks before it cancels', oneOfEach),
  play: ({ canvasElement }) => press(canvasElement, '[part~=cancel]'),
};

export const AskingForMany: Story = {
  ...story('asks before it cancels many', oneOfEach),
  play: async ({ canvasElement }) => {
    await press(canvasElement, '[part=select-page]');
    await press(canvasElement, '[part~=cancel-some]');
  },
};

export const Refused: Story = {
  ...story('could not be cancelled', oneOfEach),
  play: async ({ canvasElement }) => {
    await settled(canvasElement);
    worldOf(canvasElement).double.fault({ method: 'DELETE', status: 403 });
    await press(canvasElement, '[part~=cancel]', 1);
    await press(canvasElement, '[part~=cancel-yes]');
  },
};

export const News: Story = {
  ...story('new ones wait', (world) => many(world, 30)),
  args: { pageSize: 10 },
  play: async ({ canvasElement }) => {
    await press(canvasElement, '[part~=next]');
    const { double, clock } = worldOf(canvasElement);
    double.add({ title: 'From elsewhere' });
    double.add({ title: 'And another' });
    await clock.advance(40_000);
    await settled(canvasElement);
  },
};

export const Duplicating: Story = {
  ...story('duplicates a job', oneOfEach),
  play: async ({ canvasElement }) => {
    await press(canvasElement, '[part~=duplicate]', 6);
    await import('../src/elements/job-create-form/define.ts');
    await settled(canvasElement);
  },
};

/** Files of another server are links; those of the page's own would be downloaded at once. */
export const Files: Story = {
  ...story('links of a download', oneOfEach, { media: { video: 'https://media.example/video.mp4' } }),
  play: async ({ canvasElement }) => {
    await press(canvasElement, '[part=select-page]');
    await press(canvasElement, '[part~=download-some]');
  },
};

export const Cancelling: Story = {
  ...story('cancels many', oneOfEach),
  play: async ({ canvasElement }) => {
    await press(canvasElement, '[part=select-page]');
    await press(canvasElement, '[part~=cancel-some]');
    worldOf(canvasElement).double.latency = 500;
    await press(canvasElement, '[part~=cancel-yes]');
  },
};

export const NewsWhileSelected: Story = {
  ...story('new ones wait while some are selected', (world) => many(world, 8)),
  play: async ({ canvasElement }) => {
    await press(canvasElement, '[part=select]', 1);
    const { double, clock } = worldOf(canvasElement);
    double.add({ title: 'From elsewhere' });
    await clock.advance(40_000);
    await settled(canvasElement);
  },
};

export const OnTheWay: Story = {
  ...story('other rows are on their way', oneOfEach),
  play: async ({ canvasElement }) => {
    const history = await settled(canvasElement);
    worldOf(canvasElement).double.latency = 500;
    history.status = 'failure';
    await settled(canvasElement);
  },
};

export const CoreOnly: Story = {
  ...story('a backend that only pages', (world) => many(world, 45), { extensions: false }),
  args: { pageSize: 10 },
};

export const NoMatchHere: Story = {
  ...story('nothing fits, as far as was looked', (world) => many(world, 150), { extensions: false }),
  args: { q: 'zebra' },
};

export const LongWords = story('long words, other scripts', (world) => {
  const { double } = world;
  double.add({ title: 'Donaudampfschifffahrtsgesellschaft'.repeat(4), status: 'failure', error: 'No-space-in-this-error'.repeat(12), duration: 400_000 });
  double.add({ title: 'كيف ترقص النحل وماذا تقول لبعضها عن الزهور البعيدة جدا عن الخلية', status: 'processing', progress: 0.12, progress_message: 'المشهد 3 من 8' });
  double.add({ title: 'One that goes on and on, and then goes home to have a rather long dinner with all of its friends', status: 'success', duration: 61 });
  double.add({ title: '<img src=x onerror=alert(1)>', status: 'a_status_that_nobody_has_heard_of' } as object);
});

export const Loading = story('loading', ({ double }) => double.fault({ kind: 'hang' }));

export const Empty = story('nothing there', () => {});

export const NoUser = story('no user', () => {}, { userId: null });

export const NotAllowed = story('not signed in', ({ double }) => double.fault({ status: 401, times: 100 }));

export const Failed = story('not loaded', ({ double }) => double.fault({ status: 500 }));

export const ConnectionLost: Story = {
  ...story('connection lost', oneOfEach),
  play: async ({ canvasElement }) => {
    const { double, clock } = worldOf(canvasElement);
    await clock.flush();
    double.fault({ kind: 'network', times: 100 });
    await clock.advance(30_000);
  },
};

export const Offline: Story = {
  ...story('offline', oneOfEach),
  play: async ({ canvasElement }) => {
    const world = worldOf(canvasElement);
    await world.clock.flush();
    world.setOnline(false);
    await world.clock.advance(30_000);
  },
};

const narrow: NonNullable<Story['decorators']> = [
  (render) => {
    const frame = document.createElement('div');
    frame.style.inlineSize = '20rem';
    frame.append(render() as Node);
    return frame;
  },
];

export const Narrow: Story = { ...story('as cards', oneOfEach), decorators: narrow };

export const NarrowOpen: Story = { ...story('as cards, with details open', oneOfEach), args: { openJob: '00000000-0000-4000-8000-000000000001' }, decorators: narrow };

export const NarrowSelected: Story = {
  ...story('as cards, some selected', oneOfEach),
  decorators: narrow,
  play: ({ canvasElement }) => press(canvasElement, '[part=select-page]'),
};

export const NarrowLoading: Story = { ...story('as cards, loading', ({ double }) => double.fault({ kind: 'hang' })), decorators: narrow };
