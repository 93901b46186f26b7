import { DEFAULTS, PLATFORM_SETTINGS } from '../../api/choices.ts';
import type { Job } from '../../core/job.ts';
import { FIELD_NAMES, isFieldName, specOf, type FieldName, type FormValues } from './fields.ts';

/** What stands in the controls, as text: a duration may be nonsense until it is checked. */
export type Texts = Partial<Record<FieldName, string>>;

const { duration: _usualLength, ...usual } = DEFAULTS;

/** What stands there when nobody has said anything. The length is for the platform to suggest. */
export const USUAL: Texts = textsOf(usual);

/** The shape and the length that suit a platform. A choice of the user's goes before them. */
export function suggestedBy(platform: string): Texts {
  return textsOf(PLATFORM_SETTINGS[platform as keyof typeof PLATFORM_SETTINGS] ?? { duration: DEFAULTS.duration });
}

/** The value of a field as a request has it; `undefined` when nothing is given. */
export function wireValue(name: FieldName, text: string): string | number | boolean | undefined {
  const said = text.trim();
  if (said === '') return undefined;
  const { control, limits } = specOf(name);
  if (control === 'switch') return said === 'true';
  return limits ? Number(said) : said;
}

/** What stands in the control for a value of the wire: of what cannot stand there, nothing. */
function textOf(value: unknown): string | undefined {
  if (value === null || value === '') return '';
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value) ? String(value) : undefined;
}

/** The texts of those values that are fields; `null` empties a field. */
export function textsOf(values: object | null | undefined): Texts {
  const texts: Texts = {};
  for (const [name, value] of Object.entries(values ?? {})) {
    const text = textOf(value);
    if (isFieldName(name) && text !== undefined) texts[name] = text;
  }
  return texts;
}

/** The values on the wire, those that are given. */
export function valuesOf(texts: Texts): FormValues {
  const values: Record<string, unknown> = {};
  for (const name of FIELD_NAMES) {
    const value = wireValue(name, texts[name] ?? '');
    if (value !== undefined) values[name] = value;
  }
  return values as FormValues;
}

/**
 * What a form starts from to make the same again: the inputs that the job's answer tells. Backends tell more or less of them:
 * as fields of the job itself (`title`, `platform`, `priority`, …), or whole in `video_request` or `request`. The id of
 * the script is left out: another job gets its own.
 */
export function valuesOfJob(job: Job): FormValues {
  const { title, platform, priority, extra } = job;
  const request = asObject(extra['request']);
  const inputs = { ...extra, ...request, ...asObject(request['video_request']), ...asObject(extra['video_request']) };
  const known = { ...inputs, ...given({ title, platform, priority }) };
  const { script_id: _script, ...texts } = textsOf({ ...known, duration: lengthAsked(extra, inputs) });
  return valuesOf(texts);
}

/** A job's own `duration` is how long it ran; only that of its request is meant. */
function lengthAsked(extra: Readonly<Record<string, unknown>>, inputs: Readonly<Record<string, unknown>>): unknown {
  return inputs['duration'] === extra['duration'] ? undefined : inputs['duration'];
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function given(values: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
