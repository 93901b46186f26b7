import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Db } from '../db/db.ts';
import type { Env } from '../routes/context.ts';
import { fieldProblems, problem } from '../routes/errors.ts';
import { addSamples, removeSamples } from './store.ts';

/**
 * The embedded database serves one process, so whoever wants something of it while the service runs must ask the service. Who may:
 * whoever can read this file in the data directory, and could open the database there.
 */
export interface ControlFile {
  url: string;
  token: string;
}

export const CONTROL_PATH = '/control/samples';
const FILE = 'control.json';
const MAX_BODY = 100_000;

const clip = z.object({
  files: z.object({ video: z.string(), thumbnail: z.string(), captions: z.string().nullable() }),
  output: z.record(z.string(), z.unknown()),
});

export const samplesRequest = z.discriminatedUnion('action', [
  z.object({ action: z.literal('add'), count: z.int().min(1).max(100_000), userId: z.string().min(1).max(200), now: z.number(), clips: z.array(clip).max(10) }),
  z.object({ action: z.literal('remove'), userId: z.string().nullable() }),
]);
export type SamplesRequest = z.infer<typeof samplesRequest>;

/** Does what is asked, and gives how many jobs it was about. */
export async function applySamples(db: Db, request: SamplesRequest): Promise<number> {
  if (request.action === 'remove') return removeSamples(db, request.userId);
  await addSamples(db, request);
  return request.count;
}

export class Control {
  readonly #token = randomBytes(32).toString('base64url');
  readonly #path: string;

  constructor(dataDirectory: string) {
    this.#path = join(dataDirectory, FILE);
  }

  /** Tells where this service is, to this user alone. */
  async announce(url: string): Promise<void> {
    await rm(this.#path, { force: true });
    await writeFile(this.#path, JSON.stringify({ url, token: this.#token } satisfies ControlFile), { mode: 0o600, flag: 'wx' });
  }

  async withdraw(): Promise<void> {
    await rm(this.#path, { force: true });
  }

  allows(header: string | undefined): boolean {
    const given = Buffer.from(header ?? '');
    const wanted = Buffer.from(`Bearer ${this.#token}`);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }
}

/** `null` when no service has said where it is. */
export async function readControl(dataDirectory: string): Promise<ControlFile | null> {
  try {
    return JSON.parse(await readFile(join(dataDirectory, FILE), 'utf8')) as ControlFile;
  } catch {
    return null;
  }
}

/** To who does not know the token there is nothing at this address. */
export function controlRoutes(control: Control, db: Db): Hono<Env> {
  const app = new Hono<Env>();
  app.use(CONTROL_PATH, async (c, next) => (control.allows(c.req.header('authorization')) ? next() : problem(c, 404, 'There is nothing at this address.')));
  app.post(CONTROL_PATH, bodyLimit({ maxSize: MAX_BODY }), async (c) => {
    const request = samplesRequest.safeParse(await c.req.json().catch(() => null));
    if (!request.success) return c.json({ detail: fieldProblems(request.error, 'body', undefined) }, 422);
    return c.json({ jobs: await applySamples(db, request.data) });
  });
  return app;
}
