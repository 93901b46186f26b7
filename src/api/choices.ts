/**
 * What a request may choose from, and its limits: plain data for `schema.ts`, which checks by them, and for whoever has to show
 * them before zod is there.
 */
import type { VideoRequest } from './wire.ts';

/** Platforms that every backend is expected to know. The field is open: a backend may know more. */
export const PLATFORMS = ['youtube', 'tiktok', 'instagram', 'youtube_shorts'] as const;
export const VOICE_PROVIDERS = ['azure', 'google', 'elevenlabs'] as const;
export const ASPECT_RATIOS = ['16:9', '9:16', '1:1', '4:5'] as const;
export const RESOLUTIONS = ['720p', '1080p', '4k'] as const;

/** Lengths in characters, the duration in seconds. */
export const LIMITS = {
  id: 200,
  title: 200,
  script: 50_000,
  language: 35,
  platform: 50,
  option: 500,
  duration: { min: 1, max: 3600 },
  priority: { min: 1, max: 10 },
  /** Jobs of one bulk call. */
  bulk: 500,
  /** `name`: length of a template's name. */
  template: { name: 100, perUser: 200 },
} as const;

/** What a form starts with, and what a row of a file has that says nothing of it. */
export const DEFAULTS = {
  language: 'en-US',
  platform: 'youtube',
  duration: 60,
  voice_provider: 'azure',
  enable_subtitles: true,
  priority: 5,
} as const satisfies Partial<VideoRequest> & { priority: number };

/** What suits a platform: the shape of its picture, and a length in seconds that its viewers expect. */
export const PLATFORM_SETTINGS: Readonly<
  Record<(typeof PLATFORMS)[number], { aspect_ratio: (typeof ASPECT_RATIOS)[number]; duration: number }>
> = {
  youtube: { aspect_ratio: '16:9', duration: 60 },
  tiktok: { aspect_ratio: '9:16', duration: 30 },
  instagram: { aspect_ratio: '9:16', duration: 30 },
  youtube_shorts: { aspect_ratio: '9:16', duration: 45 },
};
