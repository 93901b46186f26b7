import type { VideoRequest } from './types.ts';

export interface FrameSize {
  width: number;
  height: number;
}

/** Platforms whose viewers hold a phone upright. Every other platform gets the wide picture. */
const VERTICAL_PLATFORMS = new Set([
  'tiktok',
  'youtube_shorts',
  'shorts',
  'instagram',
  'instagram_reels',
  'instagram_story',
  'reels',
  'facebook_reels',
  'snapchat',
]);

const RATIOS: Record<string, readonly [number, number]> = {
  '16:9': [16, 9],
  '9:16': [9, 16],
  '1:1': [1, 1],
  '4:5': [4, 5],
};

/** Pixels of the short side. */
const SHORT_SIDES: Record<string, number> = { '720p': 720, '1080p': 1080, '4k': 2160 };

/** The picture's size in pixels: the asked ratio wins over the platform's own; both sides are even, as the encoder needs. */
export function frameSize(video: Pick<VideoRequest, 'platform' | 'aspect_ratio' | 'resolution'>): FrameSize {
  const platform = video.platform.toLowerCase().replaceAll(/[\s-]+/g, '_');
  const ratio = RATIOS[video.aspect_ratio ?? ''] ?? (VERTICAL_PLATFORMS.has(platform) ? [9, 16] : [16, 9]);
  const short = SHORT_SIDES[video.resolution ?? ''] ?? 720;
  const [w, h] = ratio;
  const long = Math.round((short * Math.max(w, h)) / Math.min(w, h) / 2) * 2;
  return w > h ? { width: long, height: short } : { width: short, height: long };
}
