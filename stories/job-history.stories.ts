import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { JobProvider } from '../src/elements/job-provider/job-provider.ts';
import { many, oneOfEach } from '../test/scenarios/job-history.ts';
import { makeWorld, type World } from '../test/scenarios/world.ts';
import { storyMedia } from './support/media.ts';

interface HistoryArgs {
  limit: number;
  openJob: string;
}

type Story = StoryObj<HistoryArgs>;

const worlds = new WeakMap<Element, World>();

function worldOf(canvas: HTMLElement): World {
  return worlds.get(canvas.querySelector('job-provider')!)!;
}

/** A user's jobs in a world of their own, where time stands still. */
function story(name: string, arrange: (world: World) => void, userId: string | null = 'user-1'): Story {
  return {
    name,
    render: ({ limit, openJob }) => {
      const world = makeWorld({ media: storyMedia });
      arrange(world);
      const provider: JobProvider = document.createElement('job-provider');
      provider.store = world.store;
      provider.userId = userId;
      const history = document.createElement('job-history');
      history.limit = limit;
      history.openJob = openJob;
      provider.append(history);
      worlds.set(provider, world);
      return provider;
    },
  };
}

/** The newest jobs of a user. Narrow the window: below 42 times the size of the text, rows are cards. */
export default {
  title: 'job-history',
  component: 'job-history',
  args: { limit: 10, openJob: '' },
  argTypes: {
    limit: { description: 'How many jobs at most', control: { type: 'number', min: 1, max: 100 } },
    openJob: { description: 'Id of the job whose details are open', control: { type: 'text' } },
  },
} satisfies Meta<HistoryArgs>;

export const OneOfEach = story('one of each', oneOfEach);

export const Open: Story = {
  ...story('with details open', oneOfEach),
  args: { openJob: '00000000-0000-4000-8000-000000000001' },
};

export const Many = story('more than are shown', many);

export const Loading = story('loading', ({ double }) => double.fault({ kind: 'hang' }));

export const Empty = story('nothing there', () => {});

export const NoUser = story('no user', () => {}, null);

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

export const Narrow: Story = {
  ...story('as cards', oneOfEach),
  decorators: [
    (render) => {
      const frame = document.createElement('div');
      frame.style.inlineSize = '22rem';
      frame.append(render() as Node);
      return frame;
    },
  ],
};
