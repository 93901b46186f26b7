import type { Meta } from '@storybook/web-components-vite';
import type { StatusArgs } from './status-story.ts';

const flag = (description: string) => ({ description, control: { type: 'boolean' as const }, table: { category: 'attributes' } });

/** What the stories of all four variants have in common. */
export const statusMeta = {
  component: 'job-status',
  args: {
    variant: 'card',
    heading: '',
    headingLevel: 3,
    maxAttempts: 4,
    notify: false,
    disabled: false,
    hideTitle: false,
    hideTimes: false,
    hideSteps: false,
    hideActions: false,
    hideResult: false,
  },
  argTypes: {
    variant: {
      description: 'How much room it takes',
      control: { type: 'inline-radio' },
      options: ['card', 'compact', 'inline', 'bar'],
      table: { category: 'attributes' },
    },
    heading: { description: 'Title to show, over the job’s own', control: { type: 'text' }, table: { category: 'attributes' } },
    headingLevel: {
      description: 'Level of the title as a heading; 0 for plain text',
      control: { type: 'number', min: 0, max: 6 },
      table: { category: 'attributes' },
    },
    maxAttempts: {
      description: 'How many attempts the backend makes at most; 0 leaves the total out',
      control: { type: 'number', min: 0 },
      table: { category: 'attributes' },
    },
    notify: flag('Offers to tell when the job ends'),
    disabled: flag('All actions are off'),
    hideTitle: flag('Without title'),
    hideTimes: flag('Without times and attempts'),
    hideSteps: flag('Without steps'),
    hideActions: flag('Without buttons'),
    hideResult: flag('Without the player'),
  },
  parameters: { docs: { story: { inline: true } } },
} satisfies Partial<Meta<StatusArgs>>;
