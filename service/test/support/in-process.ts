import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { JobStatusResponse } from '../../../src/api/wire.ts';
import type { Clock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import type { Render } from '../../src/render/types.ts';
import { Service } from '../../src/service.ts';
import { until } from './until.ts';

export interface TestServiceOptions {
  env?: Record<string, string>;
  render: Render;
  clock?: Clock;
  /** Default: a new one, removed at the end. */
  dataDirectory?: string;
}

export interface Answer<Body = any> {
  status: number;
  headers: Headers;
  text: string;
  body: Body;
}

/** A service in this process, asked without a socket. */
export interface TestService {
  service: Service;
  dataDirectory: string;
  /** Log entries, as objects. */
  log: Record<string, unknown>[];
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  create(fields?: Record<string, unknown>, priority?: number): Promise<string>;
  job(id: string): Promise<JobStatusResponse>;
  /** The job once it has one of these statuses. */
  jobIn(id: string, ...statuses: string[]): Promise<JobStatusResponse>;
  stop(): Promise<void>;
}

export const videoRequest = {
  script_id: 'script-1',
  user_id: 'ann',
  title: 'A title',
  script_content: 'One sentence. And another.',
  language: 'en-US',
  platform: 'youtube',
  duration: 10,
  voice_provider: 'google',
};

export async function openTestService({ env = {}, render, clock, dataDirectory }: TestServiceOptions): Promise<TestService> {
  const folder = dataDirectory ?? (await mkdtemp(join(tmpdir(), 'job-service-')));
  const config = readConfig({ JOB_SERVICE_DATA: folder, JOB_SERVICE_CONCURRENCY: '2', ...env });
  const log: Record<string, unknown>[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void log.push(JSON.parse(line) as Record<string, unknown>) });
  const service = await Service.start({ config, logger, render, ...(clock ? { clock } : {}) });

  const ask: TestService['ask'] = async (method, path, body, headers = {}) => {
    const init: RequestInit = { method, headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers } };
    if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await service.app.request(path, init);
    const text = await response.text();
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      parsed = undefined;
    }
    return { status: response.status, headers: response.headers, text, body: parsed };
  };
  const job = async (id: string): Promise<JobStatusResponse> => (await ask('GET', `/api/v1/jobs/${id}`)).body as JobStatusResponse;

  return {
    service,
    dataDirectory: folder,
    log,
    ask,
    job,
    async create(fields = {}, priority) {
      const answer = await ask('POST', '/api/v1/jobs/', { video_request: { ...videoRequest, ...fields }, ...(priority ? { priority } : {}) });
      if (answer.status !== 202) throw new Error(`creating a job answered ${answer.status}: ${answer.text}`);
      return (answer.body as { job_id: string }).job_id;
    },
    jobIn: (id, ...statuses) =>
      until(async () => {
        const found = await job(id);
        return statuses.includes(found.status) ? found : null;
      }, { what: `${id} being ${statuses.join(' or ')}` }),
    async stop() {
      await service.stop();
      if (dataDirectory === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
