import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as z from 'zod';
import {
  bulkJobSchema,
  createJobRequestSchema,
  DEFAULTS,
  LIMITS,
  PLATFORM_SETTINGS,
  PLATFORMS,
  templateContentSchema,
  VIDEO_FIELDS,
  videoRequestSchema,
} from '../../../src/api/schema.ts';
import type { VideoRequest } from '../../../src/api/wire.ts';

const good: VideoRequest = {
  script_id: 's1',
  user_id: 'u1',
  title: 'Water',
  script_content: 'Water boils.',
  language: 'en-US',
  platform: 'youtube',
  duration: 30,
  voice_provider: 'google',
};

/** What the schema takes and gives is what the written type says, both ways. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
const same: Same<z.input<typeof videoRequestSchema>, VideoRequest> = true;

/** The messages at a field; none when it is accepted. */
const messages = (fields: object, at: string): string[] =>
  (videoRequestSchema.safeParse({ ...good, ...fields }).error?.issues ?? []).filter(({ path }) => path[0] === at).map(({ message }) => message);

describe('videoRequestSchema', () => {
  it('has the type that is written down', () => assert.ok(same));

  it('accepts a request as documented, and takes the space off its ends', () => {
    assert.deepEqual(videoRequestSchema.parse({ ...good, title: '  Water ' }), good);
  });

  it('leaves out what it does not know', () => {
    assert.deepEqual(videoRequestSchema.parse({ ...good, colour: 'blue' }), good);
  });

  it('accepts any platform by name', () => {
    assert.deepEqual(messages({ platform: 'my_tube' }, 'platform'), []);
  });

  it('says what to do', () => {
    const cases: [field: string, value: unknown, message: string][] = [
      ['title', undefined, 'Fill in the title.'],
      ['title', '   ', 'Fill in the title.'],
      ['title', 7, 'Give the title as text.'],
      ['title', 'x'.repeat(LIMITS.title + 1), 'Shorten the title to 200 characters at most.'],
      ['script_content', 'a\0b', 'Remove the characters from the script that are no text.'],
      ['script_content', 'a\ud800b', 'Remove the characters from the script that are no text.'],
      ['language', 'English please', 'Give the language as a tag such as en-US.'],
      ['duration', 0, 'Give the duration in seconds as a whole number from 1 to 3600.'],
      ['duration', 1.5, 'Give the duration in seconds as a whole number from 1 to 3600.'],
      ['duration', '30', 'Give the duration in seconds as a whole number from 1 to 3600.'],
      ['duration', undefined, 'Give the duration in seconds as a whole number from 1 to 3600.'],
      ['voice_provider', 'parrot', 'Choose a voice provider: azure, google, elevenlabs.'],
      ['aspect_ratio', '3:1', 'Choose an aspect ratio: 16:9, 9:16, 1:1, 4:5.'],
      ['enable_subtitles', 'yes', 'Say true or false for subtitles.'],
    ];
    for (const [field, value, message] of cases) assert.deepEqual(messages({ [field]: value }, field), [message]);
  });

  it('takes emoji and every script for text', () => {
    for (const title of ['पानी', 'ماء', '水 🫧', 'a\nb\tc']) assert.deepEqual(messages({ title }, 'title'), []);
  });

  it('takes language tags of every shape', () => {
    for (const language of ['en', 'en-US', 'zh-Hans-CN', 'ne', 'es-419', 'de-CH-1996']) assert.deepEqual(messages({ language }, 'language'), []);
    for (const language of ['', 'e', 'en_US', 'en-', '-en', 'en us']) assert.notDeepEqual(messages({ language }, 'language'), [], language);
  });
});

describe('createJobRequestSchema', () => {
  it('takes a whole number from 1 to 10, nothing, or null for the priority', () => {
    for (const priority of [1, 10, null, undefined]) assert.ok(createJobRequestSchema.safeParse({ video_request: good, priority }).success);
    for (const priority of [0, 11, 1.5, '5']) assert.ok(!createJobRequestSchema.safeParse({ video_request: good, priority }).success);
  });

  it('says what is missing when all is', () => {
    for (const body of [null, [], 'text', {}]) {
      const { error } = createJobRequestSchema.safeParse(body);
      assert.match(error?.issues[0]?.message ?? '', /^Give the (video )?request as an? (JSON )?object\.$/);
    }
  });
});

describe('what a form starts with', () => {
  it('knows every field of a request', () => {
    assert.deepEqual(VIDEO_FIELDS, [
      'script_id', 'user_id', 'title', 'script_content', 'language', 'platform', 'duration', 'voice_provider',
      'voice_name', 'background_music', 'template_id', 'aspect_ratio', 'resolution', 'enable_subtitles', 'subtitle_style',
    ]);
  });

  it('has a sentence for whatever is wrong with a field', () => {
    for (const field of VIDEO_FIELDS) {
      for (const value of [{}, [], Number.NaN, 'x'.repeat(LIMITS.script + 1)]) {
        for (const message of messages({ [field]: value }, field)) assert.match(message, /^[A-Z][^:]+(: .+)?\.$/, `${field}: ${message}`);
        assert.notDeepEqual(messages({ [field]: value }, field), [], field);
      }
    }
  });

  it('is a good request by itself', () => {
    const { priority, ...video } = DEFAULTS;
    assert.ok(createJobRequestSchema.safeParse({ video_request: { ...good, ...video }, priority }).success);
    for (const platform of PLATFORMS) assert.deepEqual(videoRequestSchema.safeParse({ ...good, platform, ...PLATFORM_SETTINGS[platform] }).error, undefined);
  });
});

describe('bulkJobSchema', () => {
  it('is a create request with a key that a header could carry', () => {
    const accepts = (idempotency_key: unknown) => bulkJobSchema.safeParse({ video_request: good, idempotency_key }).success;
    for (const key of [undefined, null, 'a', 'x'.repeat(255)]) assert.ok(accepts(key), String(key));
    for (const key of ['', 'a b', 'x'.repeat(256), 'ä', 7]) assert.ok(!accepts(key), String(key));
  });
});

describe('templateContentSchema', () => {
  it('takes any fields but those of one request alone, each within its limits', () => {
    const parse = (video_request: unknown) => templateContentSchema.safeParse({ video_request });
    assert.deepEqual(parse({}).data, { video_request: {} });
    assert.deepEqual(parse({ ...good, colour: 'blue' }).data?.video_request, Object.fromEntries(Object.entries(good).filter(([key]) => !key.endsWith('_id'))));
    assert.deepEqual(parse({ duration: 0 }).error?.issues[0]?.path, ['video_request', 'duration']);
    assert.ok(!parse({ title: '' }).success);
  });
});
