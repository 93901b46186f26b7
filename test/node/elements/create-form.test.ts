import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createJobRequestSchema, videoRequestSchema } from '../../../src/api/schema.ts';
import { readJob } from '../../../src/core/read-job.ts';
import type { Job } from '../../../src/core/job.ts';
import { planFields } from '../../../src/elements/job-create-form/field-plan.ts';
import { FIELD_NAMES, FIELDS, LANGUAGES, specOf, type FieldName } from '../../../src/elements/job-create-form/fields.ts';
import { BUILT_IN } from '../../../src/elements/job-create-form/presets.ts';
import { Submissions } from '../../../src/elements/job-create-form/submission.ts';
import { suggestedBy, textsOf, USUAL, valuesOf, valuesOfJob, wireValue } from '../../../src/elements/job-create-form/values.ts';
import { voicesFor } from '../../../src/elements/job-create-form/voices.ts';
import { createFormEn } from '../../../src/i18n/create-form/en.ts';

const { user_id: _user, ...video } = videoRequestSchema.shape;
const rules = { ...video, priority: createJobRequestSchema.shape.priority };
const bees = { title: 'Bees', script_content: 'They dance.' };

describe('the fields of the form', () => {
  it('are those of the schema, the user aside', () => {
    assert.deepEqual([...FIELD_NAMES].sort(), Object.keys(rules).sort());
  });

  it('are required where the schema requires them; an id of the script is made up', () => {
    for (const { name, required } of FIELDS) {
      if (name !== 'script_id') assert.equal(required, !rules[name].safeParse(undefined).success, name);
    }
  });

  it('offer nothing that the schema refuses', () => {
    for (const { name, choices = [] } of FIELDS) {
      for (const choice of choices) assert.ok(rules[name].safeParse(wireValue(name, choice)).success, `${name}: ${choice}`);
    }
    for (const { id, values } of BUILT_IN) {
      for (const [name, value] of Object.entries(values)) assert.ok(rules[name as FieldName].safeParse(value).success, `${id}: ${name}`);
    }
  });

  it('offer all that the schema knows where it knows a list', () => {
    const listOf = (name: 'voice_provider' | 'aspect_ratio' | 'resolution'): readonly string[] => {
      const rule = rules[name] as { options?: string[]; unwrap?: () => unknown };
      let inner: any = rule;
      while (!inner.options) inner = inner.unwrap();
      return inner.options;
    };
    for (const name of ['voice_provider', 'aspect_ratio', 'resolution'] as const) assert.deepEqual(specOf(name).choices, listOf(name));
  });

  it('have a word each, as has every choice', () => {
    for (const { name, group, hinted, choices = [] } of FIELDS) {
      assert.ok(`field.${name}` in createFormEn);
      assert.ok(group === 'main' || `group.${group}` in createFormEn);
      assert.ok(!hinted || `hint.${name}` in createFormEn);
      if (name !== 'language') for (const choice of choices) assert.ok(`choice.${name}.${choice}` in createFormEn, `${name}: ${choice}`);
    }
    for (const { id } of BUILT_IN) assert.ok(`preset.${id}` in createFormEn);
  });

  it('start from something that the schema takes', () => {
    const texts = { ...suggestedBy('youtube'), ...USUAL, ...bees };
    const { priority, ...values } = valuesOf(texts);
    const request = { video_request: { ...values, user_id: 'u', script_id: 's' }, priority };
    assert.deepEqual(createJobRequestSchema.safeParse(request).error?.issues, undefined);
  });
});

describe('values', () => {
  it('go to texts and back', () => {
    const values = { ...bees, duration: 12, priority: 3, enable_subtitles: false } as const;
    assert.deepEqual(valuesOf(textsOf(values)), values);
  });

  it('that cannot stand in a field are left out, and `null` empties one', () => {
    assert.deepEqual(textsOf({ title: { a: 1 }, duration: Number.NaN, resolution: null, toString: 'x', other: 'y' }), { resolution: '' });
    assert.deepEqual(textsOf(null), {});
  });

  it('of a job are what its answer tells of its request', () => {
    const job = (wire: object): Job => readJob({ job_id: 'a', status: 'success', ...wire }) as Job;
    assert.deepEqual(valuesOfJob(job({ title: 'Bees', platform: 'tiktok' })), { title: 'Bees', platform: 'tiktok' });
    const request = { ...bees, duration: 12, language: 'ne-NP', script_id: 's', user_id: 'u' };
    const expected = { ...bees, duration: 12, language: 'ne-NP' };
    assert.deepEqual(valuesOfJob(job({ duration: 99, video_request: request })), expected);
    assert.deepEqual(valuesOfJob(job({ duration: 99, request: { video_request: request } })), expected);
    assert.deepEqual(valuesOfJob(job({ duration: 99, request })), expected);
    assert.deepEqual(valuesOfJob(job({ ...request, duration: 99 })), { ...bees, language: 'ne-NP' }, 'its own duration is how long it ran');
  });
});

describe('voices', () => {
  it('are there for most of the languages that are offered', () => {
    for (const language of LANGUAGES) assert.notEqual(voicesFor('azure', language).length, 0, language);
    assert.deepEqual(voicesFor('azure', 'ne-NP').map(({ value }) => value), ['ne-NP-HemkalaNeural', 'ne-NP-SagarNeural']);
    assert.ok(voicesFor('google', 'ar-SA').every(({ value }) => value.startsWith('ar-XA-')));
    assert.ok(voicesFor('elevenlabs', 'fr-CA').some(({ value }) => value === 'Rachel'));
  });

  it('come from another region where the own has none, and from nowhere else', () => {
    assert.ok(voicesFor('azure', 'de-at').every(({ value }) => value.startsWith('de-DE-')));
    for (const [provider, language] of [['azure', 'tlh'], ['nobody', 'en-US'], ['google', 'ne-NP'], ['elevenlabs', 'ne-NP']] as const) {
      assert.deepEqual(voicesFor(provider, language), []);
    }
  });

  it('have names that the schema takes, each once', () => {
    for (const provider of ['azure', 'google', 'elevenlabs']) {
      for (const language of LANGUAGES) {
        const names = voicesFor(provider, language).map(({ value }) => value);
        assert.equal(new Set(names).size, names.length);
        for (const name of names) assert.ok(rules.voice_name.safeParse(name).success);
      }
    }
  });
});

describe('submissions', () => {
  const settings = { userId: 'u', extras: {} };

  it('of the same content have the same key, until it has been taken up, for a day', () => {
    const submissions = new Submissions();
    const first = submissions.next(bees, settings, 0);
    assert.deepEqual(submissions.next({ ...bees }, settings, 1000), first);
    assert.notEqual(submissions.next({ ...bees, title: 'Others' }, settings, 1000).idempotencyKey, first.idempotencyKey);
    const again = submissions.next(bees, settings, 2000);
    assert.notEqual(submissions.next(bees, { ...settings, userId: 'v' }, 2000).idempotencyKey, again.idempotencyKey);
    const { idempotencyKey } = submissions.next(bees, settings, 0);
    assert.equal(submissions.next(bees, settings, 23 * 3600_000).idempotencyKey, idempotencyKey);
    assert.notEqual(submissions.next(bees, settings, 25 * 3600_000).idempotencyKey, idempotencyKey);
  });

  it('take a key of their own after the last was taken up', () => {
    const submissions = new Submissions();
    const { idempotencyKey } = submissions.next(bees, settings, 0);
    submissions.done();
    assert.notEqual(submissions.next(bees, settings, 0).idempotencyKey, idempotencyKey);
  });
});

describe('the plan of the fields', () => {
  const none = { fields: {}, hide: [], lock: [], order: [] };

  it('passes over names that are no fields and options that are nonsense', () => {
    const plan = planFields({ ...none, hide: ['nothing', 'constructor'], lock: ['user_id'], order: ['x'], fields: { title: { group: 'elsewhere' as never } } });
    assert.deepEqual(plan.shown, planFields(none).shown.map((field) => (field.name === 'title' ? { ...field, options: { group: 'elsewhere' } } : field)));
    assert.deepEqual([...plan.fixed], []);
  });

  it('leaves out groups in which nothing is left', () => {
    const plan = planFields({ ...none, hide: ['priority', 'script_id', 'enable_subtitles', 'subtitle_style'] });
    assert.deepEqual(plan.groups.map(({ name }) => name), ['main', 'voice', 'picture']);
  });
});
