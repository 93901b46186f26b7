import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { beforeEach, describe, it } from 'node:test';
import type { PushChannel } from '../../../src/channels/push.ts';
import { openSocketIo } from '../../../src/channels/socket-io.ts';
import { pushWorld } from './push-world.ts';

/** As much of a Socket.IO client as the channel uses. */
class FakeClient {
  connected = true;
  readonly events = new EventEmitter();
  readonly sent: string[] = [];
  on = (event: string, listener: (...values: never[]) => void) => this.events.on(event, listener as () => void);
  off = (event: string, listener: (...values: never[]) => void) => this.events.off(event, listener as () => void);
  emit = (event: string, ...values: unknown[]) => this.sent.push(`${event} ${JSON.stringify(values[0])}`);
}

describe('openSocketIo', () => {
  let world: ReturnType<typeof pushWorld>;
  let client: FakeClient;
  let channel: PushChannel;
  const server = (event: string, message?: unknown) => client.events.emit(event, message);

  beforeEach(() => {
    world = pushWorld('');
    client = new FakeClient();
    channel = openSocketIo(client, world.context, world.sink);
  });

  it('subscribes to each job once, and unsubscribes', () => {
    channel.watch('a');
    channel.watch('a');
    channel.unwatch('a');
    channel.unwatch('a');
    assert.deepEqual(client.sent, ['subscribe_to_job {"job_id":"a"}', 'unsubscribe_from_job {"job_id":"a"}']);
  });

  it('reads progress of 0 to 100 as a share, even where it is 1', () => {
    channel.watch('a');
    server('processing_started', { job_id: 'a' });
    server('progress_update', { job_id: 'a', progress: 1, message: 'Starting' });
    server('progress_update', { job_id: 'a', progress: 42.5, current_step: 'Drawing' });
    server('progress_update', { job_id: 'a', progress: 250 });
    assert.deepEqual(world.jobs.map(({ status, progress, message, attemptUnknown }) => [status, progress, message, attemptUnknown]), [
      ['started', null, null, true],
      ['processing', 0.01, 'Starting', true],
      ['processing', 0.425, 'Drawing', true],
      ['processing', 1, null, true],
    ]);
    assert.equal(world.told().at(-1), 'live a');
  });

  it('has an ended job read, whatever the message says of it', () => {
    channel.watch('a');
    channel.watch('b');
    server('progress_update', { job_id: 'a', progress: 99 });
    world.told();
    server('processing_completed', { job_id: 'a', video_url: 'javascript:alert(1)' });
    server('processing_failed', { job_id: 'b', error: 'no' });
    assert.deepEqual(world.told(), ['hint a', 'silent a', 'hint b']);
  });

  it('leaves a job to polling after 35 s without a word', async () => {
    channel.watch('a');
    server('progress_update', { job_id: 'a', progress: 10 });
    world.told();
    await world.clock.advance(34_999);
    server('progress_update', { job_id: 'a', progress: 20 });
    await world.clock.advance(34_999);
    assert.deepEqual(world.told(), ['job a 0.2', 'live a']);
    await world.clock.advance(1);
    assert.deepEqual(world.told(), ['silent a']);
  });

  it('falls silent with the connection, and subscribes anew with the next', () => {
    channel.watch('a');
    server('progress_update', { job_id: 'a', progress: 10 });
    world.told();
    client.connected = false;
    server('disconnect', 'transport close');
    assert.deepEqual(world.told(), ['silent a']);
    channel.watch('b');
    client.sent.length = 0;
    client.connected = true;
    server('connect');
    assert.deepEqual(client.sent, ['subscribe_to_job {"job_id":"a"}', 'subscribe_to_job {"job_id":"b"}']);
  });

  it('passes over what is nonsense, or of jobs that nobody watches', () => {
    channel.watch('a');
    for (const message of [undefined, null, 5, 'a', {}, { job_id: 'z', progress: 5 }]) {
      for (const event of ['processing_started', 'progress_update', 'processing_completed', 'processing_failed']) server(event, message);
    }
    assert.deepEqual(world.told(), []);
  });

  it('leaves nothing behind, and the connection open', () => {
    channel.watch('a');
    server('progress_update', { job_id: 'a', progress: 10 });
    channel.close();
    assert.equal(client.events.eventNames().length, 0);
    assert.equal(world.clock.pending, 0);
    assert.equal(client.sent.at(-1), 'unsubscribe_from_job {"job_id":"a"}');
    assert.equal(client.connected, true);
  });
});
