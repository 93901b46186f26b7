import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { estimateSpeech, fitOf } from '../../../src/elements/job-create-form/speech.ts';

describe('estimateSpeech', () => {
  it('says nothing of nothing', () => {
    for (const text of ['', '  \n', '… — !?']) assert.deepEqual(estimateSpeech(text, 'en'), { count: 0, unit: 'words', seconds: 0 });
  });

  it('counts words as people do', () => {
    const count = (text: string, language = 'en'): number => estimateSpeech(text, language).count;
    assert.equal(count("It's 3.5 well-known words"), 4);
    assert.equal(count('मौरी नाच्छन्, फूल भेटिन्छ।', 'ne-NP'), 4);
    assert.equal(count('Œuvre naïve, Straße', 'fr'), 3);
  });

  it('counts characters where words have no spaces between them', () => {
    assert.deepEqual(estimateSpeech('蜜蜂跳舞。', 'zh-CN'), { count: 4, unit: 'characters', seconds: 1 });
    assert.equal(estimateSpeech('ミツバチは踊ります。', 'ja').unit, 'characters');
  });

  it('grows with the words, the pauses, and the pace of the language', () => {
    const words = 'word '.repeat(150);
    assert.equal(estimateSpeech(words, 'en-US').seconds, 60);
    assert.equal(estimateSpeech(words, 'xx').seconds, 64);
    assert.ok(estimateSpeech(words, 'ne').seconds > estimateSpeech(words, 'en').seconds);
    assert.ok(estimateSpeech('One word. '.repeat(75), 'en').seconds > 60);
    assert.equal(estimateSpeech('Hi', 'en').seconds, 1);
  });
});

describe('fitOf', () => {
  it('allows a sixth more or less, and at least three seconds', () => {
    assert.equal(fitOf(60, 60), 'fits');
    assert.equal(fitOf(70, 60), 'fits');
    assert.equal(fitOf(71, 60), 'long');
    assert.equal(fitOf(49, 60), 'short');
    assert.equal(fitOf(8, 5), 'fits');
    assert.equal(fitOf(9, 5), 'long');
  });
});
