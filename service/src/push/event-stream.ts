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
/** So much may lie unread, bytes. What changes beyond it is kept once per job, as it is last, and sent when there is room. */
export const ROOM = 262_144;

const ALIVE = ': heartbeat\n\n';

/**
 * Server-sent events: the present state of each job, then each change, until all have ended. Who is slow is told less often, and who
 * takes nothing from one heartbeat to the next is cut off.
 */
export function eventStream({ feed, clock, ids, lastEventId, cut }: EventStreamOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const of = digest(ids);
  const known = readCursor(lastEventId, of);
  const waiting = new Map<string, FedJob>();
  let release = (): void => undefined;
  let sendWaiting = (): void => undefined;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let told = known ?? 0n;
        let next = told;
        let first = true;
        let taken = true;
        let ended = false;
        let cancelBeat = (): void => undefined;
        const hasRoom = (): boolean => (controller.desiredSize ?? 0) > 0;
        const send = (text: string): void => controller.enqueue(encoder.encode(text));
        const beat = (): void => {
          cancelBeat = clock.setTimeout(() => {
            if (waiting.size > 0 && !taken) {
              release();
              cut();
              return;
            }
            taken = false;
            beat();
            if (hasRoom()) send(ALIVE);
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
            for (const job of news) waiting.set(job.id, job);
            next = cursor;
            sendWaiting();
          },
          onClose: finish,
        });
        release = () => {
          ended = true;
          cancelBeat();
          subscription.end();
        };
        sendWaiting = () => {
          for (const job of waiting.values()) {
            if (ended || !hasRoom()) break;
            waiting.delete(job.id);
            taken = true;
            send(event(job, `${waiting.size === 0 ? next : told}-${of}`));
          }
          if (ended || waiting.size > 0) return;
          told = next;
          if (subscription.over) finish();
        };
        // The client learns at once that it is connected.
        send(ALIVE);
        beat();
        subscription.add(ids);
      },
      pull: () => sendWaiting(),
      cancel: () => release(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: ROOM }),
  );
}

/** The cursor counts once all that it tells of has arrived: the others repeat the one before. */
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
