import { httpError } from '../api/http-error.ts';
import { isRecord } from '../core/read-values.ts';
import { EventParser } from './event-parser.ts';
import { PushConnection } from './push-connection.ts';
import type { Line, LineEvents } from './push-connection.ts';
import { LIMITS } from './push.ts';
import type { OpenPush, PushContext } from './push.ts';

/** Answers after which the same request is of no use for a while. */
const HOPELESS = [403, 404, 405, 406, 410, 501];

/** Where a stream was left. */
interface Cursor {
  id: string;
  /** The jobs that the stream was asked for. */
  ids: ReadonlySet<string>;
  /** Those among them that it told of. */
  known: Set<string>;
}

/**
 * Server-sent events, read by `fetch` so that the token travels in a header. A lost stream goes on with `Last-Event-ID` where
 * it was left.
 */
export const openEvents: OpenPush = (context, sink) => {
  const cursor: { last: Cursor | null } = { last: null };
  return new PushConnection(context, sink, {
    limit: LIMITS.events,
    open: (ids, events) => openStream(context, ids, events, cursor),
  });
};

function openStream(context: PushContext, ids: readonly string[], events: LineEvents, cursor: { last: Cursor | null }): Line {
  const abort = new AbortController();
  const followed = new Set(ids);
  // A cursor leaves out the present state of jobs that its stream did not know.
  const last = cursor.last && ids.every((id) => cursor.last?.ids.has(id)) ? cursor.last : null;
  cursor.last = last;
  const known = last?.known ?? new Set<string>();
  const parser = new EventParser(({ type, data, id }) => {
    if (type !== 'job') return;
    const wire = parse(data);
    if (isRecord(wire)) known.add(String(wire.job_id));
    if (id) cursor.last = { id, ids: followed, known };
    events.job(wire);
  });
  const run = async () => {
    const response = await ask(context, ids, last?.id ?? null, abort.signal);
    if (!response.ok || !response.body || !/^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '')) {
      abort.abort();
      const { retryAfter } = httpError(response, '', undefined, context.clock.now());
      return { retryAfter, hopeless: response.ok || HOPELESS.includes(response.status) };
    }
    events.alive();
    if (last) events.live(ids.filter((id) => known.has(id)));
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      if (abort.signal.aborted) return {};
      events.alive();
      parser.feed(decoder.decode(piece.value, { stream: true }));
    }
    return { clean: true };
  };
  run().then(events.end, () => {
    abort.abort();
    events.end();
  });
  return { close: () => abort.abort() };
}

async function ask(context: PushContext, ids: readonly string[], lastEventId: string | null, signal: AbortSignal): Promise<Response> {
  const { url, auth } = context;
  const address = `${url}${url.includes('?') ? '&' : '?'}ids=${ids.map(encodeURIComponent).join()}`;
  const send = (token: string | null) => {
    const headers = new Headers({ ...context.headers, Accept: 'text/event-stream' });
    if (token !== null) headers.set('Authorization', `Bearer ${token}`);
    if (lastEventId !== null) headers.set('Last-Event-ID', lastEventId);
    return context.fetch.call(globalThis, address, { headers, signal, credentials: context.credentials, cache: 'no-store' });
  };
  let token = await auth.get();
  let response = await send(token);
  if (response.status === 401) {
    const other = await auth.replace(token);
    if (other !== null) response = await send((token = other));
  }
  if (response.status !== 401) auth.accepted(token, response.headers.get('date'));
  return response;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
