import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { JobCreateForm } from '../src/elements/job-create-form/job-create-form.ts';
import type { JobProvider } from '../src/elements/job-provider/job-provider.ts';
import { JobStore } from '../src/store/job-store.ts';
import type { Fault } from '../test/double/faults.ts';
import { JobDouble } from '../test/double/job-double.ts';
import { storyMedia } from './support/media.ts';

interface FormArgs {
  platform: string;
  language: string;
  duration: number;
}

type Story = StoryObj<FormArgs>;

const EXAMPLE = {
  title: 'Why bees dance',
  script_content:
    'A bee that has found flowers flies home and dances. The direction of the dance tells the way. Its length tells how far.',
};

/** A form before a backend in memory, which makes a video in half a minute. */
function story(name: string, fault?: Fault, userId: string | null = 'user-1'): Story {
  return {
    name,
    render: ({ platform, language, duration }) => {
      const double = new JobDouble({ media: storyMedia, autorun: { every: 3_000, steps: 8 } });
      if (fault) double.fault({ method: 'POST', ...fault });
      const provider: JobProvider = document.createElement('job-provider');
      provider.store = new JobStore({ apiUrl: double.baseUrl, fetch: double.fetch, pollInterval: 500 });
      provider.userId = userId;
      const form = document.createElement('job-create-form');
      Object.assign(form, { platform, language, duration });
      provider.append(form);
      return provider;
    },
  };
}

const formIn = (canvas: HTMLElement): JobCreateForm => canvas.querySelector('job-create-form')!;

/** Sends the form and waits until `selector` is on show. */
async function send(form: JobCreateForm, selector: string): Promise<void> {
  await form.updateComplete;
  form.shadowRoot!.querySelector<HTMLElement>('[part~=submit]')!.click();
  while (!form.shadowRoot!.querySelector(selector)) await new Promise((resolve) => requestAnimationFrame(resolve));
}

export default {
  title: 'job-create-form',
  component: 'job-create-form',
  args: { platform: 'youtube', language: 'en-US', duration: 20 },
  argTypes: {
    platform: { description: 'Platform chosen at first', control: { type: 'text' } },
    language: { description: 'Language chosen at first', control: { type: 'text' } },
    duration: { description: 'Length at first, in seconds', control: { type: 'number', min: 1, max: 3600 } },
  },
} satisfies Meta<FormArgs>;

export const Empty = story('empty');

export const FilledIn: Story = {
  ...story('filled in'),
  play: async ({ canvasElement }) => formIn(canvasElement).prefill(EXAMPLE),
};

export const TooMuchToSay: Story = {
  ...story('more to say than fits'),
  play: async ({ canvasElement }) => formIn(canvasElement).prefill({ ...EXAMPLE, duration: '5' }),
};

export const Problems: Story = {
  ...story('with problems'),
  play: async ({ canvasElement }) => {
    const form = formIn(canvasElement);
    form.prefill({ title: 'x'.repeat(201), duration: '0' });
    await send(form, '[aria-invalid]');
  },
};

export const RefusedField: Story = {
  ...story('a field refused by the server', {
    status: 422,
    body: { detail: [{ loc: ['body', 'video_request', 'language'], msg: 'No voice speaks this language.', type: 'value_error' }] },
  }),
  play: async ({ canvasElement }) => {
    const form = formIn(canvasElement);
    form.prefill(EXAMPLE);
    await send(form, '[aria-invalid]');
  },
};

export const Refused: Story = {
  ...story('refused by the server', { status: 400, body: { detail: 'This service is closed on Sundays.' } }),
  play: async ({ canvasElement }) => {
    const form = formIn(canvasElement);
    form.prefill(EXAMPLE);
    await send(form, '[part~=refusal]');
  },
};

export const Sending: Story = {
  ...story('sending', { kind: 'hang' }),
  play: async ({ canvasElement }) => {
    const form = formIn(canvasElement);
    form.prefill(EXAMPLE);
    await send(form, '[aria-busy=true]');
  },
};

export const NoUser: Story = {
  ...story('no user', undefined, null),
  play: async ({ canvasElement }) => {
    const form = formIn(canvasElement);
    form.prefill(EXAMPLE);
    await send(form, '.note:not(:empty)');
  },
};

export const Created: Story = {
  ...story('handed over to the job'),
  play: async ({ canvasElement }) => {
    const form = formIn(canvasElement);
    form.prefill(EXAMPLE);
    await send(form, 'job-status');
  },
};
