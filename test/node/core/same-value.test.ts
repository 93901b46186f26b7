import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { sameValue } from '../../../src/core/same-value.ts';

describe('sameValue', () => {
  it('agrees with Node on everything that JSON can say', () => {
    const plain = (value: unknown) => structuredClone(value);
    const few = fc.jsonValue({ maxDepth: 3, depthSize: 'small' });
    fc.assert(
      fc.property(few, few, (a, b) => {
        assert.equal(sameValue(a, b), isDeepStrictEqual(plain(a), plain(b)));
        assert.equal(sameValue(a, plain(a)), true);
        assert.equal(sameValue([a, b], [plain(a), plain(b)]), true);
      }),
      { numRuns: 1000 },
    );
  });

  const different: [unknown, unknown][] = [
    [null, undefined],
    [null, {}],
    [0, '0'],
    [{}, 'text'],
    [[], {}],
    [[undefined], []],
    [{ a: undefined }, { b: undefined }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [JSON.parse('{"__proto__": {}}'), { other: {} }],
  ];
  for (const [a, b] of different) {
    it(`tells ${JSON.stringify(a)} from ${JSON.stringify(b)}`, () => {
      assert.equal(sameValue(a, b), false);
      assert.equal(sameValue(b, a), false);
    });
  }

  it('gives up, rather than hang or throw, on what is huge, deep, cyclic or hostile', () => {
    const big = () => Array.from({ length: 20_000 }, () => ({}));
    assert.equal(sameValue(big(), big()), false);
    const cyclic = () => {
      const value: unknown[] = [];
      value.push(value, value);
      return value;
    };
    assert.equal(sameValue(cyclic(), cyclic()), false);
    const hostile = () => ({
      get a(): string {
        throw new Error('no');
      },
    });
    assert.equal(sameValue(hostile(), hostile()), false);
  });
});
