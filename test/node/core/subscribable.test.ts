import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { Subscribable } from '../../../src/core/subscribable.ts';

describe('Subscribable', () => {
  it('starts with the first listener and stops with the last', () => {
    const log: string[] = [];
    const source = new Subscribable({ onFirst: () => log.push('first'), onLast: () => log.push('last') });
    const one = source.subscribe(() => {});
    const two = source.subscribe(() => {});
    one();
    one();
    assert.deepEqual(log, ['first']);
    two();
    assert.deepEqual(log, ['first', 'last']);
    source.subscribe(() => {})();
    assert.deepEqual(log, ['first', 'last', 'first', 'last']);
    assert.equal(source.size, 0);
  });

  it('takes the same function twice as two subscriptions', () => {
    const source = new Subscribable<number>();
    const seen: number[] = [];
    const listener = (value: number) => seen.push(value);
    const first = source.subscribe(listener);
    source.subscribe(listener);
    first();
    source.notify(1);
    assert.deepEqual(seen, [1]);
  });

  it('reports what a listener throws, and calls the others', () => {
    const errors: unknown[] = [];
    const seen: number[] = [];
    const source = new Subscribable<number>({ onError: (error) => errors.push(error) });
    source.subscribe(() => {
      throw new Error('mine');
    });
    source.subscribe((value) => seen.push(value));
    source.notify(1);
    source.notify(2);
    assert.deepEqual(seen, [1, 2]);
    assert.equal(errors.length, 2);
  });

  it("leaves errors to the host's own reporting", () => {
    const host = globalThis as { reportError?: (error: unknown) => void };
    const before = host.reportError;
    const report = mock.fn();
    host.reportError = report;
    try {
      const source = new Subscribable();
      source.subscribe(() => {
        throw new Error('mine');
      });
      source.notify();
    } finally {
      if (before) host.reportError = before;
      else delete host.reportError;
    }
    assert.equal(report.mock.callCount(), 1);
  });

  it('spares a listener that leaves while others are called, and has a new one wait', () => {
    const source = new Subscribable<number>();
    const log: string[] = [];
    source.subscribe(() => {
      second();
      source.subscribe((value) => log.push(`new ${value}`));
    });
    const second = source.subscribe((value) => log.push(`second ${value}`));
    source.notify(1);
    assert.deepEqual(log, []);
    source.notify(2);
    assert.deepEqual(log, ['new 2']);
  });

  it('shows all listeners all values in the same order, also values that a listener causes', () => {
    const source = new Subscribable<number>();
    const seen: number[] = [];
    source.subscribe((value) => {
      if (value === 1) source.notify(2);
    });
    source.subscribe((value) => seen.push(value));
    source.notify(1);
    assert.deepEqual(seen, [1, 2]);
  });
});
