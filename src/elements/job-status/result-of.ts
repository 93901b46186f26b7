import { mediaUrl } from '../../api/media-url.ts';
import type { MediaUrlOptions } from '../../api/urls.ts';
import type { Job } from '../../core/job.ts';

/** What a finished job has to show, with URLs that a browser may use. */
export type JobShowing =
  | { readonly kind: 'video'; readonly url: string; readonly poster: string | null; readonly captions: string | null }
  | { readonly kind: 'link'; readonly url: string }
  | { readonly kind: 'nothing' };

const NOTHING: JobShowing = { kind: 'nothing' };

/** Endings that no browser plays as a video. Routes without an ending are taken as videos. */
const OTHER_FILE = /\.(zip|tar|gz|pdf|html?|txt|srt|vtt|csv|json|xml|png|jpe?g|gif|webp|svg|mp3|wav|docx?|pptx?|xlsx?)$/i;

/** Keys under which backends put the address of a result that is no video. */
const LINK_KEYS = ['url', 'link', 'href', 'result_url', 'output_url', 'download_url', 'file_url'];

export function resultOf(job: Job, options: MediaUrlOptions): JobShowing {
  if (job.status !== 'success') return NOTHING;
  const video = mediaUrl(job, 'video', options);
  if (video !== null) {
    if (OTHER_FILE.test(new URL(video).pathname)) return { kind: 'link', url: video };
    return {
      kind: 'video',
      url: video,
      poster: mediaUrl(job, 'thumbnail', options),
      captions: mediaUrl(job, 'captions', options),
    };
  }
  const url = LINK_KEYS.map((key) => webUrl(job.result?.extra[key])).find((found) => found !== null);
  return url ? { kind: 'link', url } : NOTHING;
}

function webUrl(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  try {
    const url = new URL(value);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}
