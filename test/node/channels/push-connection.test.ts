import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PushConnection } from '../../../src/channels/push-connection.ts';
import { pushWorld } from './push-world.ts';

describe('a push connection', () => {
  it('closes a line that ended while it was being opened', async () => {
    const world = pushWorld('https://jobs.example/');
    let closed = 0;
    const connection = new PushConnection(world.context, world.sink, {
      limit: 1,
      open(_ids, { end }) {
        end();
        return { close: () => void closed++ };
      },
    });
    connection.watch('a');
    await world.clock.advance(50);
    assert.equal(closed, 1);
    connection.close();
    assert.equal(world.clock.pending, 0);
  });
});
