/** What the user has at first, newest first. */
const JOBS = Array.from({ length: 250 }, (_, index) => ({ job_id: `job-${index}`, status: 'success', progress: 1, script_id: `script-${index}` }));

/** The names of all of them, in their order. */
export const PAGED_IDS: readonly string[] = JOBS.map(({ job_id }) => job_id);

type Entry = Partial<(typeof JOBS)[number]> & Record<string, unknown>;

interface PagedBackendOptions {
  /** Jobs that an answer has at most, whatever is asked for. Default 100. */
  most?: number;
  /** What its answer to this request (from 1) does with cursors. Default: it knows none, as the deployed backend. */
  cursors?(request: number): 'knows' | 'none' | 'refuses' | 'tells but ignores';
  /** What becomes of the jobs before this request is answered. */
  before?(jobs: Entry[], request: number): void;
}

/** A backend that only pages; between its answers jobs of the user may come, as the newest, and go. */
export function pagedBackend({ most = 100, cursors = () => 'none', before = () => {} }: PagedBackendOptions = {}) {
  const jobs: Entry[] = structuredClone(JOBS);
  /** Where each stands, whatever else is there; its cursor. */
  const places = new Map(jobs.map((job, index) => [job, index]));
  const requests: URLSearchParams[] = [];
  const placeOf = (job: Entry): number => places.get(job) as number;
  const fetch = (async (input: Request | string | URL) => {
    const query = new URL(input instanceof Request ? input.url : input).searchParams;
    requests.push(query);
    before(jobs, requests.length);
    for (const job of jobs.toReversed()) if (!places.has(job)) places.set(job, Math.min(...places.values()) - 1);
    const does = cursors(requests.length);
    const after = query.get('after');
    if (after !== null && does === 'refuses') return Response.json({ detail: [{ loc: ['query', 'after'], msg: 'No such place.', type: 'x' }] }, { status: 422 });
    const page = Number(query.get('page') ?? 1);
    const rest = after !== null && does === 'knows' ? jobs.filter((job) => placeOf(job) > Number(after)) : jobs.slice((page - 1) * most);
    const found = rest.slice(0, most);
    const next = rest.length > most ? String(placeOf(found.at(-1) as Entry)) : null;
    return Response.json({ jobs: found, total: jobs.length, page, page_size: most, ...(does !== 'none' && { next }) });
  }) as typeof globalThis.fetch;
  return {
    fetch,
    /** By page or by cursor: how each request asked. */
    asked: () => requests.map((query) => (query.has('after') ? `after ${query.get('after')}` : `page ${query.get('page')}`)),
  };
}

/** A new job before each answer but the first. */
export function oneMore(jobs: Entry[], request: number): void {
  if (request > 1) jobs.unshift({ ...JOBS[0], job_id: `new-${request}` });
}

/** The newest job is gone before each answer but the first, so that pages by number shift past one that nobody has seen. */
export function oneLess(jobs: Entry[], request: number): void {
  if (request > 1) jobs.shift();
}
