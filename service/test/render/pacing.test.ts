import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { MAX_TEMPO, MIN_CAPTION, MIN_TEMPO, pace, share, shortestDuration, type PaceInput } from '../../src/render/pacing.ts';

const FPS = 24;

const scene = fc.record({
  captions: fc.integer({ min: 1, max: 4 }),
  spoken: fc.double({ min: 0.05, max: 15, noNaN: true }),
  reading: fc.double({ min: 0.6, max: 15, noNaN: true }),
});

/** A request that is accepted: every caption has its shortest time. */
const input = fc
  .record({ scenes: fc.array(scene, { minLength: 1, maxLength: 40 }), spare: fc.integer({ min: 0, max: 400 }), silent: fc.boolean() })
  .map(({ scenes, spare, silent }): PaceInput => {
    const captions = scenes.map((one) => one.captions);
    return {
      duration: Math.max(1, Math.ceil(shortestDuration(captions.reduce((a, b) => a + b))) + spare),
      fps: FPS,
      captions,
      spoken: silent ? null : scenes.map((one) => one.spoken),
      reading: scenes.map((one) => one.reading),
    };
  });

describe('pacing', () => {
  it('fills the asked duration to the frame, without a gap or an overlap', () => {
    fc.assert(
      fc.property(input, (asked) => {
        const { frames, title, scenes, outro } = pace(asked);
        assert.equal(frames, Math.round(asked.duration * FPS));
        const edges = [title, ...scenes, outro];
        assert.equal(edges[0]!.start, 0);
        assert.equal(edges.at(-1)!.end, frames);
        for (const [i, span] of edges.entries()) {
          assert.ok(span.start <= span.end);
          if (i > 0) assert.equal(span.start, edges[i - 1]!.end);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives every caption the time to be seen', () => {
    fc.assert(
      fc.property(input, (asked) => {
        for (const [i, { start, end }] of pace(asked).scenes.entries()) {
          assert.ok(end - start >= MIN_CAPTION * FPS * asked.captions[i]! - 1.001, `scene ${i} has ${end - start} frames`);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('keeps what is said inside its scene, at a tempo that can be followed', () => {
    fc.assert(
      fc.property(input, (asked) => {
        const { scenes, tempo, speechFits } = pace(asked);
        for (const { start, end, speech } of scenes) assert.ok(speech.start >= start && speech.start < speech.end && speech.end <= end);
        if (!speechFits || !asked.spoken) return;
        assert.ok(tempo >= MIN_TEMPO - 1e-9 && tempo <= MAX_TEMPO + 1e-9);
        for (const [i, natural] of asked.spoken.entries()) {
          assert.ok((scenes[i]!.end - scenes[i]!.speech.start) / FPS >= natural / tempo - 1.001 / FPS, `scene ${i} cuts its sentence`);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('leaves room for one long sentence among many short ones when it slows the voice down', () => {
    const spoken = [15, ...Array.from({ length: 200 }, () => 0.01)];
    const { scenes, tempo } = pace({ duration: 187, fps: FPS, captions: spoken.map(() => 1), spoken, reading: spoken });
    assert.ok(tempo < 0.95);
    assert.ok((scenes[0]!.end - scenes[0]!.speech.start) / FPS >= 15 / tempo - 1 / FPS);
  });

  it('never hurries more for a longer video', () => {
    fc.assert(
      fc.property(input, fc.integer({ min: 1, max: 60 }), (asked, more) => {
        const short = pace(asked);
        const long = pace({ ...asked, duration: asked.duration + more });
        if (!short.speechFits) return;
        assert.ok(long.speechFits);
        // A longer video may spend some of its time on a title and an outro.
        assert.ok(long.tempo <= short.tempo + 0.2, `${short.tempo} became ${long.tempo}`);
      }),
    );
  });

  it('drops a narration that no tempo makes fit', () => {
    const { speechFits } = pace({ duration: 5, fps: FPS, captions: [1, 1], spoken: [10, 10], reading: [5, 5] });
    assert.equal(speechFits, false);
  });

  it('leaves the title out of the shortest videos and the outro out of short ones', () => {
    const one = (duration: number) => pace({ duration, fps: FPS, captions: [1], spoken: [1], reading: [1] });
    assert.equal(one(1).title.end, 0);
    assert.ok(one(5).title.end > 0);
    assert.equal(one(5).outro.start, one(5).outro.end);
    assert.ok(one(30).outro.end > one(30).outro.start);
  });

  it('shares out by weight, above the floors', () => {
    assert.deepEqual(share(10, [1, 1], [0, 0]), [5, 5]);
    assert.deepEqual(share(10, [1, 9], [3, 0]), [3, 7]);
  });
});
