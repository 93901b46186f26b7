import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Lazy } from '../../../src/core/lazy.ts';

describe('what is fetched when it is first needed', () => {
  it('is fetched once for all, and told to each, also when one of them fails', async (t) => {
    const logged = t.mock.method(console, 'error', () => {});
    let fetched = 0;
    const code = new Lazy(async () => ++fetched);
    const told: string[] = [];
    const fault = new Error('no');
    code.when((value) => told.push(`a${value}`));
    code.when(() => {
      throw fault;
    });
    const forget = code.when(() => told.push('nobody'));
    code.when((value) => told.push(`b${value}`));
    forget();
    assert.equal(await code.load(), 1);
    code.when((value) => told.push(`c${value}`));
    assert.deepEqual(told, ['a1', 'b1', 'c1']);
    assert.deepEqual(logged.mock.calls.map((call) => call.arguments), [[fault]]);
  });

  it('is fetched again by who asks after it could not be', async () => {
    let fetched = 0;
    const code = new Lazy(async () => {
      if (++fetched === 1) throw new Error('lost');
      return fetched;
    });
    await assert.rejects(code.load(), /lost/);
    assert.equal(await code.load(), 2);
  });
});
