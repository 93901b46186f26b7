import { attempt, Fields } from './fields.ts';
import type { Job, JobLinks, JobOutput, JobStep } from './job.ts';
import { UNKNOWN_STATUS } from './job.ts';
import { MAX_STEPS, MAX_WORDS } from './read-plain.ts';
import { readStatus } from './read-status.ts';
import { readTime } from './read-time.ts';
import { field, isRecord, readInteger, readNumber, readShare, readText } from './read-values.ts';

/** A page of jobs, as far as it could be read. */
export interface JobPage {
  readonly jobs: readonly Job[];
  /** How many jobs there are on all pages, never less than the answer itself proves; `null` when the backend does not say. */
  readonly total: number | null;
  /** From 1; `null` when the backend does not say. */
  readonly page: number | null;
  readonly pageSize: number | null;
  /** Entries of this page that are no job. */
  readonly unreadable: number;
}

const LINKS = ['batch', 'events', 'socket', 'cancel', 'retry', 'video', 'thumbnail', 'captions'] as const;

/**
 * Turns an answer into a `Job`, reading everything it can make sense of: missing fields are `null`, numbers may be text,
 * numbers out of range are clamped, a time without zone is UTC. A known field that cannot be read stays in `extra` under
 * its wire name, next to the fields that nobody documented.
 *
 * `null` when it is no job: no object, no id (and no `fallbackId`), or neither a status nor a progress. Never throws.
 */
export function readJob(wire: unknown, fallbackId?: string): Job | null {
  try {
    return isRecord(wire) ? readRecord(wire, fallbackId) : null;
  } catch {
    return null;
  }
}

function readRecord(wire: Record<string, unknown>, fallbackId?: string): Job | null {
  const fields = new Fields(wire);
  const id = fields.take('job_id', readText) ?? fields.take('id', readText) ?? fallbackId;
  const status = fields.take('status', readStatus);
  const progress = fields.take('progress', readShare);
  if (!id || (status === null && progress === null)) return null;
  const retryCount = fields.take('retry_count', readInteger);
  return {
    id,
    status: status ?? UNKNOWN_STATUS,
    progress,
    message: fields.take('progress_message', readWords),
    result: fields.take('result', readOutput),
    error: fields.take('error', readError),
    createdAt: fields.take('created_at', readTime),
    startedAt: fields.take('started_at', readTime),
    completedAt: fields.take('completed_at', readTime),
    updatedAt: fields.take('updated_at', readTime),
    retryCount: retryCount ?? 0,
    ...(retryCount === null && { attemptUnknown: true as const }),
    duration: fields.take('duration', readAmount),
    links: fields.take('links', readLinks),
    title: fields.take('title', readWords),
    scriptId: fields.take('script_id', readText),
    userId: fields.take('user_id', readText),
    platform: fields.take('platform', readText),
    priority: fields.take('priority', (value) => readInteger(value, 1, 10)),
    estimatedDuration: fields.take('estimated_duration', readAmount),
    queuePosition: fields.take('queue_position', (value) => readInteger(value, 1)),
    steps: fields.take('steps', readSteps) ?? [],
    extra: restOf(fields),
  };
}

const readAmount = (value: unknown) => readNumber(value, 0);

/** Text for a person to read, cut where nobody reads on. */
function readWords(value: unknown): string | null {
  const text = readText(value);
  // Not between the two halves of one character.
  return text && text.length > MAX_WORDS ? `${text.slice(0, MAX_WORDS).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

/** A failure's text, also when it is wrapped in an object. */
function readError(value: unknown): string | null {
  if (!isRecord(value)) return readWords(value);
  return readWords(field(value, 'message')) ?? readWords(field(value, 'detail'));
}

function readSteps(value: unknown): JobStep[] | null {
  if (!Array.isArray(value)) return null;
  const steps: JobStep[] = [];
  for (const entry of value.slice(0, MAX_STEPS)) {
    const name = isRecord(entry) ? readWords(field(entry, 'name')) : null;
    if (name === null) continue;
    steps.push({ name, status: readStatus(field(entry, 'status')) ?? UNKNOWN_STATUS, progress: readShare(field(entry, 'progress')) });
  }
  return steps;
}

function readOutput(value: unknown): JobOutput | null {
  if (!isRecord(value)) return null;
  const fields = new Fields(value);
  return {
    videoPath: fields.take('video_path', readText) ?? readText(field(value, 'video_url')),
    thumbnailPath: fields.take('thumbnail_path', readText) ?? readText(field(value, 'thumbnail_url')),
    duration: fields.take('duration', readAmount),
    fileSize: fields.take('file_size', readAmount),
    resolution: fields.take('resolution', readText),
    extra: restOf(fields),
  };
}

/** An object without a single link is still an answer: nothing is allowed. */
function readLinks(value: unknown): JobLinks | null {
  if (!isRecord(value)) return null;
  const links: JobLinks = {};
  for (const key of LINKS) {
    const link = field(value, key);
    if (typeof link === 'string' && link) links[key] = link;
  }
  return links;
}

/** What was not taken, or could not be read. */
function restOf({ record, taken }: Fields): Record<string, unknown> {
  const keys = attempt(Object.keys, record) ?? [];
  // `fromEntries` makes plain properties of all names, also of `__proto__`.
  return Object.fromEntries(keys.filter((key) => !taken.has(key)).map((key) => [key, field(record, key)]));
}
