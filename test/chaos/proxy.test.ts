import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { startChaosProxy } from './proxy.ts';
import type { FaultKind } from './proxy.ts';

const BODY = JSON.stringify({ detail: 'x'.repeat(2_000) });

describe('the chaos proxy', () => {
  let server: Server;
  let target: string;
  before(async () => {
    server = createServer((_request, response) => response.writeHead(200, { 'content-length': BODY.length }).end(BODY));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  /** What a page sees. */
  const look = async (url: string): Promise<string> => {
    try {
      const response = await fetch(url);
      const text = await response.text();
      return response.ok ? (text === BODY ? 'whole' : 'garbage') : String(response.status);
    } catch {
      return 'lost';
    }
  };

  it('passes everything on in clear weather, and nothing in a storm', async () => {
    const proxy = await startChaosProxy(target, 1);
    for (let round = 0; round < 5; round++) assert.equal(await look(proxy.url), 'whole');
    proxy.weather = 'storm';
    for (let round = 0; round < 10; round++) assert.match(await look(proxy.url), /^(5\d\d|lost)$/);
    await proxy.stop();
  });

  it('does every kind of harm in rough weather, the same for the same seed', async () => {
    const runs: (FaultKind | null)[][] = [];
    while (runs.length < 2) {
      const proxy = await startChaosProxy(target, 7);
      proxy.weather = 'rough';
      const seen: [FaultKind | null, string][] = [];
      while (seen.length < 60) {
        const result = await look(proxy.url);
        seen.push([proxy.passages.at(-1)!.fault, result]);
      }
      await proxy.stop();
      for (const [fault, result] of seen) {
        const expected = { drop: 'lost', truncate: 'lost', reset: 'lost', page: '502', garbage: 'garbage' }[fault as string];
        if (fault === 'error') assert.match(result, /^50\d$/);
        else assert.equal(result, expected ?? 'whole', String(fault));
      }
      runs.push(seen.map(([fault]) => fault));
    }
    assert.ok(new Set(runs[0]).size >= 7, [...new Set(runs[0])].join());
    assert.deepEqual(runs[0], runs[1]);
  });

  it('is a bad gateway while nobody is there', async () => {
    const proxy = await startChaosProxy('http://127.0.0.1:9', 1);
    assert.equal(await look(proxy.url), '502');
    await proxy.stop();
  });
});
