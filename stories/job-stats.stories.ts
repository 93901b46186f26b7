import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { JobProvider } from '../src/elements/job-provider/job-provider.ts';
import type { StatisticsRange } from '../src/elements/job-stats/job-stats.ts';
import { broken, brokenHistory, empty, loading, unhealthy, usual, watchFor, withoutCounts, withoutHistory, wrongTotal } from '../test/scenarios/job-stats.ts';
import { makeWorld, type World } from '../test/scenarios/world.ts';

interface StatsArgs {
  range: StatisticsRange;
  hideCharts: boolean;
}

type Story = StoryObj<StatsArgs>;

const worlds = new WeakMap<Element, World>();

function worldOf(canvas: HTMLElement): World {
  return worlds.get(canvas.querySelector('job-provider')!)!;
}

/** A service in a world of its own, where time stands still. */
function story(name: string, arrange: (world: World) => void): Story {
  return {
    name,
    render: ({ range, hideCharts }) => {
      const world = makeWorld();
      arrange(world);
      const provider: JobProvider = document.createElement('job-provider');
      provider.store = world.store;
      const stats = document.createElement('job-stats');
      stats.range = range;
      stats.hideCharts = hideCharts;
      provider.append(stats);
      worlds.set(provider, world);
      return provider;
    },
  };
}

/** Once the element has come into view and its first answers are on show. */
async function arrived({ clock, double }: World): Promise<void> {
  while (double.requests.length === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
  await clock.flush();
}

/** How the service does. Narrow the window: tiles and charts go below each other. */
export default {
  title: 'job-stats',
  component: 'job-stats',
  args: { range: 'day', hideCharts: false },
  argTypes: {
    range: { description: 'How far back the charts go', control: { type: 'inline-radio' }, options: ['hour', 'day', 'week', 'month'] },
    hideCharts: { description: 'Tiles and bar only', control: { type: 'boolean' } },
  },
} satisfies Meta<StatsArgs>;

export const Usual = story('a usual day', usual);

export const TilesOnly: Story = { ...story('tiles only', usual), args: { hideCharts: true } };

export const Unhealthy = story('not healthy', unhealthy);

export const WrongTotal = story('a wrong total, and a status nobody knows', wrongTotal);

export const NoHistory = story('a backend without history, just opened', withoutHistory);

export const OwnSamples: Story = {
  ...story('a backend without history, a minute later', withoutHistory),
  play: async ({ canvasElement }) => {
    const world = worldOf(canvasElement);
    await arrived(world);
    await watchFor(world);
  },
};

export const Loading = story('loading', loading);

export const Empty = story('no jobs', empty);

export const Failed = story('not loaded', broken);

export const NoCounts = story('a backend that does not count', withoutCounts);

export const HistoryFailed = story('the history cannot be read', brokenHistory);

export const ConnectionLost: Story = {
  ...story('connection lost', usual),
  play: async ({ canvasElement }) => {
    const world = worldOf(canvasElement);
    await arrived(world);
    world.double.clearFaults();
    world.double.fault({ kind: 'network', times: 1e9 });
    await world.clock.advance(20_000);
  },
};

export const Offline: Story = {
  ...story('offline', usual),
  play: async ({ canvasElement }) => {
    const world = worldOf(canvasElement);
    await arrived(world);
    world.setOnline(false);
    await world.clock.advance(20_000);
  },
};

export const Narrow: Story = {
  ...story('on a phone', usual),
  decorators: [
    (render) => {
      const frame = document.createElement('div');
      frame.style.inlineSize = '20rem';
      frame.append(render() as Node);
      return frame;
    },
  ],
};
