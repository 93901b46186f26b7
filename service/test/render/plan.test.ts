import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readBrief } from '../../src/render/brief.ts';
import { webvtt } from '../../src/render/captions.ts';
import { paletteFor, TEMPLATE_NAMES } from '../../src/render/draw/template.ts';
import { parseOutTime } from '../../src/render/encoder.ts';
import { frameSize } from '../../src/render/frame-size.ts';
import { pace, shortestDuration } from '../../src/render/pacing.ts';
import { ProgressTracker, STEPS, type StepKey } from '../../src/render/progress.ts';
import { readScript } from '../../src/render/script.ts';
import { cardsFor } from '../../src/render/timeline.ts';
import { RenderError, type RenderProgress } from '../../src/render/types.ts';
import { videoRequest } from './support.ts';

describe('frame size', () => {
  it('follows the platform, unless a ratio is asked for', () => {
    const size = (platform: string, more = {}) => Object.values(frameSize({ platform, ...more })).join('x');
    assert.equal(size('youtube'), '1280x720');
    assert.equal(size('TikTok'), '720x1280');
    assert.equal(size('youtube_shorts'), '720x1280');
    assert.equal(size('instagram'), '720x1280');
    assert.equal(size('something new'), '1280x720');
    assert.equal(size('tiktok', { aspect_ratio: '16:9' }), '1280x720');
    assert.equal(size('youtube', { aspect_ratio: '1:1', resolution: '1080p' }), '1080x1080');
    assert.equal(size('instagram', { aspect_ratio: '4:5' }), '720x900');
    assert.equal(size('youtube', { resolution: '4k' }), '3840x2160');
  });
});

describe('brief', () => {
  const refusal = (change: Parameters<typeof videoRequest>[0]): RenderError => {
    try {
      readBrief(videoRequest(change));
    } catch (error) {
      assert.ok(error instanceof RenderError);
      return error;
    }
    return assert.fail('it was accepted');
  };

  it('refuses a template that it does not know, for good, and names those it knows', () => {
    const error = refusal({ template_id: 'cinema' });
    assert.equal(error.permanent, true);
    assert.match(error.message, /cinema.*aurora/);
  });

  it('refuses a script that cannot be shown in the time, and says what would do', () => {
    const error = refusal({ script_content: 'One. '.repeat(40), duration: 10 });
    assert.equal(error.permanent, true);
    assert.match(error.message, /at least 20 s/);
    assert.equal(readBrief(videoRequest({ script_content: 'One. '.repeat(40), duration: 20 })).scenes.length, 40);
  });

  it('refuses a script without a word', () => {
    assert.match(refusal({ script_content: '!!! …' }).message, /no words/);
  });

  it('falls back for lesser wishes and says so', () => {
    const { captions, music, notes } = readBrief(videoRequest({ subtitle_style: 'neon', background_music: 'jazz.mp3' }));
    assert.equal(captions, 'sweep');
    assert.equal(music, 'calm');
    assert.equal(notes.length, 2);
  });

  it('takes known wishes as they are, whatever their case', () => {
    const { captions, music, template, notes } = readBrief(videoRequest({ subtitle_style: 'Boxed', background_music: 'warm', template_id: 'Paper' }));
    assert.deepEqual({ captions, music, template, notes }, { captions: 'boxed', music: 'warm', template: 'paper', notes: [] });
    assert.equal(readBrief(videoRequest({ enable_subtitles: false })).captions, null);
    assert.equal(readBrief(videoRequest({ background_music: 'none' })).music, null);
  });

  it('gives the same video the same colours', () => {
    for (const name of TEMPLATE_NAMES) assert.equal(paletteFor(name, 'a script'), paletteFor(name, 'a script'));
  });
});

describe('timeline', () => {
  it('shows every caption in order, one at a time, for at least its shortest time', () => {
    fc.assert(
      fc.property(fc.array(fc.lorem({ maxCount: 60 }), { minLength: 1, maxLength: 8 }), fc.integer({ min: 0, max: 30 }), (lines, spare) => {
        const scenes = readScript(lines.join('.\n'), 'en');
        const captions = scenes.map((scene) => scene.captions.length);
        const duration = Math.ceil(shortestDuration(captions.reduce((a, b) => a + b))) + spare;
        const planned = pace({ duration, fps: 24, captions, spoken: null, reading: scenes.map(() => 1) });
        const cards = cardsFor(scenes, planned, 24);
        assert.deepEqual(cards.map(({ text }) => text), scenes.flatMap((scene) => scene.captions));
        for (const [i, card] of cards.entries()) {
          assert.equal(card.start, i === 0 ? planned.title.end : cards[i - 1]!.end);
          assert.ok(card.end > card.start);
          assert.ok(card.speech.start >= card.start && card.speech.end <= card.end);
        }
        assert.equal(cards.at(-1)!.end, planned.outro.start);
      }),
    );
  });

  it('writes captions that no reader takes for markup', () => {
    const span = { start: 0, end: 24 };
    const text = webvtt([{ ...span, text: '<b> & --> 1', scene: 0, speech: span }, { start: 24, end: 24 * 3700, text: 'Two', scene: 0, speech: span }], 24);
    assert.equal(text, 'WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.000\n&lt;b&gt; &amp; --&gt; 1\n\n2\n00:00:01.000 --> 01:01:40.000\nTwo\n');
  });
});

describe('progress', () => {
  const costs = Object.fromEntries(STEPS.map(({ key }) => [key, 1])) as Record<StepKey, number>;

  it('never falls, ends at 1, and names every step once', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 2 }), { maxLength: 30 }), (shares) => {
        const seen: RenderProgress[] = [];
        let now = 0;
        const tracker = new ProgressTracker(costs, (progress) => seen.push(progress), () => (now += 1000));
        for (const { key } of STEPS) {
          tracker.start(key, key);
          for (const share of shares) tracker.update(share);
        }
        tracker.end('done');
        for (const [i, { progress }] of seen.entries()) assert.ok(progress >= (seen[i - 1]?.progress ?? 0) && progress <= 1);
        assert.equal(seen.at(-1)!.progress, 1);
        assert.deepEqual([...new Set(seen.map(({ step }) => step))], STEPS.map(({ key }) => key));
      }),
    );
  });

  it('holds reports back that come too soon, but no change of step', () => {
    const seen: string[] = [];
    const tracker = new ProgressTracker(costs, ({ step, progress }) => seen.push(`${step} ${progress.toFixed(2)}`), () => 0);
    tracker.start('script', '');
    tracker.update(0.5);
    tracker.start('narration', '');
    assert.deepEqual(seen, ['script 0.00', 'narration 0.17']);
  });

  it('marks the step that failed', () => {
    let last: RenderProgress | undefined;
    const tracker = new ProgressTracker(costs, (progress) => (last = progress));
    tracker.start('narration', '');
    tracker.fail();
    assert.deepEqual(last!.steps.slice(0, 3).map(({ status }) => status), ['success', 'failure', 'pending']);
  });

  it('reads the encoder by its clock text, the last one of a report', () => {
    assert.equal(parseOutTime('frame=1\nout_time_ms=N/A\nout_time=00:00:01.500000\nprogress=continue\nout_time=00:01:02.250000\n'), 62.25);
    assert.equal(parseOutTime('out_time=N/A\n'), null);
  });
});
