import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { captions, readScript, sentences } from '../../src/render/script.ts';
import { breakable, direction, knownLanguage, opticalLength } from '../../src/render/text/language.ts';

describe('sentences', () => {
  it('finds them as the language ends them', () => {
    assert.deepEqual(sentences('One. Two! Three?', 'en-US'), ['One.', 'Two!', 'Three?']);
    assert.deepEqual(sentences('यो एक हो। यो दुई हो।', 'ne'), ['यो एक हो।', 'यो दुई हो।']);
    assert.deepEqual(sentences('一つです。「二つ」です。', 'ja'), ['一つです。', '「二つ」です。']);
    assert.deepEqual(sentences('هل هذا سؤال؟ نعم.', 'ar'), ['هل هذا سؤال؟', 'نعم.']);
  });

  it('does not stop at titles, initials and numbers', () => {
    assert.deepEqual(sentences('Dr. J. K. Smith paid 3.50 to Mrs. Jones.', 'en'), ['Dr. J. K. Smith paid 3.50 to Mrs. Jones.']);
  });

  it('ends one at every line break and makes none of marks alone', () => {
    assert.deepEqual(sentences('A title\nand a line\r\n\n---\n…', 'en'), ['A title', 'and a line --- …']);
    assert.deepEqual(sentences(' \n ... \n', 'en'), []);
  });

  it('reads a script in a language that it has never heard of', () => {
    assert.deepEqual(sentences('One. Two.', 'not a language'), ['One.', 'Two.']);
    assert.equal(knownLanguage('not a language'), 'und');
  });

  it('loses no letter', () => {
    const letters = (text: string): string => text.normalize('NFC').replaceAll(/[^\p{L}\p{N}]/gu, '');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (script) => {
        assert.equal(letters(readScript(script, 'en').map(({ text }) => text).join('')), letters(script));
      }),
    );
  });
});

describe('captions', () => {
  const long = 'When the wet wind meets the range, it rises, and as it rises it cools, and what it carried falls as rain on one side, so that little is left for the other, where the desert begins';

  it('keeps a sentence whole while it fits', () => {
    assert.deepEqual(captions('A short one.', 'en'), ['A short one.']);
  });

  it('splits a long one into pieces of like length, at clauses', () => {
    const pieces = captions(long, 'en');
    assert.equal(pieces.join(' '), long);
    assert.ok(pieces.length >= 2);
    for (const piece of pieces.slice(0, -1)) assert.match(piece, /,$/);
  });

  it('keeps every piece within the limit, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 600 }), fc.constantFrom('en', 'ja', 'th', 'ar'), (text, language) => {
        const pieces = captions(text, language, 60);
        for (const piece of pieces) assert.ok(opticalLength(piece) <= 60 || pieces.length === 1);
        assert.equal(pieces.join('').replaceAll(/\s/g, ''), text.replaceAll(/\s/g, ''));
      }),
    );
  });
});

describe('line breaking', () => {
  it('breaks at spaces, and between words where none are written', () => {
    assert.deepEqual(breakable('Hello, “big” world', 'en'), ['Hello, ', '“big” ', 'world']);
    assert.ok(breakable('ภาษาไทยสวยงาม', 'th').length > 1);
    assert.deepEqual(breakable('「山」は高い。', 'ja').map((piece) => piece[0]), ['「', 'は', '高']);
  });

  it('knows the direction of a text', () => {
    assert.equal(direction('123 مرحبا'), 'rtl');
    assert.equal(direction('abc مرحبا'), 'ltr');
  });
});
