import { ASPECT_RATIOS, LIMITS, PLATFORMS, RESOLUTIONS, VOICE_PROVIDERS } from '../../api/choices.ts';
import type { CreateJobRequest, VideoRequest } from '../../api/wire.ts';

/** What the form asks for, by its name on the wire. Whose video it is comes from the page. */
export type FieldName = Exclude<keyof VideoRequest, 'user_id'> | Exclude<keyof CreateJobRequest, 'video_request'>;

/** Where a field stands: `main` is always open, the others are folded together. */
export type GroupName = 'main' | 'voice' | 'picture' | 'subtitles' | 'job';

/** What is filled in, as on the wire. */
export type FormValues = Partial<Omit<VideoRequest, 'user_id'>> & Pick<CreateJobRequest, 'priority'>;

/** One field as data; the form draws it, checks it and sends it by this alone. */
export interface FieldSpec {
  readonly name: FieldName;
  /** `choice` has only what it lists; `open` lists what is usual and takes anything. */
  readonly control: 'line' | 'text' | 'number' | 'choice' | 'open' | 'switch';
  readonly group: GroupName;
  /** The request cannot do without it. */
  readonly required: boolean;
  /** There is a `hint.<name>` among the terms. */
  readonly hinted?: boolean;
  /** It takes the whole width; others share a line with their neighbours where there is room. */
  readonly wide?: boolean;
  readonly choices?: readonly string[];
  readonly limits?: { readonly min: number; readonly max: number };
}

/** Languages that are offered unless the page names others; any can be typed. BCP 47. */
export const LANGUAGES: readonly string[] = [
  'en-US',
  'en-GB',
  'ne-NP',
  'hi-IN',
  'es-ES',
  'fr-FR',
  'de-DE',
  'pt-BR',
  'ja-JP',
  'zh-CN',
  'ar-SA',
];

/** As words; what lies between is said with its number. */
const PRIORITIES: readonly string[] = ['1', '3', '5', '8', '10'];

/** All that a request may have: `satisfies` makes a new one of the wire an error until it is asked for here. */
const specs = {
  title: { control: 'line', group: 'main', required: true, wide: true },
  script_content: { control: 'text', group: 'main', required: true, wide: true, hinted: true },
  platform: { control: 'open', group: 'main', required: true, choices: PLATFORMS },
  language: { control: 'open', group: 'main', required: true, choices: LANGUAGES },
  duration: { control: 'number', group: 'main', required: true, limits: LIMITS.duration },
  voice_provider: { control: 'choice', group: 'main', required: true, choices: VOICE_PROVIDERS },
  voice_name: { control: 'open', group: 'voice', required: false },
  background_music: { control: 'open', group: 'voice', required: false, choices: ['none', 'calm', 'warm', 'bright'] },
  aspect_ratio: { control: 'choice', group: 'picture', required: false, choices: ASPECT_RATIOS },
  resolution: { control: 'choice', group: 'picture', required: false, choices: RESOLUTIONS },
  template_id: { control: 'open', group: 'picture', required: false, choices: ['aurora', 'paper', 'ink'] },
  enable_subtitles: { control: 'switch', group: 'subtitles', required: false },
  subtitle_style: { control: 'open', group: 'subtitles', required: false, choices: ['sweep', 'plain', 'boxed'] },
  priority: { control: 'choice', group: 'job', required: false, choices: PRIORITIES, limits: LIMITS.priority },
  script_id: { control: 'line', group: 'job', required: false, hinted: true },
} as const satisfies Record<FieldName, Omit<FieldSpec, 'name'>>;

/** In the order in which they are asked. `script_id` is made up where none is given. */
export const FIELDS: readonly FieldSpec[] = Object.entries(specs).map(([name, spec]) => ({ name: name as FieldName, ...spec }));

export const FIELD_NAMES: readonly FieldName[] = FIELDS.map(({ name }) => name);

export const GROUPS: readonly GroupName[] = ['main', 'voice', 'picture', 'subtitles', 'job'];

export function specOf(name: FieldName): FieldSpec {
  return { name, ...specs[name] };
}

export function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(specs, name);
}

/** A list in an attribute: words between spaces or commas. */
export const listAttribute = {
  fromAttribute: (value: string | null): readonly string[] => value?.split(/[\s,]+/).filter(Boolean) ?? [],
};

/** An object in an attribute, as JSON. Anything else counts as an empty one. */
export const jsonAttribute = {
  fromAttribute(value: string | null): object {
    try {
      const read: unknown = JSON.parse(value ?? '{}');
      return typeof read === 'object' && read !== null && !Array.isArray(read) ? read : {};
    } catch {
      return {};
    }
  },
};
