import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { openEvents } from '../../../src/channels/events.ts';
import type { PushChannel } from '../../../src/channels/push.ts';
import { pushWorld, wire } from './push-world.ts';

/** One request of the channel, answered by the test. */
interface Stream {
  url: URL;
  headers: Headers;
  aborted: boolean;
  send(text: string): void;
  end(): void;
  reset(): void;
}

describe('openEvents', () => {
  let world: ReturnType<typeof pushWorld>;
  let streams: Stream[];
  let channel: PushChannel;
  /** The next requests are answered with these. */
  let refusals: Response[];

  const fetchStream: typeof fetch = async (input, init) => {
    const signal = init?.signal as AbortSignal;
    let controller!: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
    const encoder = new TextEncoder();
    const stream: Stream = {
      url: new URL(String(input)),
      headers: new Headers(init?.headers),
      aborted: false,
      send: (text) => controller.enqueue(encoder.encode(text)),
      end: () => controller.close(),
      reset: () => controller.error(new TypeError('network error')),
    };
    signal.addEventListener('abort', () => {
      stream.aborted = true;
      try {
        controller.error(signal.reason);
      } catch {
        // It had ended.
      }
    });
    streams.push(stream);
    return refusals.shift() ?? new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };

  const settle = () => world.clock.advance(50);
  const last = () => streams.at(-1) as Stream;
  const event = (id: string, progress: number, cursor = '', fields = {}) =>
    `event: job\n${cursor && `id: ${cursor}\n`}data: ${JSON.stringify(wire(id, progress, fields))}\n\n`;

  beforeEach(() => {
    world = pushWorld('https://jobs.example/api/v1/jobs/events');
    streams = [];
    refusals = [];
    channel = openEvents({ ...world.context, fetch: fetchStream }, world.sink);
  });

  const connect = async (...ids: string[]) => {
    for (const id of ids) channel.watch(id);
    await settle();
  };

  it('asks once for all, with the token in a header only', async () => {
    await connect('a', 'b', 'a');
    assert.equal(streams.length, 1);
    assert.equal(last().url.searchParams.get('ids'), 'a,b');
    assert.equal(last().headers.get('authorization'), 'Bearer token-1');
    assert.equal(last().headers.get('x-app'), 'test');
    assert.doesNotMatch(last().url.href, /token-1/);
    assert.deepEqual(world.tokens.accepted, ['token-1']);
  });

  it('says that a job is live once its state has come, not before', async () => {
    await connect('a', 'b');
    last().send(': heartbeat\n\n');
    await world.clock.flush();
    assert.deepEqual(world.told(), []);
    last().send(event('a', 0.1));
    await world.clock.flush();
    assert.deepEqual(world.told(), ['job a 0.1', 'live a']);
    last().send(event('b', 0.2) + event('a', 0.3));
    await world.clock.flush();
    assert.deepEqual(world.told(), ['job b 0.2', 'live b', 'job a 0.3', 'live a']);
  });

  it('opens another stream when more is watched, and says nothing in between', async () => {
    await connect('a');
    last().send(event('a', 0.1, '5'));
    await world.clock.flush();
    world.told();
    await connect('b', 'c');
    assert.equal(streams.length, 2);
    assert.equal(streams[0]?.aborted, true);
    assert.equal(last().url.searchParams.get('ids'), 'a,b,c');
    // A cursor would leave out the present state of b and c.
    assert.equal(last().headers.get('last-event-id'), null);
    assert.deepEqual(world.told(), []);
  });

  it('needs no other stream when less is watched, and none when nothing is', async () => {
    await connect('a', 'b');
    channel.unwatch('a');
    await settle();
    assert.equal(streams.length, 1);
    channel.unwatch('b');
    await settle();
    assert.equal(last().aborted, true);
    assert.equal(world.clock.pending, 0);
    assert.equal(world.page.listeners, 0);
  });

  it('goes on where it was left when the stream is lost', async () => {
    await connect('a', 'b', 'c');
    last().send(event('a', 0.1, '5') + event('b', 0.1, '6'));
    await world.clock.flush();
    world.told();
    last().reset();
    await world.clock.flush();
    assert.deepEqual(world.told(), ['silent a', 'silent b']);
    // The jitter of the test waits half of 5 s.
    await world.clock.advance(2_499);
    assert.equal(streams.length, 1);
    await world.clock.advance(1);
    assert.equal(streams.length, 2);
    assert.equal(last().headers.get('last-event-id'), '6');
    // Nothing was ever said of c.
    assert.deepEqual(world.told(), ['live a', 'live b']);
  });

  it('doubles its waits, up to a bound, until it has heard of a job', async () => {
    await connect('a');
    const waits: number[] = [];
    for (let round = 0; round < 6; round++) {
      last().reset();
      await world.clock.flush();
      waits.push(world.clock.next as number);
      await world.clock.advance(world.clock.next as number);
    }
    assert.deepEqual(waits, [2_500, 5_000, 10_000, 20_000, 30_000, 30_000]);
    last().send(event('a', 0.5));
    await world.clock.flush();
    last().reset();
    await world.clock.flush();
    assert.equal(world.clock.next, 2_500);
  });

  it('takes 35 s of silence for a lost stream, and heartbeats for life', async () => {
    await connect('a');
    last().send(event('a', 0.1));
    await world.clock.flush();
    world.told();
    await world.clock.advance(34_000);
    last().send(': heartbeat\n\n');
    await world.clock.advance(34_000);
    assert.deepEqual(world.told(), []);
    await world.clock.advance(1_000);
    assert.deepEqual(world.told(), ['silent a']);
    assert.equal(last().aborted, true);
    await world.clock.advance(2_500);
    assert.equal(streams.length, 2);
  });

  it('rests when the stream ends with its jobs', async () => {
    await connect('a');
    last().send(event('a', 1, '9', { status: 'success' }));
    await world.clock.flush();
    channel.unwatch('a');
    last().end();
    await settle();
    await world.clock.advance(600_000);
    assert.equal(streams.length, 1);
    assert.equal(world.clock.pending, 0);
  });

  it('leaves a job that the server does not know to polling', async () => {
    await connect('nobody');
    last().end();
    await world.clock.advance(600_000);
    assert.equal(streams.length, 1);
    assert.deepEqual(world.told(), []);
    await connect('nobody');
    assert.equal(streams.length, 2);
  });

  it('connects again when a server ends its streams early', async () => {
    await connect('a');
    last().send(event('a', 0.1));
    last().end();
    await world.clock.flush();
    assert.deepEqual(world.told(), ['job a 0.1', 'live a', 'silent a']);
    await world.clock.advance(2_500);
    assert.equal(streams.length, 2);
  });

  it('is closed while the page is hidden, and opened at once when it is shown', async () => {
    await connect('a');
    last().send(event('a', 0.1));
    await world.clock.flush();
    world.told();
    world.page.hide();
    await world.clock.flush();
    assert.equal(last().aborted, true);
    assert.deepEqual(world.told(), ['silent a']);
    await world.clock.advance(600_000);
    assert.equal(streams.length, 1);
    world.page.show();
    await world.clock.flush();
    assert.equal(streams.length, 2);
  });

  it('waits for the network, and goes at once when it is back', async () => {
    await connect('a');
    last().reset();
    world.page.disconnect();
    await world.clock.advance(60_000);
    assert.equal(streams.length, 1);
    world.page.connect();
    await world.clock.flush();
    assert.equal(streams.length, 2);
  });

  it('gets another token for a refused one', async () => {
    world.tokens.next = 'token-2';
    refusals = [new Response('', { status: 401 })];
    await connect('a');
    assert.deepEqual(streams.map(({ headers }) => headers.get('authorization')), ['Bearer token-1', 'Bearer token-2']);
    last().send(event('a', 0.1));
    await world.clock.flush();
    assert.deepEqual(world.told(), ['job a 0.1', 'live a']);
  });

  it('leaves a full server alone as long as it asks, and one that knows no events for minutes', async () => {
    refusals = [new Response('', { status: 503, headers: { 'retry-after': '30' } }), new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })];
    await connect('a');
    // Half of the first bound on top: who was sent away until the same moment comes back spread after it.
    assert.equal(world.clock.next, 32_500);
    world.page.hide();
    world.page.show();
    await world.clock.flush();
    assert.equal(streams.length, 1);
    await world.clock.advance(32_499);
    assert.equal(streams.length, 1);
    await world.clock.advance(1);
    assert.equal(streams.length, 2);
    assert.equal(world.clock.next, 302_500);
  });

  it('does not wait for a day when the clock was set back by one meanwhile', async () => {
    refusals = [new Response('', { status: 503, headers: { 'retry-after': '30' } })];
    await connect('a');
    world.clock.set(-86_400_000);
    await world.clock.advance(40_000);
    assert.equal(streams.length, 2);
  });

  it('tells of each loss, and whether it will hardly be better soon', async () => {
    const lost: boolean[] = [];
    channel.close();
    channel = openEvents({ ...world.context, fetch: fetchStream }, { ...world.sink, onLost: (hopeless) => lost.push(hopeless) });
    refusals = [new Response('', { status: 503 }), new Response('', { status: 404 })];
    await connect('a');
    assert.deepEqual(lost, [false]);
    await world.clock.advance(5_000);
    assert.deepEqual(lost, [false, true]);
    await world.clock.advance(310_000);
    // A proxy that lets nothing through before the end.
    await world.clock.advance(35_000);
    assert.deepEqual(lost, [false, true, true]);
    await world.clock.advance(30_000);
    last().send(event('a', 0.1));
    await world.clock.advance(35_000);
    assert.deepEqual(lost, [false, true, true, false]);
    world.page.hide();
    assert.equal(lost.length, 4, 'that it rests in a hidden page is no loss');
  });

  it('asks for 100 jobs at most, and for others when half of them have ended', async () => {
    const ids = Array.from({ length: 120 }, (_, index) => `job-${index}`);
    await connect(...ids);
    assert.equal(last().url.searchParams.get('ids')?.split(',').length, 100);
    for (const id of ids.slice(0, 10)) channel.unwatch(id);
    await settle();
    assert.equal(streams.length, 1);
    for (const id of ids.slice(10, 50)) channel.unwatch(id);
    await settle();
    assert.equal(streams.length, 2);
    assert.deepEqual(last().url.searchParams.get('ids')?.split(','), ids.slice(50));
  });

  it('passes nonsense over', async () => {
    await connect('a');
    last().send('event: job\ndata: {"job_id"\n\nevent: other\ndata: 1\n\nevent: job\ndata: 5\n\nevent: job\ndata: {"job_id": "a"}\n\n');
    last().send(event('a', 0.4));
    await world.clock.flush();
    assert.deepEqual(world.told(), ['job a 0.4', 'live a']);
  });

  it('is silent after it is closed', async () => {
    await connect('a');
    last().send(event('a', 0.1));
    await world.clock.flush();
    world.told();
    channel.close();
    await world.clock.advance(60_000);
    assert.deepEqual(world.told(), []);
    assert.equal(last().aborted, true);
    assert.equal(world.clock.pending, 0);
    assert.equal(world.page.listeners, 0);
  });
});
