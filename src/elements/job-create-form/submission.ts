import type { VideoRequest } from '../../api/wire.ts';
import { FIELDS, wireValue, type FieldValues } from './fields.ts';

/** What the form does not ask for. */
export interface Settings {
  readonly userId: string;
  readonly voiceProvider: string;
  /** 1 to 10; `null` leaves it to the server. */
  readonly priority: number | null;
  /** Further fields of `video_request`. */
  readonly extras: Readonly<Record<string, unknown>>;
}

export interface Submission {
  readonly request: { video_request: VideoRequest; priority?: number };
  readonly idempotencyKey: string;
}

/**
 * Makes requests of what is typed. The same content gives the same request with the same key until it has been taken up, so
 * one that is sent again, because no answer came, creates no second job.
 */
export class Submissions {
  #last: { content: string; submission: Submission } | null = null;

  next(values: FieldValues, settings: Settings): Submission {
    const content = JSON.stringify([values, settings]);
    if (this.#last?.content !== content) this.#last = { content, submission: submissionOf(values, settings) };
    return this.#last.submission;
  }

  /** The last one was taken up: the same content again is meant as another job. */
  done(): void {
    this.#last = null;
  }
}

function submissionOf(values: FieldValues, settings: Settings): Submission {
  const fields = FIELDS.map((spec) => [spec.name, wireValue(spec, values[spec.name])]);
  const id = randomId();
  const video = {
    script_id: `script-${id}`,
    voice_provider: settings.voiceProvider,
    ...settings.extras,
    ...Object.fromEntries(fields),
    title: values.title.trim(),
    script_content: values.script_content.trim(),
    user_id: settings.userId,
  } as VideoRequest;
  return {
    request: { video_request: video, ...(settings.priority === null ? {} : { priority: settings.priority }) },
    idempotencyKey: id,
  };
}

/** 128 random bits in hex. `crypto.randomUUID` is missing on pages that came over plain http. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
