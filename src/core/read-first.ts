import type { Job, JobStep } from './job.ts';
import { UNKNOWN_STATUS } from './job.ts';
import { readStatus } from './read-status.ts';
import { field, isRecord, readInteger, readShare, readText } from './read-values.ts';

/** More steps, or longer words, nobody reads; drawing them would hold the page up for seconds. */
const MAX_STEPS = 1000;
const MAX_WORDS = 10_000;

/** The part of a job that its first picture shows. */
export type FirstJob = Pick<
  Job,
  'id' | 'status' | 'progress' | 'message' | 'error' | 'retryCount' | 'attemptUnknown' | 'title' | 'queuePosition' | 'steps'
>;

/** `null` when it is no job: no id, or neither a status nor a progress. */
export function readFirst(fields: Fields, fallbackId?: string): FirstJob | null {
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
    error: fields.take('error', readError),
    retryCount: retryCount ?? 0,
    ...(retryCount === null && { attemptUnknown: true as const }),
    title: fields.take('title', readWords),
    queuePosition: fields.take('queue_position', (value) => readInteger(value, 1)),
    steps: fields.take('steps', readSteps) ?? [],
  };
}

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

/** Takes the known fields out of a record. */
export class Fields {
  readonly record: Record<string, unknown>;
  /** Known, and read. */
  readonly taken = new Set<string>();

  constructor(record: Record<string, unknown>) {
    this.record = record;
  }

  take<T>(key: string, read: (value: unknown) => T | null): T | null {
    const value = field(this.record, key) ?? null;
    const result = value === null ? null : attempt(read, value);
    if (value === null || result !== null) this.taken.add(key);
    return result;
  }
}

export function attempt<T, R>(read: (value: T) => R, value: T): R | null {
  try {
    return read(value);
  } catch {
    return null;
  }
}
