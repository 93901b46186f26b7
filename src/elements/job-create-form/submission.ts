import type { CreateJobRequest, VideoRequest } from '../../api/wire.ts';
import type { Texts } from './values.ts';
import { valuesOf } from './values.ts';

/** What goes along that is not typed. */
export interface Settings {
  readonly userId: string;
  /** Further fields of `video_request`. */
  readonly extras: Readonly<Record<string, unknown>>;
}

export interface Submission {
  readonly request: CreateJobRequest;
  readonly idempotencyKey: string;
}

/** A submission of which nobody knows yet whether it was taken up. It outlives a reload. */
export interface Pending {
  /** Of the content that was sent. */
  readonly hash: string;
  readonly key: string;
  /** When it was first sent, ms since the epoch. */
  readonly at: number;
}

/** How long a backend remembers a key, in ms. */
const REMEMBERED = 24 * 3600 * 1000;

/**
 * Makes requests of what is typed. The same content gives the same request with the same key until it has been taken up, so
 * one that is sent again, because no answer came, creates no second job.
 */
export class Submissions {
  /** The last one that was sent and not taken up. */
  pending: Pending | null = null;

  next(texts: Texts, settings: Settings, now: number): Submission {
    const hash = hashOf(JSON.stringify([valuesOf(texts), settings]));
    const known = this.pending;
    const fresh = known?.hash === hash && now - known.at < REMEMBERED && known.at <= now;
    this.pending = fresh ? known : { hash, key: newKey(), at: now };
    return submissionOf(texts, settings, this.pending.key);
  }

  /** The last one was taken up, or given up: the same content again is meant as another job. */
  done(): void {
    this.pending = null;
  }
}

/** The request for these texts. `key` is its idempotency key, and stands in for an id of the script. */
export function submissionOf(texts: Texts, { userId, extras }: Settings, key: string): Submission {
  const { priority, ...video } = valuesOf(texts);
  // A style of what is not there would only puzzle.
  if (video.enable_subtitles === false) delete video.subtitle_style;
  const request = { script_id: `script-${key}`, ...extras, ...video, user_id: userId } as VideoRequest;
  return { request: { video_request: request, ...(priority === undefined ? {} : { priority }) }, idempotencyKey: key };
}

/** 128 random bits in hex. `crypto.randomUUID` is missing on pages that came over plain http. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** 53 bits (cyrb53): enough to tell one text of a person's from the next. */
function hashOf(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}
