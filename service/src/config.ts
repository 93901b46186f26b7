import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The repository, wherever the command was started. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Settings that cannot be used. `message` names each one and says what to write instead. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

function wholeNumber(minimum: number, maximum: number) {
  const message = `must be a whole number from ${minimum} to ${maximum}`;
  return z.coerce.number(message).int(message).min(minimum, message).max(maximum, message);
}

function positive(unit: string) {
  const message = `must be a number of ${unit} above 0`;
  return z.coerce.number(message).positive(message);
}

const path = (fallback: string) => z.string().default(resolve(ROOT, fallback)).transform((value) => resolve(value));

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

/** One entry per setting, named as in the environment. README.md has the table. */
const settings = z.object({
  ROLE: z.enum(['all', 'api', 'worker'], 'must be all, api or worker').default('all'),
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(8012),
  JOB_SERVICE_DATA: path('.data'),
  JOB_SERVICE_CACHE: path('.cache/job-service'),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be an address such as postgres://user@host:5432/database').optional(),
  JOB_SERVICE_DATABASE_POOL: wholeNumber(2, 200).default(10),
  JOB_SERVICE_CONCURRENCY: wholeNumber(1, 64).default(8),
  JOB_SERVICE_SOFT_LIMIT: positive('seconds').default(25 * 60),
  JOB_SERVICE_HARD_LIMIT: positive('seconds').default(30 * 60),
  JOB_SERVICE_RETRIES: wholeNumber(0, 10).default(3),
  JOB_SERVICE_RETRY_DELAY: z.coerce.number('must be a number of seconds').min(0, 'must be 0 or more seconds').default(60),
  JOB_SERVICE_KEEP_HOURS: positive('hours').default(24),
  JOB_SERVICE_CLEANUP_MINUTES: positive('minutes').default(60),
  JOB_SERVICE_MAX_BODY: wholeNumber(1024, 100_000_000).default(1_000_000),
  JOB_SERVICE_MAX_BULK_BODY: wholeNumber(1024, 100_000_000).default(10_000_000),
  JOB_SERVICE_GENERATE_LIMIT: positive('seconds').default(240),
  JOB_SERVICE_PUSH_LIMIT: wholeNumber(0, 100_000).default(1000),
  JOB_SERVICE_CORS: z.string().default('*'),
  JOB_SERVICE_DEMO: path('dist/demo'),
  JOB_SERVICE_CDN: path('dist/cdn'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).optional(),
});

export interface Config {
  role: 'all' | 'api' | 'worker';
  host: string;
  /** 0 = any free one. */
  port: number;
  dataDirectory: string;
  cacheDirectory: string;
  /** `null`: the embedded database. */
  databaseUrl: string | null;
  databasePool: number;
  /** Jobs at the same time, never more than there are cores. */
  concurrency: number;
  /** Seconds. */
  limits: { soft: number; hard: number };
  retries: { limit: number; delaySeconds: number };
  keepHours: number;
  cleanupMinutes: number;
  /** Bytes. */
  maxBody: number;
  /** Bytes, for a bulk call. */
  maxBulkBody: number;
  /** How long `POST /videos/generate` waits for the video, seconds. */
  generateLimit: number;
  /** Event streams and sockets that this process serves at once. */
  pushLimit: number;
  /** Origins that may call the API from a browser, or `*`. */
  corsOrigins: '*' | readonly string[];
  demoDirectory: string;
  cdnDirectory: string;
  /** `null`: decided by where the log goes. */
  logLevel: (typeof LOG_LEVELS)[number] | null;
}

/** Reads the settings from the environment. An empty variable counts as not set. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`).join('\n'));
  }
  const values = parsed.data;
  if (values.ROLE !== 'all' && values.DATABASE_URL === undefined) {
    throw new ConfigError(`ROLE=${values.ROLE} needs DATABASE_URL: the embedded database serves one process, which must then do everything.`);
  }
  if (values.JOB_SERVICE_HARD_LIMIT < values.JOB_SERVICE_SOFT_LIMIT) {
    throw new ConfigError('JOB_SERVICE_HARD_LIMIT must not be below JOB_SERVICE_SOFT_LIMIT.');
  }
  return {
    role: values.ROLE,
    host: values.HOST,
    port: values.PORT,
    dataDirectory: values.JOB_SERVICE_DATA,
    cacheDirectory: values.JOB_SERVICE_CACHE,
    databaseUrl: values.DATABASE_URL ?? null,
    databasePool: values.JOB_SERVICE_DATABASE_POOL,
    concurrency: Math.min(values.JOB_SERVICE_CONCURRENCY, availableParallelism()),
    limits: { soft: values.JOB_SERVICE_SOFT_LIMIT, hard: values.JOB_SERVICE_HARD_LIMIT },
    retries: { limit: values.JOB_SERVICE_RETRIES, delaySeconds: values.JOB_SERVICE_RETRY_DELAY },
    keepHours: values.JOB_SERVICE_KEEP_HOURS,
    cleanupMinutes: values.JOB_SERVICE_CLEANUP_MINUTES,
    maxBody: values.JOB_SERVICE_MAX_BODY,
    maxBulkBody: values.JOB_SERVICE_MAX_BULK_BODY,
    generateLimit: values.JOB_SERVICE_GENERATE_LIMIT,
    pushLimit: values.JOB_SERVICE_PUSH_LIMIT,
    corsOrigins: readOrigins(values.JOB_SERVICE_CORS),
    demoDirectory: values.JOB_SERVICE_DEMO,
    cdnDirectory: values.JOB_SERVICE_CDN,
    logLevel: values.LOG_LEVEL ?? null,
  };
}

function readOrigins(text: string): '*' | string[] {
  const origins = text.split(/[\s,]+/).filter(Boolean);
  if (origins.includes('*')) return '*';
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new ConfigError(`JOB_SERVICE_CORS must be * or origins such as https://example.org, separated by commas; "${origin}" is none.`);
    }
  }
  return origins;
}
