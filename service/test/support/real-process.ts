import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JobStatusResponse } from '../../../src/api/wire.ts';
import { videoRequest } from './in-process.ts';
import { until } from './until.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface RealProcess {
  pid: number;
  /** Address without a slash at the end; empty for a process that only works. */
  url: string;
  output(): string;
  errors(): string;
  kill(signal: NodeJS.Signals): void;
  /** Exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
}

const running = new Set<RealProcess>();

/** The command itself, as a process of its own. Rejects with what it wrote when it ends before it is ready. */
export async function startProcess(env: Record<string, string>): Promise<RealProcess> {
  const child = spawn(process.execPath, [MAIN], { env: { ...process.env, PORT: '0', LOG_LEVEL: 'info', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = new Promise<number | NodeJS.Signals>((resolve) => child.once('close', (code, signal) => resolve(code ?? signal ?? 0)));
  const running_: RealProcess = { pid: child.pid!, url: '', output: () => output, errors: () => errors, kill: (signal) => void child.kill(signal), ended };
  running.add(running_);
  void ended.then(() => running.delete(running_));
  let over = false;
  void ended.then(() => (over = true));
  await until(() => over || output.includes('\n'), { within: 30_000, what: 'the service saying that it is ready' });
  if (!output.includes('\n')) throw new Error(errors);
  running_.url = /https?:\/\/\S+?(?=\/?\s)/.exec(output)?.[0] ?? '';
  return running_;
}

/** Ends what a failed test left. */
export async function endProcesses(): Promise<void> {
  for (const one of running) {
    one.kill('SIGKILL');
    await one.ended;
  }
}

export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'job-service-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/** Processes that descend from this one. */
export function descendants(pid: number): number[] {
  const pairs = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const children = (parent: number): number[] => pairs.filter(([, ppid]) => ppid === parent).flatMap(([child]) => [child!, ...children(child!)]);
  return children(pid);
}

/** Whether it still does something: one that has ended and that nobody has asked about yet does not. */
export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Real requests to a service. */
export function client(url: string) {
  const call = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> => {
    const init: RequestInit = { method };
    if (body !== undefined) Object.assign(init, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
    const response = await fetch(url + path, init);
    return { status: response.status, body: await response.json() };
  };
  const job = async (id: string): Promise<JobStatusResponse> => (await call('GET', `/api/v1/jobs/${id}`)).body as JobStatusResponse;
  return {
    call,
    job,
    async create(fields: Record<string, unknown> = {}): Promise<string> {
      const answer = await call('POST', '/api/v1/jobs/', { video_request: { ...videoRequest, resolution: '720p', ...fields } });
      if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
      return (answer.body as { job_id: string }).job_id;
    },
    jobWhere: (id: string, found: (job: JobStatusResponse) => boolean, within = 30_000): Promise<JobStatusResponse> =>
      until(async () => {
        const present = await job(id);
        return found(present) ? present : null;
      }, { within, what: `job ${id} being as expected` }),
  };
}
