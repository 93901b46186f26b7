import { LIMITS, videoRequestSchema } from '../../../api/schema.ts';

/** A field of the create request, by its name on the wire. `user_id` is none: all jobs are those of the one user. */
export type BulkField = string;

/** How a cell becomes a value. */
export type FieldKind = 'text' | 'word' | 'tag' | 'seconds' | 'number' | 'ratio' | 'flag';

/** What a row can say: every field of the schema, the most important first. */
export const BULK_FIELDS: readonly BulkField[] = [
  ...new Set(['title', 'script_content', 'platform', 'language', 'duration', ...Object.keys(videoRequestSchema.shape), 'priority']),
].filter((name) => name !== 'user_id');

const KINDS: Readonly<Record<BulkField, FieldKind>> = {
  platform: 'word',
  language: 'tag',
  duration: 'seconds',
  voice_provider: 'word',
  aspect_ratio: 'ratio',
  resolution: 'word',
  enable_subtitles: 'flag',
  priority: 'number',
};

export const kindOf = (field: BulkField): FieldKind => KINDS[field] ?? 'text';

export { LIMITS };
