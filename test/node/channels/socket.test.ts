import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { openSocket } from '../../../src/channels/socket.ts';
import type { PushChannel } from '../../../src/channels/push.ts';
import { pushWorld, wire } from './push-world.ts';

/** A WebSocket whose other end is the test. */
class FakeSocket {
  static all: FakeSocket[] = [];
  readonly url: string;
  readyState = 0;
  readonly sent: { type: string; ids?: string[]; token?: string }[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(url: string) {
    this.url = url;
    FakeSocket.all.push(this);
  }

  accept(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  frame(frame: unknown): void {
    this.onmessage?.({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) });
  }

  drop(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  close(): void {
    this.readyState = 3;
  }
}

describe('openSocket', () => {
  let world: ReturnType<typeof pushWorld>;
  let channel: PushChannel;
  const last = () => FakeSocket.all.at(-1) as FakeSocket;
  const settle = () => world.clock.advance(50);

  beforeEach(() => {
    world = pushWorld('wss://jobs.example/api/v1/jobs/socket');
    FakeSocket.all = [];
    channel = openSocket(world.context, world.sink, FakeSocket as unknown as typeof WebSocket);
  });

  const connect = async (...ids: string[]) => {
    for (const id of ids) channel.watch(id);
    await settle();
    last().accept();
  };

  it('opens one connection, says who it is, then what it watches', async () => {
    await connect('a', 'b');
    assert.equal(FakeSocket.all.length, 1);
    assert.equal(last().url, 'wss://jobs.example/api/v1/jobs/socket');
    assert.deepEqual(last().sent, [{ type: 'auth', token: 'token-1' }, { type: 'watch', ids: ['a', 'b'] }]);
  });

  it('says nothing of a token where there is none', async () => {
    world.tokens.now = null;
    await connect('a');
    assert.deepEqual(last().sent, [{ type: 'watch', ids: ['a'] }]);
  });

  it('adds and takes away jobs on the open connection', async () => {
    await connect('a', 'b');
    channel.watch('c');
    channel.unwatch('a');
    await settle();
    assert.equal(FakeSocket.all.length, 1);
    assert.deepEqual(last().sent.slice(2), [{ type: 'unwatch', ids: ['a'] }, { type: 'watch', ids: ['c'] }]);
  });

  it('reports jobs, each live from its first frame on', async () => {
    await connect('a', 'b');
    assert.deepEqual(world.told(), []);
    last().frame({ type: 'job', job: wire('a', 0.3) });
    assert.deepEqual(world.told(), ['job a 0.3', 'live a']);
    assert.deepEqual(world.tokens.accepted, ['token-1']);
  });

  it('closes when nothing is watched', async () => {
    await connect('a');
    channel.unwatch('a');
    await settle();
    assert.equal(last().readyState, 3);
    assert.equal(world.clock.pending, 0);
    assert.equal(world.page.listeners, 0);
  });

  it('pings, lives on answers, and connects again after 35 s without any', async () => {
    await connect('a');
    last().frame({ type: 'job', job: wire('a', 0.3) });
    world.told();
    await world.clock.advance(15_000);
    assert.deepEqual(last().sent.at(-1), { type: 'ping' });
    last().frame({ type: 'pong' });
    await world.clock.advance(34_999);
    assert.deepEqual(world.told(), []);
    await world.clock.advance(1);
    assert.deepEqual(world.told(), ['silent a']);
    assert.equal(last().readyState, 3);
    await world.clock.advance(2_500);
    assert.equal(FakeSocket.all.length, 2);
  });

  it('connects again after a loss, with jittered waits, and watches everything anew', async () => {
    await connect('a');
    channel.watch('b');
    await settle();
    last().frame({ type: 'job', job: wire('a', 0.3) });
    world.told();
    last().drop();
    assert.deepEqual(world.told(), ['silent a']);
    await world.clock.advance(2_500);
    last().drop();
    await world.clock.advance(4_999);
    assert.equal(FakeSocket.all.length, 2);
    await world.clock.advance(1);
    assert.equal(FakeSocket.all.length, 3);
    last().accept();
    assert.deepEqual(last().sent.at(-1), { type: 'watch', ids: ['a', 'b'] });
    assert.deepEqual(world.told(), []);
    last().frame({ type: 'job', job: wire('a', 0.3) });
    assert.deepEqual(world.told(), ['job a 0.3', 'live a']);
  });

  it('gets another token when its own is refused', async () => {
    await connect('a');
    world.tokens.next = 'token-2';
    last().frame({ type: 'error', code: 'unauthorized', detail: 'expired' });
    await world.clock.advance(2_500);
    assert.equal(FakeSocket.all.length, 2);
    last().accept();
    assert.deepEqual(last().sent[0], { type: 'auth', token: 'token-2' });
  });

  it('waits minutes where it is not wanted', async () => {
    await connect('a');
    last().drop(1008);
    await world.clock.advance(302_499);
    assert.equal(FakeSocket.all.length, 1);
    await world.clock.advance(1);
    assert.equal(FakeSocket.all.length, 2);
  });

  it('rests while the page is hidden', async () => {
    await connect('a');
    last().frame({ type: 'job', job: wire('a', 0.3) });
    world.page.hide();
    assert.equal(last().readyState, 3);
    assert.deepEqual(world.told(), ['job a 0.3', 'live a', 'silent a']);
    await world.clock.advance(600_000);
    assert.equal(FakeSocket.all.length, 1);
    world.page.show();
    await world.clock.flush();
    assert.equal(FakeSocket.all.length, 2);
  });

  it('passes nonsense over', async () => {
    await connect('a');
    for (const frame of ['{', 'null', '[]', { type: 'job' }, { type: 'job', job: 5 }, { type: 'error' }, {}]) last().frame(frame);
    assert.deepEqual(world.told(), []);
    assert.equal(last().readyState, 1);
  });

  it('is silent after it is closed', async () => {
    await connect('a');
    last().frame({ type: 'job', job: wire('a', 0.3) });
    world.told();
    channel.close();
    last().frame({ type: 'job', job: wire('a', 0.4) });
    last().drop();
    await world.clock.advance(60_000);
    assert.deepEqual(world.told(), []);
    assert.equal(world.clock.pending, 0);
  });
});
