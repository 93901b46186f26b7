import { z } from 'zod';
import type { Logger } from 'pino';
import type { Db, Queryable } from '../db/db.ts';

/** What processes tell each other. Only ever a hint to look sooner: every fact is in the tables. */
const signalSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('queued') }),
  z.object({ type: z.literal('stopped'), attempt: z.string() }),
]);
export type Signal = z.infer<typeof signalSchema>;

const CHANNEL = 'job_service';

/** Tells all processes, this one too, when the surrounding transaction commits. */
export async function signal(tx: Queryable, message: Signal): Promise<void> {
  await tx.query('SELECT pg_notify($1, $2)', [CHANNEL, JSON.stringify(message)]);
}

/** Hears signals until the returned function is called. `onGap`: some may have been missed, so look for yourself. */
export function onSignal(db: Db, logger: Logger, listener: (message: Signal) => void, onGap: () => void): Promise<() => Promise<void>> {
  return db.listen(
    CHANNEL,
    (payload) => {
      const message = parse(payload);
      if (message) listener(message);
      else logger.warn('ignored a signal that this version does not know');
    },
    onGap,
  );
}

function parse(payload: string): Signal | null {
  try {
    return signalSchema.safeParse(JSON.parse(payload)).data ?? null;
  } catch {
    return null;
  }
}
