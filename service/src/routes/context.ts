import { OpenAPIHono } from '@hono/zod-openapi';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Db } from '../db/db.ts';
import type { JobHistory } from '../jobs/history.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { JobFeed } from '../push/job-feed.ts';
import type { JobQueue } from '../queue/job-queue.ts';
import type { Control } from '../samples/control.ts';
import type { Storage } from '../storage/storage.ts';
import { fieldProblems } from './errors.ts';

/** What routes work with. */
export interface RouteContext {
  config: Config;
  db: Db;
  queue: JobQueue;
  jobs: Jobs;
  history: JobHistory;
  storage: Storage;
  feed: JobFeed;
  /** For the embedded database, which only this process can reach. */
  control: Control | null;
  clock: Clock;
  logger: Logger;
}

export type Env = { Variables: { requestId: string } };

const places = { json: 'body', form: 'body', query: 'query', param: 'query', header: 'header', cookie: 'header' } as const;

/** A group of routes that refuses requests in FastAPI's form. */
export function routeGroup(): OpenAPIHono<Env> {
  return new OpenAPIHono<Env>({
    strict: false,
    defaultHook: async (result, c) => {
      if (result.success) return undefined;
      const input: unknown = result.target === 'json' ? await c.req.json() : c.req.query();
      return c.json({ detail: fieldProblems(result.error, places[result.target as keyof typeof places] ?? 'body', input) }, 422);
    },
  });
}
