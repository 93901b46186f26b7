import { client, startProcess, temporaryFolder } from '../../service/test/support/real-process.ts';
import type { RealProcess } from '../../service/test/support/real-process.ts';
import { startPostgres } from '../../service/test/support/postgres.ts';
import { freePort } from '../../scripts/lib/ports.mjs';

export interface Mix {
  /** Real videos, of two seconds each. */
  readonly renders: number;
  /** Jobs that the renderer finds it cannot do. */
  readonly failures: number;
  /** Jobs that somebody cancels. */
  readonly cancels: number;
}

export interface Jobs {
  readonly all: readonly string[];
  readonly toCancel: readonly string[];
}

export interface Backend {
  readonly url: string;
  /** Why there is no database of its own to be stopped; `null` where there is one. */
  readonly embedded: string | null;
  create(mix: Mix): Promise<Jobs>;
  /** Straight at the service, as somebody else would. Whether it was accepted. */
  cancel(id: string): Promise<boolean>;
  /** The status of each job as the service tells it. */
  truth(ids: readonly string[]): Promise<Record<string, string>>;
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** How often the database was started again. */
  readonly databaseRestarts: number;
  stopDatabase(): Promise<void>;
  startDatabase(): Promise<void>;
  stop(): Promise<void>;
}

const SHORT = { title: 'Short', script_content: 'One bee.', duration: 2, resolution: '720p' };
/** So much cannot be shown in a second, which the renderer finds out. */
const IMPOSSIBLE = { title: 'Impossible', script_content: 'Every hand is needed in the field by the evening. '.repeat(12), duration: 1 };
/** Never taken up before it is cancelled: the queue of low priority waits for all others. */
const LAST = 10;

/** The real service, with a PostgreSQL of its own where one can run; otherwise on its embedded database. */
export async function startBackend(): Promise<Backend> {
  const postgres = await startPostgres();
  const hasPostgres = !('unavailable' in postgres);
  const folder = temporaryFolder();
  const env: Record<string, string> = {
    PORT: String(await freePort()),
    JOB_SERVICE_DATA: folder.path,
    JOB_SERVICE_RETRY_DELAY: '0',
    JOB_SERVICE_CONCURRENCY: '2',
    LOG_LEVEL: 'warn',
    ...(hasPostgres && { DATABASE_URL: await postgres.database('chaos') }),
  };
  let service: RealProcess = await startProcess(env);
  const { url } = service;
  const api = client(url);
  let restarts = 0;
  return {
    url,
    embedded: hasPostgres ? null : postgres.unavailable,
    async create({ renders, failures, cancels }) {
      const all: string[] = [];
      const make = async (count: number, fields: object, priority: number): Promise<string[]> => {
        const ids = await Promise.all(Array.from({ length: count }, () => create(api, fields, priority)));
        all.push(...ids);
        return ids;
      };
      const toCancel = await make(cancels, SHORT, LAST);
      await make(failures, IMPOSSIBLE, 5);
      await make(renders, SHORT, 5);
      return { all, toCancel };
    },
    cancel: async (id) => (await api.call('DELETE', `/api/v1/jobs/${id}`)).status === 200,
    truth: async (ids) => Object.fromEntries(await Promise.all(ids.map(async (id) => [id, (await api.job(id)).status] as const))),
    async kill() {
      service.kill('SIGKILL');
      await service.ended;
    },
    async restart() {
      service = await startProcess(env);
      if (service.url !== url) throw new Error(`the service came back at ${service.url}`);
    },
    get databaseRestarts() {
      return restarts;
    },
    stopDatabase: async () => hasPostgres && postgres.halt(),
    async startDatabase() {
      if (!hasPostgres) return;
      await postgres.start();
      restarts += 1;
    },
    async stop() {
      service.kill('SIGKILL');
      await service.ended;
      if (hasPostgres) await postgres.stop();
      folder.remove();
    },
  } as Backend;
}

async function create(api: ReturnType<typeof client>, fields: object, priority: number): Promise<string> {
  const video = {
    script_id: 's',
    user_id: 'chaos',
    language: 'en-US',
    platform: 'youtube',
    voice_provider: 'google',
    ...fields,
  };
  const { status, body } = await api.call('POST', '/api/v1/jobs/', { video_request: video, priority });
  if (status !== 202) throw new Error(JSON.stringify(body));
  return (body as { job_id: string }).job_id;
}
