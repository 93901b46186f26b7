import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { narrate } from '../../src/render/narration.ts';
import { MAX_TEMPO } from '../../src/render/pacing.ts';
import { readScript } from '../../src/render/script.ts';
import { writeSoundtrack, type Soundtrack } from '../../src/render/sound/soundtrack.ts';
import { readWav, trim, wavHeader, type Sound } from '../../src/render/sound/wav.ts';
import { readingTime } from '../../src/render/text/language.ts';
import { chooseVoice } from '../../src/render/voice/choose.ts';
import { matchVoice } from '../../src/render/voice/espeak.ts';
import { plainEnglish } from '../../src/render/voice/flite.ts';
import type { Voice } from '../../src/render/voice/voice.ts';

let directory: string;
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sound-'));
});
after(() => rm(directory, { recursive: true, force: true }));

const tone = (seconds: number, rate = 16_000): Sound => ({
  rate,
  samples: Int16Array.from({ length: seconds * rate }, (_, i) => 8000 * Math.sin((i / rate) * 2 * Math.PI * 300)),
});

describe('WAV', () => {
  it('reads back what is written, also when the size is not known', () => {
    const data = Buffer.from(new Int16Array([1, -2, 3]).buffer);
    const file = Buffer.concat([wavHeader(22_050, 1, 3), data]);
    assert.deepEqual(readWav(file), { rate: 22_050, samples: new Int16Array([1, -2, 3]) });
    file.writeUInt32LE(0xffffffff, 40);
    assert.equal(readWav(file).samples.length, 3);
  });

  it('refuses what is none', () => {
    assert.throws(() => readWav(Buffer.from('hello')), /not a WAV/);
    assert.throws(() => readWav(wavHeader(16_000, 2, 0)), /one channel/);
  });

  it('trims silence at the ends only', () => {
    const samples = new Int16Array(3000);
    samples[1000] = 5000;
    samples[2000] = 5000;
    assert.equal(trim({ rate: 1000, samples }).samples.length, 1001 + 20);
  });
});

describe('soundtrack', () => {
  /** Loudness of each tenth of a second of the left channel. */
  async function loudness(track: Soundtrack): Promise<number[]> {
    const path = join(directory, 'track.wav');
    await writeSoundtrack(path, track);
    const file = await readFile(path);
    const step = track.rate / 10;
    const samples = (file.length - 44) / 4;
    assert.equal(samples, Math.round(track.duration * track.rate));
    return Array.from({ length: Math.floor(samples / step) }, (_, part) => {
      let sum = 0;
      for (let i = part * step; i < (part + 1) * step; i++) sum += (file.readInt16LE(44 + i * 4) / 32768) ** 2;
      return Math.sqrt(sum / step);
    });
  }

  it('puts each sentence where it belongs and nothing elsewhere', async () => {
    const parts = await loudness({
      duration: 4.5,
      rate: 16_000,
      music: null,
      speech: [{ start: 0.5, end: 2, sound: tone(1) }, { start: 2.8, end: 3.2, sound: tone(1) }],
    });
    for (const [i, loud] of parts.entries()) {
      const spoken = (i >= 5 && i < 15) || (i >= 28 && i < 32); // the second one is cut off at its end
      if (spoken) assert.ok(loud > 0.05, `${i}: ${loud}`);
      else assert.ok(loud < 0.001, `${i}: ${loud}`);
    }
  });

  it('keeps music under the voice and fades it out', async () => {
    const alone = await loudness({ duration: 8, rate: 8000, music: 'calm', speech: [] });
    const under = await loudness({ duration: 8, rate: 8000, music: 'calm', speech: [{ start: 1, end: 3, sound: tone(1, 8000) }] });
    assert.ok(alone[50]! > 0.02 && alone[50]! < 0.3);
    assert.ok(under[50]! < alone[50]! / 2);
    assert.ok(under[15]! > under[50]! * 2);
    assert.ok(alone[79]! < alone[50]! / 2);
  });
});

describe('voices', () => {
  it('matches a language tag to the nearest espeak voice', () => {
    const voices = ['en-us', 'en-gb', 'fr-fr', 'pt', 'pt-br', 'ne', 'cmn', 'cmn-latn-pinyin', 'yue', 'nb', 'es-419', 'es'];
    const matches: [string, string | null][] = [
      ['ne-NP', 'ne'], ['fr', 'fr-fr'], ['fr-CA', 'fr-fr'], ['pt-BR', 'pt-br'], ['pt-PT', 'pt'], ['zh-CN', 'cmn-latn-pinyin'],
      ['zh-Hant-TW', 'cmn-latn-pinyin'], ['no', 'nb'], ['es-MX', 'es'], ['xx', null], ['not a tag', null],
    ];
    for (const [tag, voice] of matches) assert.equal(matchVoice(voices, tag), voice, tag);
  });

  it('gives the English voice plain letters', () => {
    assert.equal(plainEnglish('“Café” — it’s naïve… 5€'), '"Cafe", it\'s naive... 5 euros');
    assert.equal(plainEnglish('日本'), '');
  });

  it('says why nobody speaks', async () => {
    const path = process.env.PATH;
    process.env.PATH = '';
    try {
      const german = await chooseVoice({ language: 'de-DE', name: null, text: 'Guten Tag', directory });
      assert.ok(!german.voice && /No voice for German/.test(german.reason));
    } finally {
      process.env.PATH = path;
    }
    const wrong = await chooseVoice({ language: 'en', name: null, text: 'नेपाल हिमाल', directory });
    assert.ok(!wrong.voice && /Latin/.test(wrong.reason));
  });

  it('speaks English without anything installed, faster when asked', async () => {
    const choice = await chooseVoice({ language: 'en-GB', name: 'Jenny', text: 'Hello', directory });
    assert.ok(choice.voice);
    assert.match(choice.note ?? '', /"Jenny".*"slt"/);
    const natural = await choice.voice.speak('The wind meets the mountain and rises.', 1);
    const fast = await choice.voice.speak('The wind meets the mountain and rises.', 1.5);
    assert.ok(natural.samples.length > natural.rate * 1.5);
    const ratio = natural.samples.length / fast.samples.length;
    assert.ok(ratio > 1.35 && ratio < 1.65, `${ratio}`);
    assert.ok((await choice.voice.speak('…', 1)).samples.length < natural.rate);
    assert.equal((await chooseVoice({ language: 'en', name: 'rms', text: 'Hello', directory })).voice?.name, 'rms');
  });
});

describe('narration', () => {
  /** A voice that takes a tenth of a second a letter, and keeps to a tempo only roughly. */
  function slowVoice(): Voice & { calls: number } {
    const voice = {
      engine: 'test',
      name: 'slow',
      calls: 0,
      speak: async (text: string, tempo: number) => {
        voice.calls++;
        return tone((text.length * 0.1) / (1 + (tempo - 1) * 0.95), 1000);
      },
    };
    return voice;
  }
  const times = (text: string, duration: number) => {
    const scenes = readScript(text, 'en');
    return { scenes, times: { duration, fps: 24, captions: scenes.map((scene) => scene.captions.length), reading: scenes.map((scene) => readingTime(scene.text)) } };
  };
  const script = 'A sentence of thirty letters.. Another one of thirty letters.';

  it('speaks at its natural tempo where there is time', async () => {
    const { scenes, times: asked } = times(script, 10);
    const { tempo, sounds, pace } = await narrate(slowVoice(), scenes, asked, () => undefined);
    assert.ok(Math.abs(tempo - 1) < 0.1);
    assert.equal(sounds?.length, scenes.length);
    assert.equal(pace.frames, 240);
  });

  it('hurries as much as it must, and no word is cut off', async () => {
    const { scenes, times: asked } = times(script, 6);
    const { tempo, sounds, pace } = await narrate(slowVoice(), scenes, asked, () => undefined);
    assert.ok(tempo > 1.05 && tempo <= MAX_TEMPO, `${tempo}`);
    for (const [i, { speech, end }] of pace.scenes.entries()) {
      assert.ok(sounds![i]!.samples.length / 1000 <= (end - speech.start) / 24 + 0.05);
    }
  });

  it('stays silent when no tempo would do, says so, and does not say all of a script in vain', async () => {
    const { scenes, times: asked } = times('A sentence of thirty letters.. '.repeat(40), 20);
    const voice = slowVoice();
    const { sounds, reason } = await narrate(voice, scenes, asked, () => undefined);
    assert.equal(sounds, null);
    assert.match(reason ?? '', /at least 7\d s/);
    assert.ok(voice.calls < scenes.length);
  });
});
