/**
 * What a request may choose from, and its limits: plain data for `schema.ts`, which checks by them, and for whoever has to show
 * them before zod is there.
 */

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
  option: 500,
  duration: { min: 1, max: 3600 },
  priority: { min: 1, max: 10 },
} as const;
