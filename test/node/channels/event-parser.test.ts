import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { EventParser } from '../../../src/channels/event-parser.ts';
import type { ServerSentEvent } from '../../../src/channels/event-parser.ts';

function parse(...pieces: string[]): ServerSentEvent[] {
  const events: ServerSentEvent[] = [];
  const parser = new EventParser((event) => events.push(event));
  for (const piece of pieces) parser.feed(piece);
  return events;
}

describe('EventParser', () => {
  it('reads type, data and id, and keeps the id for the events after it', () => {
    assert.deepEqual(parse('event: job\nid: 7\ndata: {"a":1}\n\ndata: b\n\n'), [
      { type: 'job', data: '{"a":1}', id: '7' },
      { type: 'message', data: 'b', id: '7' },
    ]);
  });

  it('joins lines of data, takes one space off, and passes comments and unknown fields over', () => {
    const [event] = parse(': heartbeat\n\ndata:a\ndata:  b\ndata\nretry: 5\nnonsense\n\n');
    assert.equal(event?.data, 'a\n b\n');
  });

  it('gives no event without data, and none that was not ended', () => {
    assert.deepEqual(parse('event: job\nid: 1\n\n', 'data: half'), []);
  });

  it('forgets the type of an event without data', () => {
    assert.equal(parse('event: other\n\ndata: a\n\n')[0]?.type, 'message');
  });

  it('passes a byte order mark at the start over, and an id with a NUL', () => {
    assert.deepEqual(parse('\ufeffdata: a\nid: 1\n\nid: x\0y\ndata: b\n\n').map(({ id }) => id), ['1', '1']);
  });

  it('gives up on a line that does not end', () => {
    assert.throws(() => parse('data: ', 'x'.repeat(4_000_001)), RangeError);
  });

  it('reads the same in whatever pieces and with whatever ends of lines it comes', () => {
    const text = fc.stringMatching(/^[a-z:{}" é☃]*$/);
    const event = fc.record({ type: fc.constantFrom('job', 'other'), data: fc.array(text, { minLength: 1, maxLength: 3 }), id: fc.stringMatching(/^\w+$/) });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 5 }), fc.constantFrom('\n', '\r\n', '\r'), fc.array(fc.nat({ max: 20 })), (events, end, sizes) => {
        // A last byte ends what could still be half a line end.
        const stream = `${events.map(({ type, data, id }) => [`event: ${type}`, `id: ${id}`, ...data.map((line) => `data: ${line}`), '', ''].join(end)).join('')}:`;
        const pieces: string[] = [];
        let at = 0;
        for (const size of sizes) pieces.push(stream.slice(at, (at += size)));
        pieces.push(stream.slice(at));
        assert.deepEqual(parse(...pieces), events.map(({ type, data, id }) => ({ type, data: data.join('\n'), id })));
      }),
    );
  });
});
