import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { backoffDelay } from '../../../src/core/backoff.ts';

describe('backoffDelay', () => {
  const bounds = (options = {}) => [0, 1, 2, 3].map((attempt) => backoffDelay(attempt, { random: () => 1, ...options }));

  it('doubles its bound with each attempt', () => {
    assert.deepEqual(bounds(), [500, 1000, 2000, 4000]);
    assert.deepEqual(bounds({ base: 10 }), [10, 20, 40, 80]);
  });

  it('stops at its maximum, however often it is asked', () => {
    assert.deepEqual(bounds({ max: 1500 }), [500, 1000, 1500, 1500]);
    assert.equal(backoffDelay(10_000, { random: () => 1 }), 30_000);
  });

  it('spreads over the whole of it', () => {
    assert.equal(backoffDelay(3, { random: () => 0 }), 0);
    assert.equal(backoffDelay(3, { random: () => 0.25 }), 1000);
  });

  it('takes an attempt before the first for the first', () => {
    assert.equal(backoffDelay(-5, { random: () => 1 }), 500);
  });
});
