import type { TermTable } from '../terms.ts';

/** English words of `<job-player>`. */
export const playerEn = {
  'player.label': 'Video player',
  'player.play': 'Play',
  'player.pause': 'Pause',
  'player.seek': 'Position',
  'player.position': '{time} of {total}',
  'player.mute': 'Mute',
  'player.unmute': 'Unmute',
  'player.volume': 'Volume',
  'player.captions': 'Captions',
  'player.pip': 'Picture in picture',
  'player.fullscreen': 'Full screen',
  'player.exitFullscreen': 'Leave full screen',
  'player.problem': 'This video cannot be played here.',
  'player.tryAgain': 'Try again',
  'player.download': 'Download the video',
} as const satisfies TermTable;

export type PlayerTerms = typeof playerEn;
