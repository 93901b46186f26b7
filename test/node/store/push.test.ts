import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { openSocketIo } from '../../../src/channels/socket-io.ts';
import type { JobStoreOptions } from '../../../src/store/job-store.ts';
import { JobStore } from '../../../src/store/job-store.ts';
import { JobDouble } from '../../double/job-double.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { FakePage } from './fake-page.ts';

const LINKS = { events: '/api/v1/jobs/events' };

describe('a store that is pushed to', () => {
  let clock: FakeClock;
  let double: JobDouble;
  let page: FakePage;
  let streams: { send(id: string): void; beat(): void; reset(): void }[];

  const fetchStream: typeof fetch = async (input, init) => {
    if (new URL(String(input)).pathname !== LINKS.events) return double.fetch(input, init);
    let controller!: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
    const write = (text: string) => controller.enqueue(new TextEncoder().encode(text));
    streams.push({
      send: (id) => write(`event: job\ndata: ${JSON.stringify(double.job(id))}\n\n`),
      beat: () => write(': heartbeat\n\n'),
      reset: () => controller.error(new TypeError('network error')),
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };

  beforeEach(() => {
    clock = new FakeClock();
    page = new FakePage();
    double = new JobDouble({ clock });
    streams = [];
  });

  const open = (options: JobStoreOptions = {}) => {
    const { visibility, connectivity } = page;
    return new JobStore({ fetch: fetchStream, clock, visibility, connectivity, random: () => 0.5, ...options });
  };
  const reads = (id: string) => double.count('GET', `/api/v1/jobs/${id}`);
  /** Code that is loaded on demand takes real turns of the event loop. */
  const loaded = async (done: () => boolean) => {
    for (let turn = 0; turn < 200 && !done(); turn++) {
      await clock.advance(10);
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.ok(done(), 'the channel was not opened');
  };

  it('reads once, then lives on events, and ends with the truth', async () => {
    const id = double.add({ links: LINKS });
    const entry = open().entry(id);
    entry.subscribe(() => {});
    await loaded(() => streams.length === 1);
    streams[0]?.send(id);
    await clock.flush();
    const before = reads(id);
    assert.ok(before <= 2, `${before} reads`);
    for (let step = 1; step <= 50; step++) {
      double.progress(id, step / 51);
      streams[0]?.send(id);
      await clock.advance(1_000);
      assert.equal(entry.snapshot.job?.progress, step / 51);
    }
    assert.equal(reads(id), before);
    double.finish(id);
    streams[0]?.send(id);
    await clock.flush();
    assert.equal(entry.snapshot.job?.status, 'success');
    await clock.advance(600_000);
    assert.equal(reads(id), before);
    assert.equal(streams.length, 1);
  });

  it('polls as soon as the stream falls silent, and rests again when it is back', async () => {
    const id = double.add({ links: LINKS });
    const entry = open({ pollInterval: 3_000 }).entry(id);
    entry.subscribe(() => {});
    await loaded(() => streams.length === 1);
    streams[0]?.send(id);
    await clock.flush();
    const quiet = reads(id);
    await clock.advance(34_000);
    assert.equal(reads(id), quiet);
    double.progress(id, 0.5);
    await clock.advance(3_000);
    assert.ok(reads(id) > quiet, 'nobody asked');
    assert.equal(entry.snapshot.job?.progress, 0.5);
    await loaded(() => streams.length === 2);
    streams[1]?.send(id);
    await clock.flush();
    const resting = reads(id);
    for (let second = 0; second < 3; second++) {
      streams[1]?.beat();
      await clock.advance(10_000);
    }
    assert.equal(reads(id), resting);
    streams[1]?.reset();
    await clock.advance(3_000);
    assert.ok(reads(id) > resting, 'nobody asked after the loss');
  });

  it('opens nothing for a store that was closed while the code was loading', async () => {
    const id = double.add({ links: LINKS });
    const store = open();
    store.entry(id).subscribe(() => {});
    await clock.flush();
    store.close();
    for (let turn = 0; turn < 50; turn++) {
      await clock.advance(10);
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(streams.length, 0);
    assert.equal(clock.pending, 0);
  });

  it('asks at once after a laptop slept an hour and woke with a stream that says nothing any more, lays another, and tells the end once', async () => {
    for (const sleep of ['jump', 'set'] as const) {
      streams = [];
      const [id, other] = [double.add({ links: LINKS }), double.add({ links: LINKS })];
      const store = open();
      const entry = store.entry(id);
      const ends: string[] = [];
      entry.subscribe(() => {});
      entry.subscribeEnd(({ status }) => ends.push(status));
      store.entry(other).subscribe(() => {});
      await loaded(() => streams.length === 1);
      for (const each of [id, other]) streams[0]?.send(each);
      await clock.advance(1_000);
      const before = reads(id);
      // Timers may be due at once, or run on from where they were.
      clock[sleep](3_600_000);
      double.finish(id);
      await clock.advance(1_100);
      assert.equal(entry.snapshot.job?.status, 'success', sleep);
      assert.deepEqual(ends, ['success']);
      assert.equal(reads(id), before + 1);
      await loaded(() => streams.length === 2);
      streams[1]?.send(other);
      await clock.flush();
      const resting = reads(other);
      await clock.advance(20_000);
      assert.equal(reads(other), resting, 'the new stream tells of it');
      store.close();
    }
  });

  it('takes a hidden page, whose timers are late, for no sleep', async () => {
    const id = double.add({ links: LINKS });
    open().entry(id).subscribe(() => {});
    await loaded(() => streams.length === 1);
    streams[0]?.send(id);
    await clock.advance(500);
    page.hide();
    const before = reads(id);
    clock.jump(60_000);
    await clock.advance(60_000);
    assert.deepEqual([reads(id), streams.length], [before, 1]);
  });

  it('only polls where the page says so', async () => {
    const id = double.add({ links: LINKS });
    open({ channel: 'poll', pollInterval: 3_000 }).entry(id).subscribe(() => {});
    await clock.advance(30_000);
    assert.equal(streams.length, 0);
    assert.ok(reads(id) >= 5);
  });

  it('goes from events that lead nowhere to the socket by itself, and polls no more', async (test) => {
    const frames: string[] = [];
    const sockets: FakeSocket[] = [];
    class FakeSocket {
      readyState = 1;
      onopen?: () => void;
      onmessage?: (event: { data: string }) => void;
      readonly url: string;
      constructor(url: string) {
        this.url = url;
        sockets.push(this);
      }
      send(frame: string): void {
        frames.push(JSON.parse(frame).type);
      }
      close(): void {}
    }
    test.mock.property(globalThis, 'WebSocket', FakeSocket as unknown as typeof WebSocket);
    const id = double.add({ links: { ...LINKS, socket: '/api/v1/jobs/socket' } });
    const blocked: typeof fetch = async (input, init) =>
      new URL(String(input)).pathname === LINKS.events ? new Response('', { status: 404 }) : double.fetch(input, init);
    const entry = open({ fetch: blocked, apiUrl: 'http://localhost:8012' }).entry(id);
    entry.subscribe(() => {});
    await loaded(() => sockets.length === 1);
    assert.equal(sockets[0]?.url, 'ws://localhost:8012/api/v1/jobs/socket');
    sockets[0]?.onopen?.();
    assert.deepEqual(frames, ['watch']);
    const tell = (): void => sockets[0]?.onmessage?.({ data: JSON.stringify({ type: 'job', job: double.job(id) }) });
    tell();
    await clock.flush();
    const before = reads(id);
    for (let step = 1; step <= 20; step++) {
      double.progress(id, step / 21);
      tell();
      assert.equal(entry.snapshot.job?.progress, step / 21);
      await clock.advance(1_000);
    }
    assert.equal(reads(id), before);
  });

  it("takes the page's own Socket.IO client, without links, and reads the end", async () => {
    const listeners = new Map<string, (message: never) => void>();
    const sent: string[] = [];
    const client = {
      connected: true,
      on: (event: string, listener: (message: never) => void) => void listeners.set(event, listener),
      off: () => {},
      emit: (event: string) => void sent.push(event),
    };
    double = new JobDouble({ clock, extensions: false });
    const id = double.add();
    const entry = open({ push: (context, sink) => openSocketIo(client, context, sink) }).entry(id);
    entry.subscribe(() => {});
    await loaded(() => sent.length > 0);
    assert.deepEqual(sent, ['subscribe_to_job']);
    listeners.get('progress_update')?.({ job_id: id, progress: 40 } as never);
    assert.equal(entry.snapshot.job?.progress, 0.4);
    const before = reads(id);
    double.finish(id);
    listeners.get('processing_completed')?.({ job_id: id, video_url: 'https://other.example/v.mp4' } as never);
    await clock.flush();
    assert.equal(reads(id), before + 1);
    assert.equal(entry.snapshot.job?.status, 'success');
    assert.equal(entry.snapshot.job?.result?.videoPath, double.job(id)?.result?.video_path);
    await clock.advance(2_000);
    assert.deepEqual(sent, ['subscribe_to_job', 'unsubscribe_from_job']);
  });
});
