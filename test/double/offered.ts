import { bulkRequestSchema, createJobRequestSchema, LIMITS, saveTemplateSchema } from '../../src/api/schema.ts';
import type { BulkJob, BulkResult, JobStatusResponse, JobTemplate, WireFieldError } from '../../src/api/wire.ts';
import type { DoubleAnswer, DoubleRequest, RouteContext } from './routes.ts';
import { answer, json } from './routes.ts';

/** What a backend may offer beside jobs. */
export interface Offers {
  /** With a number: the most jobs that it takes at once. */
  bulk?: boolean | number;
  templates?: boolean;
  generate?: boolean;
}

const PATHS = { bulk: '/api/v1/jobs/bulk', templates: '/api/v1/templates', generate: '/api/v1/videos/generate' } as const;
const FINAL: readonly string[] = ['success', 'failure', 'cancelled'];

/** The routes of the double that a backend need not have. `null`: the request is for another route. */
export class Offered {
  readonly #offers: Offers;
  readonly #context: RouteContext;
  readonly #templates = new Map<string, { userId: string; template: JobTemplate }>();
  #made = 0;

  constructor(offers: Offers, context: RouteContext) {
    this.#offers = offers;
    this.#context = context;
  }

  async answer(request: DoubleRequest, signal: AbortSignal): Promise<DoubleAnswer | null> {
    const { method, path } = request;
    const { bulk, templates, generate } = this.#offers;
    if (method === 'GET' && path === '/api/v1/jobs/health') return this.#health(answer(request, this.#context));
    if (bulk && method === 'POST' && path === PATHS.bulk) return this.#bulk(request);
    if (generate && method === 'POST' && path === PATHS.generate) return this.#generate(request, signal);
    if (!templates || !path.startsWith(PATHS.templates)) return null;
    const id = decodeURIComponent(path.slice(PATHS.templates.length + 1));
    if (method === 'GET' && !id) return this.#list(request.query.get('user_id'));
    if (method === 'POST' && !id) return this.#save(request);
    if (method === 'DELETE' && id) return this.#remove(id, request.query.get('user_id'));
    return null;
  }

  #health({ status, body }: DoubleAnswer): DoubleAnswer {
    const links = Object.fromEntries(Object.entries(PATHS).filter(([key]) => this.#offers[key as keyof Offers]));
    return json(status, { ...JSON.parse(body as string), links, ...(this.#offers.bulk && { bulk_limits: { jobs: this.#most, bytes: 10_000_000 } }) });
  }

  get #most(): number {
    return typeof this.#offers.bulk === 'number' ? this.#offers.bulk : LIMITS.bulk;
  }

  #bulk(request: DoubleRequest): DoubleAnswer {
    const parsed = bulkRequestSchema.safeParse(parse(request.body));
    if (!parsed.success) return refuse(parsed.error.issues, ['body']);
    const { mode, jobs } = parsed.data;
    if (jobs.length > this.#most) return json(422, { detail: [{ loc: ['body', 'jobs'], msg: 'Too many jobs.', type: 'too_long' }] });
    if (mode === 'all') {
      const bad = jobs.flatMap((job, index) => errorsOf(createJobRequestSchema.safeParse(job).error?.issues ?? [], ['body', 'jobs', index]));
      if (bad.length > 0) return json(422, { detail: bad });
    }
    const results = jobs.map((job, index) => this.#one(job as BulkJob, index));
    const count = (status: string) => results.filter((result) => result.status === status).length;
    return json(200, { created: count('created'), repeated: count('repeated'), refused: count('refused'), results });
  }

  #one(job: BulkJob, index: number): BulkResult {
    const key = job?.idempotency_key ?? undefined;
    const known = key !== undefined && this.#context.keys.has(key);
    const { status, body } = this.#create(job, key);
    const said = JSON.parse(body as string) as { job_id: string; estimated_duration: number; detail: WireFieldError[] };
    if (status === 202) return { index, status: known ? 'repeated' : 'created', job_id: said.job_id, estimated_duration: said.estimated_duration };
    const errors = said.detail.map((error) => ({ ...error, loc: ['body', 'jobs', index, ...error.loc.slice(1)] }));
    return { index, status: 'refused', errors };
  }

  #create(body: unknown, key?: string): DoubleAnswer {
    const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
    return answer({ method: 'POST', path: '/api/v1/jobs/', query: new URLSearchParams(), headers, body: JSON.stringify(body) }, this.#context);
  }

  async #generate(request: DoubleRequest, signal: AbortSignal): Promise<DoubleAnswer> {
    const created = this.#create({ video_request: parse(request.body) }, request.headers['idempotency-key']);
    const { job_id: id, detail } = JSON.parse(created.body as string) as { job_id: string; detail: WireFieldError[] };
    if (created.status !== 202) return json(422, { detail: detail.map((error) => ({ ...error, loc: ['body', ...error.loc.slice(2)] })) });
    const job = await this.#end(id, signal);
    if (job.status === 'failure') return json(500, { detail: job.error, job_id: id, status: job.status });
    if (job.status === 'cancelled') return json(409, { detail: 'The job was cancelled.', job_id: id, status: job.status });
    const { video = null, thumbnail = null, captions = null } = job.links ?? {};
    return json(200, { ...job, message: 'The video is ready.', video_url: video, thumbnail_url: thumbnail, captions_url: captions });
  }

  #end(id: string, signal: AbortSignal): Promise<JobStatusResponse> {
    const { table } = this.#context;
    return new Promise((resolve, reject) => {
      const look = () => {
        const job = table.get(id);
        if (!job || !FINAL.includes(job.status)) return;
        stop();
        resolve(job);
      };
      const stop = table.onChange(look);
      signal.addEventListener('abort', () => {
        stop();
        reject(signal.reason);
      });
      look();
    });
  }

  #list(userId: string | null): DoubleAnswer {
    if (!userId) return json(422, { detail: [{ loc: ['query', 'user_id'], msg: 'Say whose templates.', type: 'missing' }] });
    return json(200, { templates: this.#of(userId).sort((a, b) => (a.name < b.name ? -1 : 1)) });
  }

  #of(userId: string): JobTemplate[] {
    return [...this.#templates.values()].filter((one) => one.userId === userId).map(({ template }) => template);
  }

  #save(request: DoubleRequest): DoubleAnswer {
    const parsed = saveTemplateSchema.safeParse(parse(request.body));
    if (!parsed.success) return refuse(parsed.error.issues, ['body']);
    const { user_id: userId, id, name, content } = parsed.data;
    const present = id ? this.#templates.get(id) : undefined;
    if (id && present?.userId !== userId) return json(404, { detail: 'There is no such template.' });
    const wanted = name ?? present?.template.name;
    const next = content ?? present?.template.content;
    if (!wanted || !next) {
      return json(422, { detail: [{ loc: ['body', wanted ? 'content' : 'name'], msg: 'A new template needs both.', type: 'missing' }] });
    }
    const same = this.#of(userId).find((one) => one.id !== id && one.name.toLowerCase() === wanted.toLowerCase());
    if (same && !id && JSON.stringify(same.content) === JSON.stringify(next)) return json(200, same);
    if (same) return json(409, { detail: `There is a template "${same.name}" already.` });
    const now = new Date(this.#context.now()).toISOString();
    const template = { id: id ?? `template-${++this.#made}`, name: wanted, content: next, created_at: present?.template.created_at ?? now, updated_at: now };
    this.#templates.set(template.id, { userId, template });
    return json(present ? 200 : 201, template);
  }

  #remove(id: string, userId: string | null): DoubleAnswer {
    if (this.#templates.get(id)?.userId !== userId) return json(404, { detail: 'There is no such template.' });
    this.#templates.delete(id);
    return { status: 204, headers: {}, body: '' };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Issue {
  path: readonly PropertyKey[];
  message: string;
  code: string;
}

function errorsOf(issues: readonly Issue[], start: readonly (string | number)[]): WireFieldError[] {
  return issues.map(({ path, message, code }) => ({ loc: [...start, ...path.map((key) => (typeof key === 'number' ? key : String(key)))], msg: message, type: code }));
}

function refuse(issues: readonly Issue[], start: readonly string[]): DoubleAnswer {
  return json(422, { detail: errorsOf(issues, start) });
}
