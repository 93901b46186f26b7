import { until } from './until.ts';

export interface ReceivedEvent {
  id: string;
  job: { job_id: string; status: string; progress: number; retry_count: number; queue_position: number | null };
}

/** A client of the event stream that keeps what it receives. */
export interface EventClient {
  status: number;
  headers: Headers;
  events: ReceivedEvent[];
  /** How many comments came. */
  comments(): number;
  ended: Promise<void>;
  /** Resolves with the first event that fits, those that came before included. */
  event(fits: (event: ReceivedEvent) => boolean): Promise<ReceivedEvent>;
  close(): void;
}

export async function openEvents(base: string, ids: readonly string[], headers: Record<string, string> = {}): Promise<EventClient> {
  const abort = new AbortController();
  const response = await fetch(`${base}/api/v1/jobs/events?ids=${ids.join(',')}`, { headers, signal: abort.signal });
  const events: ReceivedEvent[] = [];
  let comments = 0;
  let text = '';
  const ended = (async () => {
    try {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        const blocks = text.split('\n\n');
        text = blocks.pop()!;
        for (const block of blocks) {
          if (block.startsWith(':')) comments += 1;
          else events.push(read(block));
        }
      }
    } catch {
      // Ended from here, or cut off.
    }
  })();
  return {
    status: response.status,
    headers: response.headers,
    events,
    comments: () => comments,
    ended,
    event: (fits) => until(() => events.find(fits), { what: 'the event', within: 5000 }),
    close: () => abort.abort(),
  };
}

function read(block: string): ReceivedEvent {
  const fields = Object.fromEntries(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
  if (fields.event !== 'job') throw new Error(`an event of another kind: ${block}`);
  return { id: fields.id!, job: JSON.parse(fields.data!) as ReceivedEvent['job'] };
}

/** A WebSocket client that keeps what it receives. */
export async function openSocket(base: string) {
  const socket = new WebSocket(`${base.replace('http', 'ws')}/api/v1/jobs/socket`);
  const frames: any[] = [];
  socket.addEventListener('message', ({ data }) => frames.push(JSON.parse(String(data))));
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('the socket did not open')));
  });
  return {
    frames,
    closed,
    send: (frame: unknown) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    frame: (fits: (frame: any) => boolean): Promise<any> => until(() => frames.find(fits), { what: 'the frame', within: 5000 }),
    close: () => socket.close(),
  };
}
