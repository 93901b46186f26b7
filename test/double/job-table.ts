import type { CreateJobRequest, JobResult, JobStatus, JobStatusResponse } from '../../src/api/wire.ts';
import type { Clock } from '../../src/core/clock.ts';
import type { MediaKind } from '../../src/api/urls.ts';

export interface JobTableOptions {
  clock: Clock;
  /** Whether jobs carry links and the fields that only extended backends add. */
  extensions: boolean;
  /** Links that every job carries: ways to many jobs at once. */
  shared: Readonly<Record<string, string>>;
  /** Where links lead for media; a page's own files, say. By default the API's own routes. */
  media: Partial<Record<MediaKind, string>>;
}

interface Row {
  /** `null`: sent as it is in `wire`. */
  links: boolean;
  wire: JobStatusResponse;
  request: CreateJobRequest | null;
  createdOrder: number;
}

const FINAL: readonly string[] = ['success', 'failure', 'cancelled'];

/** The jobs of a backend, and what may happen to them. Times are the clock's. */
export class JobTable {
  readonly #options: JobTableOptions;
  readonly #rows = new Map<string, Row>();
  readonly #changed = new Set<(id: string) => void>();
  #created = 0;

  constructor(options: JobTableOptions) {
    this.#options = options;
  }

  /** Adds a job in any state. Whatever `fields` name is sent as it is, links included. */
  add(fields: Partial<JobStatusResponse> = {}, request: CreateJobRequest | null = null): string {
    const number = ++this.#created;
    const id = fields.job_id ?? `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    const status = fields.status ?? 'pending';
    const wire: JobStatusResponse = {
      job_id: id,
      status,
      progress: status === 'success' ? 1 : 0,
      progress_message: '',
      result: null,
      error: null,
      created_at: this.#time(),
      started_at: status === 'pending' ? null : this.#time(),
      completed_at: FINAL.includes(status) ? this.#time() : null,
      retry_count: 0,
      duration: FINAL.includes(status) ? 0 : null,
      user_id: 'user-1',
      ...(status === 'success' && { result: this.#result(id) }),
      ...(this.#options.extensions && { updated_at: this.#time() }),
      ...fields,
    };
    this.#rows.set(id, { wire, request, createdOrder: number, links: fields.links === undefined });
    return id;
  }

  has(id: string): boolean {
    return this.#rows.has(id);
  }

  /** The job as it is sent now; `undefined` when there is none. */
  get(id: string): JobStatusResponse | undefined {
    const row = this.#rows.get(id);
    if (!row) return undefined;
    const wire = structuredClone(row.wire);
    return row.links && this.#options.extensions ? { ...wire, links: { ...this.#links(wire), ...this.#options.shared } } : wire;
  }

  /** Newest first. */
  all(): JobStatusResponse[] {
    const rows = [...this.#rows.values()].sort(
      (a, b) => Date.parse(b.wire.created_at) - Date.parse(a.wire.created_at) || b.createdOrder - a.createdOrder,
    );
    return rows.map((row) => this.get(row.wire.job_id) as JobStatusResponse);
  }

  request(id: string): CreateJobRequest | null {
    return this.#row(id).request;
  }

  /** Changes what is sent, without asking whether it makes sense. */
  update(id: string, fields: Partial<JobStatusResponse>): void {
    const row = this.#row(id);
    if (fields.links !== undefined) row.links = false;
    const touched = this.#options.extensions ? { updated_at: this.#time() } : {};
    row.wire = { ...row.wire, ...touched, ...fields };
    for (const listener of [...this.#changed]) listener(id);
  }

  /** Calls back after each change of a job. */
  onChange(listener: (id: string) => void): () => void {
    this.#changed.add(listener);
    return () => void this.#changed.delete(listener);
  }

  start(id: string, message = 'Starting'): void {
    this.update(id, { status: 'started', started_at: this.#time(), progress_message: message, queue_position: null });
  }

  /** `share`: 0..1. */
  progress(id: string, share: number, message?: string): void {
    const { started_at, progress_message } = this.#row(id).wire;
    this.update(id, {
      status: 'processing',
      progress: share,
      progress_message: message ?? progress_message,
      started_at: started_at ?? this.#time(),
      queue_position: null,
    });
  }

  finish(id: string, result: JobResult = {}): void {
    this.#end(id, 'success', { progress: 1, result: { ...this.#result(id), ...result } });
  }

  fail(id: string, error = 'The video could not be rendered.'): void {
    this.#end(id, 'failure', { error });
  }

  cancel(id: string): void {
    this.#end(id, 'cancelled', {});
  }

  /** The next attempt: the same job waits again, with nothing of the last attempt left. */
  retry(id: string): void {
    this.update(id, {
      status: 'pending',
      progress: 0,
      progress_message: '',
      result: null,
      error: null,
      started_at: null,
      completed_at: null,
      duration: null,
      retry_count: this.#row(id).wire.retry_count + 1,
    });
  }

  /** As if its 24 hours were over. */
  remove(id: string): void {
    this.#rows.delete(id);
  }

  #end(id: string, status: JobStatus, fields: Partial<JobStatusResponse>): void {
    const started = this.#row(id).wire.started_at;
    const seconds = started ? Math.round((this.#options.clock.now() - Date.parse(started)) / 1000) : 0;
    this.update(id, { status, completed_at: this.#time(), duration: Math.max(0, seconds), queue_position: null, ...fields });
  }

  #row(id: string): Row {
    const row = this.#rows.get(id);
    if (!row) throw new Error(`the double has no job ${id}`);
    return row;
  }

  #result(id: string): JobResult {
    return {
      video_path: this.#options.media.video ?? `/tmp/videos/${id}/video.mp4`,
      thumbnail_path: this.#options.media.thumbnail ?? `/tmp/videos/${id}/thumbnail.jpg`,
      duration: 30,
      file_size: 1_234_567,
      resolution: '1920x1080',
    };
  }

  #links(wire: JobStatusResponse): Record<string, string> {
    const job = `/api/v1/jobs/${encodeURIComponent(wire.job_id)}`;
    const video = `/api/v1/videos/${encodeURIComponent(wire.job_id)}`;
    const { media } = this.#options;
    if (!FINAL.includes(wire.status)) return { cancel: job };
    if (wire.status !== 'success') return { retry: `${job}/retry` };
    return {
      video: media.video ?? `${video}/download`,
      thumbnail: media.thumbnail ?? `${video}/thumbnail`,
      captions: media.captions ?? `${video}/captions`,
    };
  }

  #time(): string {
    return new Date(this.#options.clock.now()).toISOString();
  }
}
