import type { StoryObj } from '@storybook/web-components-vite';
import type { JobStatus, StatusVariant } from '../../src/elements/job-status/job-status.ts';
import { JobStore } from '../../src/store/job-store.ts';
import { JobDouble } from '../../test/double/job-double.ts';
import { statusScenarios } from '../../test/scenarios/job-status.ts';
import { mountStatus } from '../../test/scenarios/mount.ts';

/** What the controls change; each is an attribute of the element. */
export interface StatusArgs {
  variant: StatusVariant;
  heading: string;
  headingLevel: number;
  maxAttempts: number;
  notify: boolean;
  disabled: boolean;
  hideTitle: boolean;
  hideTimes: boolean;
  hideSteps: boolean;
  hideActions: boolean;
  hideResult: boolean;
}

export type StatusStory = StoryObj<StatusArgs>;

const media = {
  video: new URL('../../test/fixtures/clip.mp4', import.meta.url).href,
  thumbnail: new URL('../../test/fixtures/clip.jpg', import.meta.url).href,
  captions: new URL('../../test/fixtures/clip.vtt', import.meta.url).href,
};

const arrivals = new WeakMap<Element, Promise<void>>();

/** One scenario as a story, in a world of its own where time stands still. */
export function statusStory(scenarioName: string): StatusStory {
  const scenario = statusScenarios.find(({ name }) => name === scenarioName);
  if (!scenario) throw new Error(`There is no scenario “${scenarioName}”.`);
  return {
    name: scenarioName,
    render: (args) => {
      const { provider, element, arrive } = mountStatus(scenario, {}, { media });
      setArgs(element, args);
      arrivals.set(provider, connected(provider).then(arrive));
      return provider;
    },
    play: async ({ canvasElement }) => {
      const provider = canvasElement.querySelector('job-provider');
      if (provider) await arrivals.get(provider);
    },
  };
}

/** What the controls say, over what the scenario says. */
export function setArgs(element: JobStatus, args: Partial<StatusArgs>): void {
  for (const [name, value] of Object.entries(args)) {
    const attribute = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (value === true) element.setAttribute(attribute, '');
    else if (value !== false && value !== '' && value !== undefined) element.setAttribute(attribute, String(value));
  }
}

/** Storybook puts on the page what a story gives, a moment later. */
async function connected(element: Element): Promise<void> {
  while (!element.isConnected) await new Promise((resolve) => requestAnimationFrame(resolve));
}

const REQUEST = {
  video_request: {
    script_id: 'script-7',
    user_id: 'user-1',
    title: 'How bees talk to each other',
    script_content: 'Bees dance. The dance tells where the flowers are.',
    language: 'en-US',
    platform: 'youtube',
    duration: 30,
    voice_provider: 'azure',
  },
} as const;

/** A job that takes half a minute, on the real clock. */
export function liveStory(): StatusStory {
  return {
    name: 'live',
    render: (args) => {
      const double = new JobDouble({ media, autorun: { every: 3_000, steps: 8 } });
      const provider = document.createElement('job-provider');
      const element = document.createElement('job-status');
      provider.store = new JobStore({ apiUrl: double.baseUrl, fetch: double.fetch, pollInterval: 500 });
      setArgs(element, args);
      provider.append(element);
      void provider.store.create(REQUEST).then(({ id }) => {
        element.jobId = id;
      });
      return provider;
    },
  };
}
