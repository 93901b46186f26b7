import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { storyMedia } from './support/media.ts';

interface PlayerArgs {
  src: string;
  poster: string;
  captions: string;
  label: string;
  resolution: string;
}

type Story = StoryObj<PlayerArgs>;

export default {
  title: 'job-player',
  component: 'job-player',
  args: { src: storyMedia.video, poster: storyMedia.thumbnail, captions: storyMedia.captions, label: 'Colours', resolution: '160x90' },
  render: (args) => {
    const player = document.createElement('job-player');
    Object.assign(player, args);
    return player;
  },
} satisfies Meta<PlayerArgs>;

export const Ready: Story = { name: 'ready to play' };

export const WithoutCaptions: Story = { name: 'without captions', args: { captions: '', poster: '' } };

export const Upright: Story = { name: 'room for an upright video', args: { resolution: '1080x1920' } };

/** A picture is no video. */
export const CannotPlay: Story = { name: 'cannot play', args: { src: storyMedia.thumbnail } };

export const BrowserControls: Story = {
  name: 'controls of the browser',
  render: (args) => {
    const player = document.createElement('job-player');
    Object.assign(player, args, { createEngine: () => Promise.reject(new Error('not loaded')) });
    return player;
  },
};
