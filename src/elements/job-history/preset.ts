import type { Job } from '../../core/job.ts';
import { isRecord } from '../../core/read-values.ts';

/** Where backends put what a job was made of, beside the job itself. */
const PLACES = ['request', 'video_request', 'input', 'inputs', 'params', 'payload'];

/** What a request takes that a job tells under the same name. */
const FIELDS = [
  'title', 'script_content', 'script_id', 'language', 'platform', 'duration', 'voice_provider', 'voice_name', 'background_music',
  'template_id', 'aspect_ratio', 'resolution', 'enable_subtitles', 'subtitle_style',
];

/**
 * Fields of `video_request` as the job tells them, to make another one like it; `inputs`: what the backend tells of its making
 * beside that. What neither tells is left out.
 */
export function presetOf(job: Job, inputs: Readonly<Record<string, unknown>> | null = null): Readonly<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  const take = (record: Record<string, unknown>, fields: readonly string[]): void => {
    for (const field of fields) if (record[field] !== undefined && record[field] !== null) found[field] = record[field];
  };
  // The job's own `duration` is how long it ran.
  take({ ...job.extra }, FIELDS.filter((field) => field !== 'duration'));
  for (const place of PLACES) {
    const record = inputs?.[place] ?? job.extra[place];
    if (!isRecord(record)) continue;
    take(record, FIELDS);
    if (isRecord(record['video_request'])) take(record['video_request'], FIELDS);
  }
  take({ title: job.title, script_id: job.scriptId, platform: job.platform }, ['title', 'script_id', 'platform']);
  return found;
}
