import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createJobRequestSchema } from '../../../src/api/schema.ts';
import { cellValue } from '../../../src/elements/job-create-form/bulk/cells.ts';
import { columnNames, fieldNamed } from '../../../src/elements/job-create-form/bulk/columns.ts';
import { BULK_FIELDS } from '../../../src/elements/job-create-form/bulk/fields.ts';
import { BulkList, type ListSettings } from '../../../src/elements/job-create-form/bulk/list.ts';
import { readSource } from '../../../src/elements/job-create-form/bulk/read-source.ts';

async function list(text: string, settings: Partial<ListSettings> = {}): Promise<BulkList> {
  const made = new BulkList(await readSource(text), () => ({ userId: 'user-1', defaults: {}, locked: [], ...settings }));
  await made.check();
  return made;
}

const problems = ({ rows }: BulkList) => rows.map((row) => (row.problems ?? []).map(({ field, key }) => `${field}:${key}`).join(' '));
const requests = (made: BulkList) => made.rows.map((row) => made.request(row, `id-${row.line}`));

describe('columns of a list', () => {
  it('have every field of the schema but whose the job is', () => {
    assert.deepEqual(BULK_FIELDS.slice(0, 5), ['title', 'script_content', 'platform', 'language', 'duration']);
    assert.equal(BULK_FIELDS.includes('user_id'), false);
    for (const field of ['voice_provider', 'voice_name', 'aspect_ratio', 'enable_subtitles', 'template_id', 'script_id', 'priority']) {
      assert.ok(BULK_FIELDS.includes(field), field);
    }
  });

  for (const [name, field] of [
    ['Title', 'title'], ['VIDEO TITLE', 'title'], ['Titel', 'title'], ['título', 'title'], ['शीर्षक', 'title'], ['タイトル', 'title'], ['标题', 'title'], ['العنوان', 'title'],
    ['script_content', 'script_content'], ['Script (text)', 'script_content'], ['Narration', 'script_content'], ['स्क्रिप्ट', 'script_content'],
    ['Duration (sec)', 'duration'], ['durationSeconds', 'duration'], ['Länge', 'duration'], ['Durée', 'duration'], ['अवधि', 'duration'],
    ['video_request.language', 'language'], ['Idioma', 'language'], ['Aspect-Ratio', 'aspect_ratio'], ['Untertitel', 'enable_subtitles'], ['Priorität', 'priority'],
    ['Ｔｉｔｌｅ', 'title'], ['colour', null], ['', null], ['user_id', null],
  ] as const) {
    it(`"${name}" is ${field}`, () => assert.equal(fieldNamed(name), field));
  }

  it('are guessed by name, the first of a name has it', async () => {
    const made = await list('Titel;Skript;Dauer;Titel;Farbe\nBienen;Sie tanzen.;30;x;gelb\n');
    assert.deepEqual(made.mapping, ['title', 'script_content', 'duration', null, null]);
    assert.deepEqual(made.columns, ['Titel', 'Skript', 'Dauer', 'Titel (2)', 'Farbe']);
    assert.deepEqual(problems(made), ['']);
  });

  it('without names are guessed by what stands in them', async () => {
    const made = await list('Bees,"They dance, all of them, to tell the others.",45,tiktok,en-GB\nAnts,They walk in lines through the woods.,30,youtube,de-DE\n');
    assert.deepEqual([made.named, made.mapping], [false, ['title', 'script_content', 'duration', 'platform', 'language']]);
    assert.deepEqual(made.columns, ['A', 'B', 'C', 'D', 'E']);
    assert.deepEqual(made.rows.map(({ line }) => line), [1, 2]);
    assert.deepEqual(problems(made), ['', '']);
  });

  it('may be said to have names or none', async () => {
    const made = await list('foo,bar\nBees,They dance.\n');
    assert.equal(made.named, false);
    assert.equal(made.rows.length, 2);
    made.setNamed(true);
    assert.deepEqual([made.rows.length, made.columns, made.rows[0]?.line], [1, ['foo', 'bar'], 2]);
  });

  it('may be said to be something else; a field is in one column', async () => {
    const made = await list('title,script,foo\nBees,They dance.,Ants\n');
    made.setField(2, 'title');
    await made.check();
    assert.deepEqual(made.mapping, [null, 'script_content', 'title']);
    assert.equal(requests(made)[0]?.video_request.title, 'Ants');
    made.setField(2, null);
    await made.check();
    assert.deepEqual(problems(made), ['title:required']);
  });

  it('of spreadsheets have letters', () => {
    assert.deepEqual(columnNames([], 28).slice(-3), ['Z', 'AA', 'AB']);
  });
});

describe('cells of a list', () => {
  for (const [field, cell, value] of [
    ['duration', '60', 60], ['duration', ' 60 s ', 60], ['duration', '45 Sekunden', 45], ['duration', '1:30', 90], ['duration', '0:01:30', 90], ['duration', '60,0', 60],
    ['duration', '1,5', 1.5], ['duration', '1.5', 1.5], ['duration', '1.000', '1.000'], ['duration', '1,000', '1,000'], ['duration', '६०', 60], ['duration', '٤٥', 45], ['duration', '６０', 60],
    ['duration', 'long', 'long'], ['duration', 30, 30], ['duration', '', undefined], ['duration', null, undefined], ['duration', '-5', -5],
    ['priority', '3', 3], ['enable_subtitles', 'Ja', true], ['enable_subtitles', 'no', false], ['enable_subtitles', 'हो', true], ['enable_subtitles', 'maybe', 'maybe'], ['enable_subtitles', true, true],
    ['platform', 'YouTube Shorts', 'youtube_shorts'], ['platform', 'Tik Tok', 'tiktok'], ['language', 'en_US', 'en-US'], ['voice_provider', 'ElevenLabs', 'elevenlabs'], ['resolution', '4K', '4k'],
    ['aspect_ratio', '16:09', '16:9'], ['aspect_ratio', '16:09:00', '16:9'], ['aspect_ratio', '09:16', '9:16'], ['aspect_ratio', '1x1', '1:1'], ['aspect_ratio', '4/5', '4:5'],
    ['title', '  Bees ', 'Bees'], ['title', 7, '7'],
  ] as const) {
    it(`${JSON.stringify(cell)} as ${field} is ${JSON.stringify(value)}`, () => assert.equal(cellValue(field, cell), value));
  }
});

describe('rows of a list', () => {
  it('become requests that the schema takes, each with a script id of its own', async () => {
    const made = await list('title,script,duration,subtitles,priority\nBees,They dance.,30,yes,2\nAnts,They walk.,45,no,\n');
    const [bees, ants] = requests(made);
    assert.deepEqual(bees, {
      video_request: {
        script_id: 'id-2', user_id: 'user-1', title: 'Bees', script_content: 'They dance.', language: 'en-US', platform: 'youtube', duration: 30, voice_provider: 'azure', enable_subtitles: true,
      },
      priority: 2,
    });
    assert.equal(ants?.video_request.script_id, 'id-3');
    for (const request of requests(made)) assert.ok(createJobRequestSchema.safeParse(request).success);
  });

  it('that say nothing of a field get what the form has', async () => {
    const defaults = { platform: 'tiktok', language: 'ne-NP', duration: 20, voice_name: 'sita', priority: 9, title: 'Not mine', script_content: 'Nor mine', tenant: 'acme' };
    const made = await list('title,script,language\nBees,They dance.,\nAnts,They walk.,de-DE\n', { defaults });
    const [bees, ants] = requests(made);
    assert.deepEqual([bees?.video_request.language, ants?.video_request.language], ['ne-NP', 'de-DE']);
    assert.deepEqual([bees?.video_request.platform, bees?.video_request.duration, bees?.video_request.voice_name, bees?.priority], ['tiktok', 20, 'sita', 9]);
    assert.equal(Object.entries(bees?.video_request ?? {}).find(([name]) => name === 'tenant')?.[1], 'acme', 'a field that only this backend knows');
    const empty = await list('title,script\nBees,\n', { defaults });
    assert.deepEqual(problems(empty), ['script_content:required'], 'a text is never that of another video');
  });

  it('on another platform get the shape and the length that suit it', async () => {
    const defaults = { platform: 'youtube', aspect_ratio: '16:9', duration: 60 };
    const made = await list('title,script,platform,duration\nBees,Dance.,tiktok,\nAnts,Walk.,youtube,\nFlies,Fly.,tiktok,15\n', { defaults });
    const shapes = requests(made).map(({ video_request: { aspect_ratio, duration } }) => [aspect_ratio, duration]);
    assert.deepEqual(shapes, [['9:16', 30], ['16:9', 60], ['9:16', 15]]);
  });

  it('cannot change what is locked', async () => {
    const made = await list('title,script,platform\nBees,They dance.,tiktok\n', { defaults: { platform: 'youtube' }, locked: ['platform'] });
    assert.equal(requests(made)[0]?.video_request.platform, 'youtube');
  });

  it('that are bad say why, each reason from the one schema', async () => {
    const made = await list(
      [
        'title,script,duration,language,voice provider,priority,subtitles,aspect ratio,platform',
        ',They dance.,30,,,,,,',
        'Ants,,30,,,,,,',
        'Ants,Walk.,0,,,,,,',
        'Ants,Walk.,"1,5",,,,,,',
        'Ants,Walk.,a while,,,,,,',
        'Ants,Walk.,30,Klingon!,,,,,',
        'Ants,Walk.,30,,siri,,,,',
        'Ants,Walk.,30,,,11,,,',
        'Ants,Walk.,30,,,,maybe,,',
        'Ants,Walk.,30,,,,,2:1,',
        `${'x'.repeat(201)},Walk.,30,,,,,,`,
        'An\0ts,Walk.,30,,,,,,',
        `,,9999,,,,,,${'y'.repeat(51)}`,
      ].join('\n'),
    );
    assert.deepEqual(problems(made), [
      'title:required', 'script_content:required', 'duration:range', 'duration:range', 'duration:range', 'language:language', 'voice_provider:choice', 'priority:range',
      'enable_subtitles:flag', 'aspect_ratio:choice', 'title:too_long', 'title:text', 'title:required script_content:required platform:too_long duration:range',
    ]);
    assert.deepEqual(made.rows[2]?.problems?.[0]?.values, { min: 1, max: 3600 });
    assert.deepEqual(made.rows[6]?.problems?.[0]?.values, { values: 'azure, google, elevenlabs' });
    assert.deepEqual(made.rows[10]?.problems?.[0]?.values, { count: 200, now: 201 });
  });

  it('with more cells than there are names are bad: a text was torn apart', async () => {
    const made = await list('title,script\nBees,They dance, all of them.\nAnts\nFlies,Fly.,,\n');
    assert.deepEqual(problems(made), ['null:extra', 'script_content:required', '']);
  });

  it('that are no objects, or have an open quotation mark, are bad', async () => {
    assert.deepEqual(problems(await list('[{"title": "Bees", "script": "Dance."}, 7]')), ['', 'null:object']);
    assert.deepEqual(problems(await list('title,script\nBees,Dance.\nAnts,"Walk.\n')), ['', 'null:quote']);
  });

  it('can be put right by hand, and made wrong', async () => {
    const made = await list('title,script\nBees,\nAnts,They walk, in lines.\n');
    const [bees, ants] = made.rows as [(typeof made.rows)[number], (typeof made.rows)[number]];
    made.edit(bees, { script_content: 'They dance.' });
    made.edit(ants, { script_content: 'They walk, in lines.' });
    assert.deepEqual(problems(made), ['', '']);
    assert.deepEqual(requests(made).map(({ video_request }) => video_request.script_content), ['They dance.', 'They walk, in lines.']);
    made.setField(1, null);
    await made.check();
    assert.deepEqual(problems(made), ['', ''], 'what was written by hand stays');
    made.edit(bees, { title: ' ' });
    assert.deepEqual(problems(made)[0], 'title:required');
  });

  it('are shown with the fields that they have, and those that are wrong', async () => {
    const made = await list('script,foo,duration\n,x,30\n');
    assert.deepEqual(made.fields, ['title', 'script_content', 'duration']);
  });
});
