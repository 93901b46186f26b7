import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { FAULTS, startChaosProxy } from './proxy.ts';
import type { FaultKind } from './proxy.ts';

const BODY = JSON.stringify({ detail: 'x'.repeat(2_000) });

describe('the chaos proxy', () => {
  let server: Server;
  let target: string;
  let answer = BODY;
  before(async () => {
    server = createServer((_request, response) => response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());
  afterEach(() => (answer = BODY));

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
    const run = async (): Promise<(FaultKind | null)[]> => {
      const proxy = await startChaosProxy(target, 7);
      proxy.weather = 'rough';
      const seen: [FaultKind | null, string][] = [];
      while (seen.length < 60) {
        const result = await look(proxy.url);
        const { fault, answeredAt } = proxy.passages.at(-1)!;
        assert.equal(answeredAt !== null, result === 'whole', `${fault} was ${result}`);
        seen.push([fault, result]);
      }
      await proxy.stop();
      for (const [fault, result] of seen) {
        const expected = { drop: 'lost', truncate: 'lost', reset: 'lost', page: '502', garbage: 'garbage' }[fault as string];
        if (fault === 'error') assert.match(result, /^50\d$/);
        else assert.equal(result, expected ?? 'whole', String(fault));
      }
      return seen.map(([fault]) => fault);
    };
    const [first, second] = await Promise.all([run(), run()]);
    assert.deepEqual([...new Set(first)].toSorted(), [null, ...FAULTS].toSorted());
    assert.deepEqual(first, second);
  });

  it('leaves of a job what the core has, where it shall, and knows no other routes', async () => {
    const proxy = await startChaosProxy(target, 1, { core: true });
    const job = { job_id: 'a', status: 'pending', progress: 0.5, links: { batch: '/batch' }, title: 'Bees', user_id: 'ann', retry_count: 1 };
    for (const body of [job, { jobs: [job, job], total: 2 }]) {
      answer = JSON.stringify(body);
      const response = await fetch(`${proxy.url}/api/v1/jobs/a`);
      const left = { job_id: 'a', status: 'pending', progress: 0.5, retry_count: 1 };
      assert.deepEqual(await response.json(), body === job ? left : { jobs: [left, left], total: 2 });
    }
    assert.equal((await fetch(`${proxy.url}/api/v1/jobs/batch?ids=a`)).status, 404);
    assert.equal((await fetch(`${proxy.url}/api/v1/jobs/events?ids=a`)).status, 404);
    await proxy.stop();
  });

  it('is a bad gateway while nobody is there', async () => {
    const proxy = await startChaosProxy('http://127.0.0.1:9', 1);
    assert.equal(await look(proxy.url), '502');
    await proxy.stop();
  });
});
