import type { VideoRequest } from '../../src/render/types.ts';

/** A request for a short English video, changed as a test needs it. */
export function videoRequest(change: Partial<VideoRequest> = {}): VideoRequest {
  return {
    script_id: 'script-1',
    user_id: 'user-1',
    title: 'Why mountains make weather',
    script_content: 'Wet air meets a slope and rises. It cools and turns to cloud.',
    language: 'en-US',
    platform: 'youtube',
    duration: 6,
    voice_provider: 'azure',
    ...change,
  };
}
