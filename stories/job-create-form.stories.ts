import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { JobCreateForm } from '../src/elements/job-create-form/job-create-form.ts';
import type { JobProvider } from '../src/elements/job-provider/job-provider.ts';
import { JobStore } from '../src/store/job-store.ts';
import type { Fault } from '../test/double/faults.ts';
import { JobDouble } from '../test/double/job-double.ts';
import type { Offers } from '../test/double/offered.ts';
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

interface Setting {
  fault?: Fault;
  userId?: string | null;
  /** Attributes and content of the element, as an author writes them. */
  markup?: string;
  /** Stands around the element, which takes the place of `<slot>`. */
  around?: string;
  offers?: Offers;
  /** A backend elsewhere, so that the browser's network counts. */
  baseUrl?: string;
}

/** A form before a backend in memory, which makes a video in half a minute. Nothing is kept from one story to the next. */
function story(name: string, { fault, userId = 'user-1', markup = '<job-create-form no-draft></job-create-form>', around = '<slot></slot>', ...backend }: Setting = {}): Story {
  return {
    name,
    render: ({ platform, language, duration }) => {
      const double = new JobDouble({ media: storyMedia, autorun: { every: 3_000, steps: 8 }, ...backend });
      if (fault) double.fault({ method: 'POST', ...fault });
      const provider: JobProvider = document.createElement('job-provider');
      provider.store = new JobStore({ apiUrl: double.baseUrl, fetch: double.fetch, pollInterval: 500 });
      provider.userId = userId;
      provider.innerHTML = around.replace('<slot></slot>', markup);
      Object.assign(provider.querySelector('job-create-form')!, { platform, language, duration });
      return provider;
    },
  };
}

const formIn = (canvas: HTMLElement): JobCreateForm => canvas.querySelector('job-create-form')!;

/** Waits until `selector` is on show. */
async function shown(form: JobCreateForm, selector: string): Promise<void> {
  while (!form.shadowRoot!.querySelector(selector)) await new Promise((resolve) => requestAnimationFrame(resolve));
}

async function send(form: JobCreateForm, selector: string): Promise<void> {
  await form.updateComplete;
  form.shadowRoot!.querySelector<HTMLElement>('[part~=submit]')!.click();
  await shown(form, selector);
}

/** Fills the example in, sends it, and waits for what comes of it. */
function sending(selector: string): Story['play'] {
  return async ({ canvasElement }) => {
    const form = formIn(canvasElement);
    form.prefill(EXAMPLE);
    await send(form, selector);
  };
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

export const AllOptions: Story = {
  ...story('all options', { markup: '<job-create-form no-draft open></job-create-form>' }),
  play: async ({ canvasElement }) =>
    formIn(canvasElement).prefill({ ...EXAMPLE, voice_name: 'en-US-JennyNeural', resolution: '1080p', template_id: 'paper', background_music: 'calm' }),
};

export const OptionsChosen: Story = {
  ...story('options chosen, and folded'),
  play: async ({ canvasElement }) => formIn(canvasElement).prefill({ ...EXAMPLE, resolution: '4k', priority: 1, aspect_ratio: '1:1' }),
};

export const AnotherValue: Story = {
  ...story('a value that is not in the list', { markup: '<job-create-form no-draft open></job-create-form>' }),
  play: async ({ canvasElement }) => {
    const form = formIn(canvasElement);
    await form.updateComplete;
    const select = form.shadowRoot!.querySelector<HTMLSelectElement>('#template_id')!;
    select.selectedIndex = select.options.length - 1;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await shown(form, '#template_id-other');
  },
};

export const TooMuchToSay: Story = {
  ...story('more to say than fits'),
  play: async ({ canvasElement }) => formIn(canvasElement).prefill({ ...EXAMPLE, duration: 5 }),
};

export const Problems: Story = {
  ...story('with problems'),
  play: async ({ canvasElement }) => {
    const form = formIn(canvasElement);
    form.prefill({ title: 'x'.repeat(201), duration: 0 });
    await send(form, '[aria-invalid]');
  },
};

export const RefusedField: Story = {
  ...story('a field refused by the server', {
    fault: {
      status: 422,
      body: { detail: [{ loc: ['body', 'video_request', 'language'], msg: 'No voice speaks this language.', type: 'value_error' }] },
    },
  }),
  play: sending('[aria-invalid]'),
};

export const Refused: Story = {
  ...story('refused by the server', { fault: { status: 400, body: { detail: 'This service is closed on Sundays.' } } }),
  play: sending('[part~=refusal]'),
};

export const Paused: Story = {
  ...story('the service asks for a pause', { fault: { status: 429, retryAfter: 42 } }),
  play: sending('[part~=pause]'),
};

export const Offline: Story = {
  ...story('offline', { baseUrl: 'https://jobs.example' }),
  play: async (context) => {
    // The browser says so for a moment only; nothing else in the story asks it.
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
    await sending('[part~=offline]')!(context);
    delete (navigator as { onLine?: boolean }).onLine;
  },
};

export const Sending: Story = { ...story('sending', { fault: { kind: 'hang' } }), play: sending('[aria-busy=true]') };

export const Generating: Story = {
  ...story('made directly, for want of a queue', {
    fault: { status: 404, path: /\/jobs\/$/, times: 9 },
    markup: '<job-create-form no-draft sync-fallback></job-create-form>',
    offers: { generate: true },
  }),
  play: sending('[part~=generating]'),
};

export const NoUser: Story = { ...story('no user', { userId: null }), play: sending('.note:not(:empty)') };

export const Created: Story = { ...story('handed over to the job'), play: sending('job-status') };

export const DraftBack: Story = {
  ...story('a draft that is back', { markup: '<job-create-form draft-key="story"></job-create-form>' }),
  play: async ({ canvasElement }) => {
    const form = formIn(canvasElement);
    await form.updateComplete;
    form.prefill(EXAMPLE);
    window.dispatchEvent(new Event('pagehide'));
    const again = document.createElement('job-create-form');
    again.draftKey = 'story';
    form.replaceWith(again);
    await shown(again, '[part~=restored]');
    localStorage.clear();
  },
};

export const SavingAPreset: Story = {
  ...story('saving a preset'),
  play: async ({ canvasElement }) => {
    const form = formIn(canvasElement);
    await form.updateComplete;
    form.shadowRoot!.querySelector<HTMLElement>('[data-mode=save]')!.click();
    await shown(form, '#preset-name');
  },
};

export const OwnPreset: Story = {
  ...story('a preset of the user’s own', { userId: 'story-of-a-preset', offers: { templates: true } }),
  play: async ({ canvasElement }) => {
    const form = formIn(canvasElement);
    await form.updateComplete;
    form.shadowRoot!.querySelector<HTMLElement>('[data-mode=save]')!.click();
    await shown(form, '#preset-name');
    form.shadowRoot!.querySelector<HTMLInputElement>('#preset-name')!.value = 'Weekly news';
    form.shadowRoot!.querySelector<HTMLElement>('[part~=presets] .main')!.click();
    await shown(form, '[data-mode=rename]');
  },
};

export const SetByThePage: Story = {
  ...story('locked, hidden, ordered and renamed by the page', {
    markup: `<job-create-form no-draft no-presets open
      value='{"voice_provider":"google","resolution":"1080p"}' hide="voice_provider script_id" lock="resolution platform"
      order="script_content title" fields='{"title":{"label":"Headline"},"resolution":{"group":"main"}}'></job-create-form>`,
  }),
  play: async ({ canvasElement }) => formIn(canvasElement).prefill(EXAMPLE),
};

export const OwnFields: Story = story('with fields of the page’s own', {
  markup: `<job-create-form no-draft>
      <div slot="fields"><label>Campaign <input name="campaign" value="Spring" /></label></div>
    </job-create-form>`,
});

export const InAForm: Story = story('in a form of the page’s', {
  markup: '<job-create-form no-draft no-submit name="video" required></job-create-form>',
  around: '<form><slot></slot><p><button>Order now</button></p></form>',
});

export const Disabled: Story = story('in a disabled fieldset', { around: '<form><fieldset disabled><slot></slot></fieldset></form>' });

export const OneOrMany: Story = story('one or many', { markup: '<job-create-form no-draft bulk></job-create-form>' });
