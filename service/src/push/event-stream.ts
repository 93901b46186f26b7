import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { FedJob, JobFeed } from './job-feed.ts';

export interface EventStreamOptions {
  feed: JobFeed;
  clock: Clock;
  ids: readonly string[];
  /** Of an earlier stream of the same jobs. */
  lastEventId: string | null;
  /** Ends the connection at once, whatever still waits in it. */
  cut(): void;
}

/** How often a comment shows that the stream is alive, ms. */
export const HEARTBEAT = 15_000;
/** Who leaves more than this unread is cut off, bytes. */
export const MAX_UNREAD = 1_048_576;

const ALIVE = ': heartbeat\n\n';

/** Server-sent events: the present state of each job, then each change, until all have ended. */
export function eventStream({ feed, clock, ids, lastEventId, cut }: EventStreamOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const of = digest(ids);
  const known = readCursor(lastEventId, of);
  let release = (): void => undefined;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let told = known ?? 0n;
        let first = true;
        let cancelBeat = (): void => undefined;
        const send = (text: string): void => {
          controller.enqueue(encoder.encode(text));
          if ((controller.desiredSize ?? 0) >= 0) return;
          release();
          cut();
        };
        const beat = (): void => {
          cancelBeat = clock.setTimeout(() => {
            beat();
            send(ALIVE);
          }, HEARTBEAT);
        };
        const finish = (): void => {
          release();
          controller.close();
        };
        const subscription = feed.subscribe({
          onUpdate(jobs, cursor) {
            // A cursor from the future is of another database.
            const news = first && known !== null && known <= cursor ? jobs.filter((job) => job.pending || job.changedIn >= known) : jobs;
            first = false;
            if (news.length > 0) send(news.map((job, index) => event(job, `${index === news.length - 1 ? cursor : told}-${of}`)).join(''));
            told = cursor;
            if (subscription.over) finish();
          },
          onClose: finish,
        });
        release = () => {
          cancelBeat();
          subscription.end();
        };
        // The client learns at once that it is connected.
        send(ALIVE);
        beat();
        subscription.add(ids);
      },
      cancel: () => release(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MAX_UNREAD }),
  );
}

/** The cursor counts once all events of one read have arrived: the others repeat the one before. */
function event({ json }: FedJob, id: string): string {
  return `event: job\nid: ${id}\ndata: ${json}\n\n`;
}

/** A cursor says nothing about jobs that were not in its stream. */
function digest(ids: readonly string[]): string {
  return createHash('sha256').update([...ids].sort().join()).digest('base64url').slice(0, 12);
}

function readCursor(lastEventId: string | null, of: string): bigint | null {
  const [, cursor, stream] = /^(\d{1,18})-([\w-]+)$/.exec(lastEventId ?? '') ?? [];
  return cursor !== undefined && stream === of ? BigInt(cursor) : null;
}
