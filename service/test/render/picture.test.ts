import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CAPTION_STYLES, type CaptionStyle } from '../../src/render/draw/caption-card.ts';
import { stageFor, type Box } from '../../src/render/draw/stage.ts';
import { paletteFor, TEMPLATE_NAMES } from '../../src/render/draw/template.ts';
import { Film } from '../../src/render/film.ts';
import type { FrameSize } from '../../src/render/frame-size.ts';
import { pace } from '../../src/render/pacing.ts';
import { fontStack, missingCharacters, without } from '../../src/render/text/fonts.ts';
import { layoutText } from '../../src/render/text/layout.ts';

const FPS = 24;
const SIZES: Record<string, FrameSize> = {
  wide: { width: 320, height: 180 },
  upright: { width: 180, height: 320 },
  square: { width: 180, height: 180 },
  portrait: { width: 180, height: 224 },
};

interface Shot {
  size: FrameSize;
  text: string;
  language?: string;
  captions?: CaptionStyle | null;
  template?: string;
}

/** The middle frame of a video with one caption. */
function shoot({ size, text, language = 'en', captions = 'plain', template = 'ink' }: Shot): Buffer {
  const planned = pace({ duration: 4, fps: FPS, captions: [1], spoken: null, reading: [1] });
  const scene = planned.scenes[0]!;
  const film = new Film({
    size,
    fps: FPS,
    pace: planned,
    title: 'T',
    cards: [{ text, scene: 0, ...scene }],
    palette: paletteFor(template, 'seed'),
    captions,
    style: { stack: fontStack(`${text}T0123456789`, language), language },
  });
  return film.frame(Math.round((scene.start + scene.end) / 2));
}

/** The box of all pixels in which two pictures differ visibly. */
function difference(a: Buffer, b: Buffer, { width }: FrameSize): Box | null {
  let left = Infinity;
  let right = -1;
  let top = Infinity;
  let bottom = -1;
  for (let i = 0; i < a.length; i += 4) {
    const change = Math.abs(a[i]! - b[i]!) + Math.abs(a[i + 1]! - b[i + 1]!) + Math.abs(a[i + 2]! - b[i + 2]!);
    if (change < 40) continue;
    const x = (i / 4) % width;
    const y = Math.floor(i / 4 / width);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return right < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

const LONG = 'When the wet wind meets the range it rises, and as it rises it cools, until what it carried falls as rain.';

describe('pictures', () => {
  for (const [shape, size] of Object.entries(SIZES)) {
    it(`keeps a long caption inside the safe area of a ${shape} picture, in every style`, () => {
      for (const captions of CAPTION_STYLES) {
        const drawn = difference(shoot({ size, text: LONG, captions }), shoot({ size, text: '', captions }), size);
        assert.ok(drawn, captions);
        const { body } = stageFor(size);
        const slack = 2;
        assert.ok(drawn.x >= body.x - slack && drawn.x + drawn.width <= body.x + body.width + slack, `${captions} ${JSON.stringify(drawn)}`);
        assert.ok(drawn.y >= body.y - slack && drawn.y + drawn.height <= body.y + body.height + slack, `${captions} ${JSON.stringify(drawn)}`);
        assert.ok(drawn.width > body.width * 0.5);
      }
    });
  }

  it('draws no caption when none is wanted', () => {
    const size = SIZES.wide!;
    assert.equal(difference(shoot({ size, text: LONG, captions: null }), shoot({ size, text: 'Other', captions: null }), size), null);
  });

  it('starts Arabic at the right and English at the left', () => {
    const size = SIZES.wide!;
    const box = (text: string, language: string): Box => difference(shoot({ size, text, language }), shoot({ size, text: '', language }), size)!;
    assert.ok(box('Mountains', 'en').x < size.width * 0.2);
    const arabic = box('جبال', 'ar');
    assert.ok(arabic.x + arabic.width > size.width * 0.8);
  });

  it('lights the words up in reading order', () => {
    const size = SIZES.wide!;
    const half = shoot({ size, text: 'One two three four', captions: 'sweep', template: 'ink' });
    const all = shoot({ size, text: 'One two three four', captions: 'plain', template: 'ink' });
    const unlit = difference(half, all, size)!;
    const lit = difference(all, shoot({ size, text: '', captions: 'plain', template: 'ink' }), size)!;
    assert.ok(unlit.x > lit.x + lit.width * 0.2, 'the first words are in full strength');
    assert.ok(unlit.x + unlit.width > lit.x + lit.width * 0.9, 'the last ones are not');
  });

  it('gives the same pixels for the same video', () => {
    for (const template of TEMPLATE_NAMES) {
      const shot: Shot = { size: SIZES.wide!, text: 'Same', template };
      assert.ok(shoot(shot).equals(shoot(shot)));
    }
  });
});

describe('fonts', () => {
  it('have the characters of the larger scripts, emoji among them', () => {
    const samples: [string, string][] = [
      ['Łódź façade “quoted” — €5', 'pl'], ['Ελληνικά Русский', 'el'], ['नेपालको हिमाल। क्षत्रिय', 'ne'], ['العربية، ۱۲۳', 'ar'],
      ['日本語の「字幕」', 'ja'], ['中文字幕', 'zh-CN'], ['繁體中文', 'zh-TW'], ['한국어 자막', 'ko'], ['ภาษาไทย', 'th'], ['বাংলা', 'bn'], ['தமிழ்', 'ta'],
      ['עברית Հայերեն ქართული', 'he'], ['😀 🎬 🇳🇵 👩‍👩‍👧 ❤️ → ✓', 'en'],
    ];
    for (const [text, language] of samples) assert.deepEqual(missingCharacters(text, fontStack(text, language)), [], text);
  });

  it('say which characters they lack, and the text goes without', () => {
    const text = 'Egypt 𓀀𓁐 wins';
    const missing = missingCharacters(text, fontStack(text, 'en'));
    assert.deepEqual(missing, ['𓀀', '𓁐']);
    assert.equal(without(text, missing), 'Egypt wins');
  });
});

describe('layout', () => {
  const style = { stack: fontStack('abc…', 'en'), weight: 700, language: 'en' };

  it('keeps to the box and loses no word', () => {
    const block = layoutText(LONG, { width: 500, height: 200, largest: 80, smallest: 12 }, style);
    assert.ok(block.width <= 500 && block.height <= 200);
    assert.equal(block.lines.map((line) => line.text).join(' '), LONG);
  });

  it('makes lines of about the same length', () => {
    const widths = layoutText(LONG, { width: 900, height: 400, largest: 40, smallest: 40 }, style).lines.map((line) => line.width);
    assert.ok(widths.length > 1 && Math.min(...widths) > Math.max(...widths) * 0.6, String(widths));
  });

  it('shortens with an ellipsis what cannot fit', () => {
    const block = layoutText(LONG, { width: 300, height: 30, largest: 24, smallest: 24 }, style);
    assert.equal(block.lines.length, 1);
    assert.match(block.lines[0]!.text, /^When .*…$/);
    assert.ok(block.width <= 300);
  });

  it('cuts a word that is longer than a line', () => {
    const block = layoutText('x'.repeat(200), { width: 300, height: 1000, largest: 40, smallest: 30 }, style);
    assert.ok(block.lines.length > 1 && block.width <= 300);
  });
});
