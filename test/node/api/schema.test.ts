import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as z from 'zod';
import { createJobRequestSchema, LIMITS, videoRequestSchema } from '../../../src/api/schema.ts';
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
