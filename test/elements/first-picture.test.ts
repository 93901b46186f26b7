import { expect, waitUntil } from '@open-wc/testing';
import { readEarly, takeEarly } from '../../src/api/early.ts';
import { Transport } from '../../src/api/transport.ts';
import { systemClock } from '../../src/core/clock.ts';
import '../../src/elements/job-status/define.ts';
import type { JobStatus } from '../../src/elements/job-status/job-status.ts';
import { JobDouble } from '../double/job-double.ts';

const BASE = 'https://jobs.example';
const realFetch = globalThis.fetch;
let double: JobDouble;
/** Answers are held back until this is called. */
let letGo: () => void;

beforeEach(() => {
  double = new JobDouble({ baseUrl: BASE });
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  globalThis.fetch = async (input, init) => {
    const answer = await double.fetch(input, init);
    await gate;
    return answer;
  };
});

afterEach(() => {
  globalThis.fetch = realFetch;
  for (const element of document.querySelectorAll('job-status')) element.remove();
});

function put(jobId: string, token: string | null = null): JobStatus {
  const element = document.createElement('job-status');
  Object.assign(element, { jobId, token, apiUrl: BASE });
  document.body.append(element);
  return element;
}

const word = (element: JobStatus): string => element.shadowRoot!.querySelector('.badge .word')!.textContent!;
const never = new AbortController().signal;
const url = (id: string): string => `${BASE}/api/v1/jobs/${id}`;

/** These come first and in this order: the code of the store is fetched once for the page. */
describe('the first picture of a job', () => {
  it('is asked for before the store is here, and the store takes the same answer', async () => {
    const id = double.add({ status: 'processing', progress: 0.4, title: 'A film' });
    const changes: unknown[] = [];
    const elements = [put(id), put(id)] as const;
    elements[0].addEventListener('job-change', ({ detail }) => changes.push(detail.previous));
    await elements[0].updateComplete;
    expect(elements[0].jobs.store).to.equal(null);
    expect(double.requests).to.have.length(1);
    letGo();
    await waitUntil(() => word(elements[1]) === 'In progress');
    await waitUntil(() => elements[0].jobs.store !== null);
    await elements[0].updateComplete;
    expect(word(elements[0])).to.equal('In progress');
    await waitUntil(() => changes.length > 0);
    expect(changes).to.deep.equal([null]);
    expect(double.requests).to.have.length(1);
  });
});

describe('an element that is taken away', () => {
  it('is kept by no timer', () => {
    const setTimeout = systemClock.setTimeout;
    const waiting = new Set<() => void>();
    systemClock.setTimeout = (callback, delay) => {
      const cancel = setTimeout(callback, delay);
      // Shorter ones are the store's, which outlives its last user a little.
      if (delay > 5_000) waiting.add(callback);
      return () => (waiting.delete(callback), cancel());
    };
    try {
      const element = put('');
      expect(waiting.size).to.be.greaterThan(0);
      element.remove();
      expect(waiting.size).to.equal(0);
    } finally {
      systemClock.setTimeout = setTimeout;
    }
  });
});

describe('a question that is asked early', () => {
  beforeEach(() => letGo());

  it('is answered with the job, for all who ask', async () => {
    const id = double.add({ status: 'started' });
    const jobs = await Promise.all([readEarly(BASE, id, null), readEarly(BASE, id, null)]);
    expect(jobs.map((job) => job?.status)).to.deep.equal(['started', 'started']);
    expect(double.requests).to.have.length(1);
    await takeEarly(url(id), null, never);
  });

  it('carries the token, and is kept apart from those with another', async () => {
    const id = double.add({ status: 'started' });
    await Promise.all([readEarly(BASE, id, 'mine'), readEarly(BASE, id, 'yours'), readEarly(BASE, id, null)]);
    expect(double.requests.map(({ headers }) => headers['authorization'])).to.deep.equal(['Bearer mine', 'Bearer yours', undefined]);
    expect(double.requests.some(({ path, query }) => `${path}${query}`.includes('mine'))).to.equal(false);
    for (const token of ['mine', 'yours', null]) expect(takeEarly(url(id), token, never)).not.to.equal(undefined);
  });

  it('can be taken once', async () => {
    const id = double.add({ status: 'started' });
    await readEarly(BASE, id, null);
    expect(takeEarly(url(id), null, never)).not.to.equal(undefined);
    expect(takeEarly(url(id), null, never)).to.equal(undefined);
  });

  it('gives nothing when it is not answered with a job; what came is the transport’s to judge', async () => {
    double.fault({ status: 401, body: { detail: 'Who are you?' } });
    expect(await readEarly(BASE, 'x', 'old')).to.equal(null);
    const transport = new Transport({ getToken: () => 'old' });
    const failure = await transport.send({ method: 'GET', url: url('x'), repeatable: true }, { retries: 0 }).catch((error: unknown) => error);
    expect(failure).to.include({ code: 'unauthorized', detail: 'Who are you?' });
    expect(double.requests).to.have.length(1);
  });

  it('is not taken by requests that carry more', async () => {
    const id = double.add({ status: 'started' });
    await readEarly(BASE, id, null);
    const transport = new Transport({ headers: { 'X-Site': 'a' } });
    await transport.send({ method: 'GET', url: url(id), repeatable: true });
    await new Transport({}).send({ method: 'DELETE', url: url(id), repeatable: true });
    expect(double.requests.map(({ method }) => method)).to.deep.equal(['GET', 'GET', 'DELETE']);
    await takeEarly(url(id), null, never);
  });

  it('is stopped by who has taken it', async () => {
    const id = double.add({ status: 'started' });
    double.latency = 60_000;
    const read = readEarly(BASE, id, null);
    const stop = new AbortController();
    takeEarly(url(id), null, stop.signal)?.catch(() => undefined);
    stop.abort();
    expect(await read).to.equal(null);
  });

  it('is not asked for more than six jobs, nor by a page that nobody sees', async () => {
    const ids = Array.from({ length: 8 }, () => double.add({ status: 'started' }));
    await Promise.all(ids.map((id) => readEarly(BASE, id, null)));
    expect(double.requests).to.have.length(6);
    for (const id of ids) await takeEarly(url(id), null, never);
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' });
    try {
      expect(await readEarly(BASE, ids[0] as string, null)).to.equal(null);
    } finally {
      delete (document as { visibilityState?: unknown }).visibilityState;
    }
    expect(double.requests).to.have.length(6);
  });
});
