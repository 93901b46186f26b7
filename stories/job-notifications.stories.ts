import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { mountNotifications, type NoticeScene } from '../test/scenarios/job-notifications.ts';
import { storyMedia } from './support/media.ts';

interface NotificationArgs {
  place: string;
  max: number;
  hideBell: boolean;
  hideToasts: boolean;
}

type Story = StoryObj<NotificationArgs>;

const scenes = new WeakMap<Element, NoticeScene>();

function sceneOf(canvas: HTMLElement): NoticeScene {
  return scenes.get(canvas.querySelector('job-provider')!)!;
}

/** A bell on a page of its own, where time stands still: toasts stay. */
function story(name: string, play?: (scene: NoticeScene) => Promise<void>, attributes: Readonly<Record<string, string>> = {}): Story {
  return {
    name,
    render: ({ place, max, hideBell, hideToasts }) => {
      const scene = mountNotifications(attributes, { media: storyMedia });
      Object.assign(scene.element, { place, max, hideBell, hideToasts });
      scene.provider.style.setProperty('--job-motion-duration', '0s');
      scenes.set(scene.provider, scene);
      return scene.provider;
    },
    play: async ({ canvasElement }) => {
      const scene = sceneOf(canvasElement);
      await scene.settle();
      await play?.(scene);
    },
  };
}

async function end(scene: NoticeScene, title: string, how?: 'finish' | 'fail' | 'cancel'): Promise<void> {
  await scene.end(await scene.run(title), how);
}

async function oneOfEach(scene: NoticeScene): Promise<void> {
  await end(scene, 'How rivers bend', 'cancel');
  await end(scene, 'A voice that nobody has', 'fail');
  await end(scene, 'Why bees dance');
}

async function open({ element }: NoticeScene): Promise<void> {
  element.shadowRoot!.querySelector<HTMLElement>('[part~=bell]')!.click();
  await element.updateComplete;
}

/** Jobs of the page that end, told by toasts and at a bell. */
export default {
  title: 'job-notifications',
  component: 'job-notifications',
  args: { place: 'bottom-end', max: 3, hideBell: false, hideToasts: false },
  argTypes: {
    place: {
      description: 'Where toasts appear',
      control: { type: 'select' },
      options: ['top', 'top-start', 'top-end', 'bottom', 'bottom-start', 'bottom-end'],
    },
    max: { description: 'How many toasts at once', control: { type: 'number', min: 1, max: 6 } },
    hideBell: { description: 'Toasts only', control: { type: 'boolean' } },
    hideToasts: { description: 'The bell only', control: { type: 'boolean' } },
  },
} satisfies Meta<NotificationArgs>;

export const Quiet = story('nothing new');

export const Toasts = story('one toast of each', oneOfEach);

export const More: Story = {
  ...story('more than are shown', async (scene) => {
    for (const title of ['Lesson 1', 'Lesson 2', 'Lesson 3', 'Lesson 4', 'Lesson 5']) await end(scene, title);
  }),
  args: { max: 2 },
};

export const JobPage = story('with a page for each job', oneOfEach, { 'job-url': '/videos/{id}' });

export const List: Story = {
  ...story('the list, some of it unread', async (scene) => {
    await oneOfEach(scene);
    scene.element.markAllRead();
    await scene.world.clock.advance(3_600_000);
    await end(scene, 'The moons of Saturn');
    await open(scene);
  }),
  args: { hideToasts: true },
};

export const EmptyList = story('the list, empty', open);

const LONG = 'A very long story about the rivers of the Himalaya, from where they rise in the ice to where they reach the sea'.repeat(2);

export const LongWords = story('titles and reasons without an end', async (scene) => {
  await end(scene, LONG, 'fail');
  await end(scene, 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft');
  await open(scene);
});

export const Many: Story = {
  ...story('many unread', async (scene) => {
    for (let count = 1; count <= 30; count++) await end(scene, `Lesson ${count}`);
    await open(scene);
  }),
  args: { hideToasts: true },
};

export const ToastsOnly: Story = { ...story('toasts only', oneOfEach), args: { hideBell: true, place: 'top' } };
