import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { beforeEach, describe, it } from 'node:test';
import { tokenSource } from '../../../src/api/auth.ts';
import type { GetToken } from '../../../src/api/auth.ts';
import { JobClient } from '../../../src/api/job-client.ts';
import type { JobClientOptions } from '../../../src/api/job-client.ts';
import type { JobApiError } from '../../../src/core/errors.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const HOUR = 3_600_000;

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
/** A JWT by the server's clock, unlike any other. */
let made = 0;
const jwt = (issued: number, life = HOUR, claims: object = { iat: issued / 1000 }): string =>
  `${part({ alg: 'HS256' })}.${part({ ...claims, exp: (issued + life) / 1000, n: `Nº ${++made}` })}.c2ln`;

/** A server that takes some tokens, and a page that gives them. */
class World {
  readonly clock = new FakeClock();
  /** What the server takes. */
  readonly good = new Set<string>();
  /** The tokens of all requests, in order. */
  readonly sent: (string | null)[] = [];
  readonly asked: boolean[] = [];
  /** How far the server's clock is ahead; whether the page may read it. */
  skew = 0;
  showsDate = false;
  detail = 'No';

  readonly fetch: typeof fetch = async (url, init) => {
    const token = new Headers(init?.headers).get('authorization')?.slice('Bearer '.length) ?? null;
    this.sent.push(token);
    assert.ok(token === null || !String(url).includes(token), 'the token is in the URL');
    const headers = { ...(this.showsDate && { date: new Date(this.clock.now() + this.skew).toUTCString() }) };
    return token !== null && this.good.has(token)
      ? Response.json({ job_id: 'j', status: 'processing' }, { headers })
      : Response.json({ detail: this.detail }, { status: 401, headers });
  };

  client(getToken: GetToken, options: JobClientOptions = {}): JobClient {
    const counted: GetToken = (request) => (this.asked.push(request.refresh), getToken(request));
    return new JobClient({ fetch: this.fetch, clock: this.clock, getToken: counted, ...options });
  }

  /** How often the page was asked for a new one. */
  get refreshes(): number {
    return this.asked.filter(Boolean).length;
  }
}

const codeOf = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'ok', (error: JobApiError) => error.code);

describe('a refused token', () => {
  let world: World;
  beforeEach(() => (world = new World()));

  it('is replaced by a new one, and the request goes out again', async () => {
    world.good.add('new');
    const client = world.client(({ refresh }) => (refresh ? 'new' : 'old'));
    assert.equal((await client.getJob('j')).status, 'processing');
    assert.deepEqual(world.sent, ['old', 'new']);
    // The page goes on giving the old one; we know better by now.
    await client.getJob('j');
    assert.deepEqual(world.sent.slice(2), ['new']);
    assert.equal(world.refreshes, 1);
  });

  it('is replaced for what must not be done twice too, since it was not done', async () => {
    world.good.add('new');
    await world.client(({ refresh }) => (refresh ? 'new' : 'old')).retryJob('j');
    assert.deepEqual(world.sent, ['old', 'new']);
  });

  it('is renewed once for all who need it, early and late', async () => {
    world.good.add('new');
    let deliver = (_: string): void => {};
    const client = world.client(({ refresh }) => (refresh ? new Promise<string>((resolve) => (deliver = resolve)) : 'old'));
    const early = Array.from({ length: 20 }, () => client.getJob('j'));
    await world.clock.flush();
    const late = Array.from({ length: 20 }, () => client.getJob('j'));
    await world.clock.flush();
    deliver('new');
    await Promise.all([...early, ...late]);
    assert.equal(world.refreshes, 1);
  });

  it('is not renewed again for an answer that comes after the new one is there', async () => {
    world.good.add('new');
    let release = (): void => {};
    const slow = new Promise<void>((resolve) => (release = resolve));
    let first = true;
    const fetch: typeof globalThis.fetch = async (...args) => {
      const answer = world.fetch(...args);
      if (first) await ((first = false), slow);
      return answer;
    };
    const client = world.client(({ refresh }) => (refresh ? 'new' : 'old'), { fetch });
    const last = client.getJob('j');
    await world.clock.flush();
    await client.getJob('j');
    release();
    await last;
    assert.equal(world.refreshes, 1);
    assert.deepEqual(world.sent, ['old', 'old', 'new', 'new']);
  });

  it('is not given up for a renewal that ends in the very moment in which it is looked for', async () => {
    for (let turns = 0; turns < 12; turns++) {
      world = new World();
      world.good.add('new');
      let give = (_token: string): void => {};
      let renewed = (_token: string): void => {};
      let plain: string | Promise<string> = 'old';
      const source = tokenSource(({ refresh }) => (refresh ? new Promise<string>((resolve) => (renewed = resolve)) : plain), world.clock);
      assert.equal(await source.get(), 'old');
      const first = source.replace('old');
      await world.clock.flush();
      plain = new Promise<string>((resolve) => (give = resolve));
      const second = source.replace('old');
      await world.clock.flush();
      give('old');
      for (let turn = 0; turn < turns; turn++) await undefined;
      renewed('new');
      assert.deepEqual(await Promise.all([first, second]), ['new', 'new'], `${turns} turns apart`);
    }
  });

  it('shows as refused when the new one is too, does not press for more at once, and heals by itself', async () => {
    let token = 'token-1';
    const client = world.client(({ refresh }) => (refresh ? `${token}+` : token));
    for (let round = 0; round < 10; round++) assert.equal(await codeOf(client.getJob('j')), 'unauthorized');
    assert.equal(world.refreshes, 1);
    await world.clock.advance(19_900);
    await codeOf(client.getJob('j'));
    assert.equal(world.refreshes, 1);
    await world.clock.advance(10_100);
    await codeOf(client.getJob('j'));
    assert.equal(world.refreshes, 2);
    // Somebody signs in.
    world.good.add((token = 'token-2'));
    assert.equal(await codeOf(client.getJob('j')), 'ok');
    assert.equal(world.sent.at(-1), 'token-2');
    assert.equal(world.refreshes, 2);
  });

  it('that was good for long is renewed at once, however often that was before', async () => {
    let token = 0;
    const client = world.client(({ refresh }) => `token-${refresh ? ++token : token}`);
    world.good.add('token-1');
    for (let round = 1; round < 5; round++) {
      assert.equal(await codeOf(client.getJob('j')), 'ok');
      world.good.clear();
      world.good.add(`token-${round + 1}`);
    }
    assert.equal(world.refreshes, 4);
  });

  it('shows as refused when there is no other, and when the page cannot give one', async () => {
    assert.equal(await codeOf(world.client(() => 'same').getJob('j')), 'unauthorized');
    assert.equal(world.sent.length, 1);
    const failing = world.client(({ refresh }) => (refresh ? Promise.reject(new Error('down')) : 'old'));
    const error = (await failing.getJob('j').catch((reason: unknown) => reason)) as JobApiError;
    assert.deepEqual([error.code, error.status], ['unauthorized', 401]);
  });

  it('gives way to a first one where nobody was signed in', async () => {
    world.good.add('new');
    assert.equal(await codeOf(world.client(({ refresh }) => (refresh ? 'new' : null)).getJob('j')), 'ok');
    assert.deepEqual(world.sent, [null, 'new']);
  });

  it('is not sent any more once the page has signed out', async () => {
    world.good.add('new');
    let signedIn = true;
    const client = world.client(({ refresh }) => (signedIn ? (refresh ? 'new' : 'old') : null));
    await client.getJob('j');
    signedIn = false;
    await codeOf(client.getJob('j'));
    assert.equal(world.sent.at(-1), null);
  });

  it('is no other caller\'s: two sources on one page stay apart', async () => {
    for (const name of ['ann', 'bob']) world.good.add(`${name}-new`);
    const [ann, bob] = ['ann', 'bob'].map((name) => world.client(({ refresh }) => (refresh ? `${name}-new` : `${name}-old`)));
    await Promise.all([ann!.getJob('j'), bob!.getJob('j'), ann!.getJob('j')]);
    assert.equal(world.refreshes, 2);
    assert.deepEqual(world.sent.toSorted(), ['ann-new', 'ann-new', 'ann-old', 'ann-old', 'bob-new', 'bob-old']);
  });

  it('is renewed once for several clients with the same source', async () => {
    world.good.add('new');
    let refreshes = 0;
    const getToken: GetToken = ({ refresh }) => (refresh ? (refreshes++, 'new') : 'old');
    const client = (): JobClient => new JobClient({ fetch: world.fetch, clock: world.clock, getToken });
    await Promise.all([client().getJob('j'), client().getJob('j')]);
    assert.equal(refreshes, 1);
  });

  it('does not wait for ever for a page that never gives another', async () => {
    world.good.add('new');
    let hangs = true;
    const client = world.client(({ refresh }) => (refresh ? (hangs ? new Promise<string>(() => {}) : 'new') : 'old'));
    const outcome = codeOf(client.getJob('j', { retries: 0 }));
    await world.clock.advance(15_000);
    assert.equal(await outcome, 'timeout');
    hangs = false;
    await world.clock.advance(10_000);
    assert.equal(await codeOf(client.getJob('j')), 'ok');
  });

  it('that comes at last, after another was asked for, does not take the place of that', async () => {
    world.good.add('second');
    const pages: ((token: string) => void)[] = [];
    const client = world.client(({ refresh }) => (refresh ? new Promise<string>((give) => void pages.push(give)) : 'old'));
    const first = codeOf(client.getJob('j', { retries: 0 }));
    await world.clock.advance(25_000);
    assert.equal(await first, 'timeout');
    const second = codeOf(client.getJob('j', { retries: 0 }));
    await world.clock.flush();
    pages[1]?.('second');
    assert.equal(await second, 'ok');
    pages[0]?.('first');
    await world.clock.flush();
    world.sent.length = 0;
    const third = codeOf(client.getJob('j', { retries: 0 }));
    await world.clock.advance(16_000);
    assert.equal(await third, 'ok');
    assert.deepEqual(world.sent, ['second'], 'the page goes on giving the old one, for which the second stands');
    assert.equal(pages.length, 2);
  });

  it('that is still awaited is not asked for a third time when an older one comes', async () => {
    world.good.add('second');
    const pages: ((token: string) => void)[] = [];
    const client = world.client(({ refresh }) => (refresh ? new Promise<string>((give) => void pages.push(give)) : 'old'));
    const ask = () => codeOf(client.getJob('j', { retries: 0 }));
    const first = ask();
    await world.clock.advance(25_000);
    assert.equal(await first, 'timeout');
    const second = ask();
    await world.clock.flush();
    pages[0]?.('first');
    await world.clock.flush();
    const third = ask();
    await world.clock.flush();
    assert.equal(pages.length, 2, 'the one under way is shared');
    pages[1]?.('second');
    await world.clock.advance(16_000);
    assert.deepEqual([await second, await third], ['ok', 'ok']);
  });
});

describe('a token that says when it expires', () => {
  let world: World;
  let token: string;
  const issue = (life = HOUR, claims?: (at: number) => object): string => {
    const at = world.clock.now() + world.skew;
    token = jwt(at, life, claims?.(at));
    world.good.add(token);
    const old = token;
    world.clock.setTimeout(() => world.good.delete(old), life);
    return token;
  };
  /** The page keeps one token, and makes another when asked to. */
  const client = (claims?: (at: number) => object): JobClient =>
    world.client(({ refresh }) => (refresh ? issue(HOUR, claims) : token));
  beforeEach(() => {
    world = new World();
    issue();
  });

  it('is renewed just before, not sooner', async () => {
    const jobs = client();
    await jobs.getJob('j');
    await world.clock.advance(HOUR - 31_000);
    await jobs.getJob('j');
    assert.equal(world.refreshes, 0);
    await world.clock.advance(1_000);
    await Promise.all([jobs.getJob('j'), jobs.getJob('j')]);
    await jobs.getJob('j');
    assert.equal(world.refreshes, 1);
    assert.equal(world.sent.at(-1), token);
    assert.equal(world.sent.length, 5, 'none was refused');
  });

  it('is renewed before the first request after a sleep of hours', async () => {
    const jobs = client();
    await jobs.getJob('j');
    world.clock.jump(5 * HOUR);
    world.good.clear();
    assert.equal(await codeOf(jobs.getJob('j')), 'ok');
    assert.equal(world.sent.length, 2);
  });

  it('is sent as it is when there is no new one: the server decides', async () => {
    const jobs = world.client(({ refresh }) => (refresh ? Promise.reject(new Error('down')) : token));
    await world.clock.advance(HOUR - 1);
    assert.equal(await codeOf(jobs.getJob('j')), 'ok');
    assert.equal(world.refreshes, 1);
  });

  for (const [where, skew] of [['ahead of', 24 * HOUR], ['behind', -24 * HOUR]] as const) {
    for (const showsDate of [true, false]) {
      it(`is renewed in time though the server's clock is a day ${where} the page's, ${showsDate ? 'read' : 'unread'}`, async () => {
        world.skew = skew;
        world.showsDate = showsDate;
        issue();
        const jobs = client();
        for (let minute = 0; minute < 4 * 60; minute++) {
          assert.equal(await codeOf(jobs.getJob('j')), 'ok');
          await world.clock.advance(60_000);
        }
        assert.ok(world.refreshes >= 3 && world.refreshes <= 5, `${world.refreshes} renewals in 4 hours`);
      });
    }
  }

  it('is left to the server where clocks differ and it does not say when it was made', async () => {
    world.skew = -24 * HOUR;
    issue(HOUR, () => ({}));
    const jobs = client(() => ({}));
    for (let round = 0; round < 20; round++) await jobs.getJob('j');
    assert.equal(world.refreshes, 1);
  });

  it('but lives for a minute is renewed once a minute, not at every request', async () => {
    const jobs = world.client(({ refresh }) => (refresh ? issue(60_000) : token));
    issue(60_000);
    for (let second = 0; second < 120; second++) {
      await jobs.getJob('j');
      await world.clock.advance(1_000);
    }
    assert.equal(world.refreshes, 2);
  });

  it('and others that only look like it are sent as they are', async () => {
    const strange = ['a.b.c', `${part({})}.${part({ exp: 'soon' })}.x`, `a.${Buffer.from('[1').toString('base64url')}.b`, 'a.bnVsbA.b', '..', 'plain'];
    for (const one of strange) {
      world.good.add(one);
      assert.equal(await codeOf(world.client(() => one).getJob('j')), 'ok', one);
    }
    assert.equal(world.refreshes, 0);
  });
});

describe('the token', () => {
  it('is in no error, whatever the server says of it or the header does not take', async () => {
    const world = new World();
    const secret = 'tok-5ecret';
    world.detail = `Bad token ${secret}`;
    for (const token of [secret, `${secret}\nx`, `${secret}ÿ\u0100`]) {
      const error: unknown = await world.client(() => token).getJob('j').catch((reason: unknown) => reason);
      assert.equal((error as JobApiError).code, 'unauthorized');
      assert.ok(!inspect(error, { depth: 9, showHidden: true }).includes(secret), inspect(error));
    }
  });
});
