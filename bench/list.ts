/** `npm run bench:list [-- --rounds N]`: any page of 10,000 jobs in the embedded database, with each filter, order, place and size; and walks along all of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { readConfig } from '../service/src/config.ts';
import { addSamples } from '../service/src/samples/store.ts';
import { Service } from '../service/src/service.ts';
import { LIST_ORDERS, LIST_SORTS } from '../src/api/extended-schema.ts';
import { table } from './lib/table.ts';

const JOBS = 10_000;
const OTHERS = 1_000;
/** Ms that no combination's median should reach. */
const AIM = 50;
const NOW = Date.UTC(2026, 0, 31, 12);

const FILTERS: Record<string, Record<string, string>> = {
  none: {},
  'status=failure': { status: 'failure' },
  'status=pending': { status: 'pending' },
  'q=water (many)': { q: 'water' },
  'q=sample-777 (few)': { q: 'sample-777' },
  'q=no such thing (none)': { q: 'no such thing' },
  'one week': { created_after: '2026-01-20', created_before: '2026-01-27' },
  'status, q and week': { status: 'success', q: 'the', created_after: '2026-01-20', created_before: '2026-01-27' },
};
const WALKS = [
  { sort: 'created_at', order: 'desc' },
  { sort: 'title', order: 'asc' },
  { sort: 'completed_at', order: 'desc' },
  { sort: 'progress', order: 'desc' },
] as const;
const SIZES = [20, 100];
const PLACES: Record<string, (pages: number) => number> = { first: () => 1, middle: (pages) => Math.ceil(pages / 2), last: (pages) => pages };

interface Measured {
  filter: string;
  sort: string;
  place: string;
  size: number;
  total: number;
  /** Ms from request to answer. */
  times: number[];
  /** Ms of processor time, which other programs on the machine lengthen less. */
  work: number[];
}

const { rounds: given } = parseArgs({ options: { rounds: { type: 'string', default: '9' } } }).values;
const rounds = Math.max(1, Math.floor(Number(given)) || 9);

const quantile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN;
const ms = (value: number): string => value.toFixed(1);

/** Rows as wide as real ones, which have a script of a minute, and each of them written twice: nobody has cleaned up since. */
async function fill(service: Service): Promise<void> {
  await addSamples(service.db, { count: JOBS, userId: 'ann', now: NOW, clips: [{ files: { video: 'v', thumbnail: 't', captions: null }, output: { duration: 5, resolution: '1280x720' } }] });
  await addSamples(service.db, { count: OTHERS, userId: 'bob', now: NOW, clips: [] });
  await service.db.query(
    `UPDATE job_service.jobs AS j SET request = request || jsonb_build_object('script_content',
       (SELECT string_agg(md5(j.id::text || line), ' ') FROM generate_series(1, 40) AS line))`,
  );
}

async function ask(service: Service, query: Record<string, string>): Promise<{ total: number; next: string | null; time: number; work: number }> {
  const used = process.cpuUsage();
  const start = performance.now();
  const answer = await service.app.request(`/api/v1/jobs/?${new URLSearchParams({ user_id: 'ann', ...query })}`);
  const text = await answer.text();
  const time = performance.now() - start;
  const { user, system } = process.cpuUsage(used);
  if (answer.status !== 200) throw new Error(`${JSON.stringify(query)} answered ${answer.status}: ${text}`);
  const { total, next } = JSON.parse(text) as { total: number; next: string | null };
  return { total, next, time, work: (user + system) / 1000 };
}

async function measure(service: Service): Promise<Measured[]> {
  const cases: (Measured & { query: Record<string, string> })[] = [];
  for (const [filter, fields] of Object.entries(FILTERS)) {
    const { total } = await ask(service, fields);
    for (const sort of LIST_SORTS) {
      for (const order of LIST_ORDERS) {
        for (const size of SIZES) {
          for (const [place, pageOf] of Object.entries(PLACES)) {
            const query = { ...fields, sort, order, page_size: String(size), page: String(Math.max(1, pageOf(Math.ceil(total / size)))) };
            cases.push({ filter, sort: `${sort} ${order}`, place, size, total, times: [], work: [], query });
          }
        }
      }
    }
  }
  // In rounds, so that a busy moment of the machine does not fall on one case alone.
  for (let round = 0; round < rounds; round++) {
    for (const one of cases) {
      const { time, work } = await ask(service, one.query);
      one.times.push(time);
      one.work.push(work);
    }
  }
  return cases;
}

/** From the first job to the last one in pages of 100, each page by its number and by the cursor of the one before; ms of the processor. */
async function walk(service: Service): Promise<string[][]> {
  const walked = WALKS.map(() => ({ number: [] as number[], cursor: [] as number[] }));
  let pages = 0;
  for (let round = 0; round < rounds; round++) {
    for (const [index, order] of WALKS.entries()) {
      let after: string | null = null;
      let page = 0;
      do {
        page++;
        const query = { ...order, page_size: '100' };
        const ways = { number: { ...query, page: String(page) }, cursor: after === null ? query : { ...query, after } };
        // What is asked second finds the database's caches warm: each way is that every other time.
        const turn = (page + round) % 2 === 0 ? (['number', 'cursor'] as const) : (['cursor', 'number'] as const);
        for (const way of turn) {
          const { work, next } = await ask(service, ways[way]);
          walked[index][way].push(work);
          after = way === 'cursor' ? next : after;
        }
      } while (after !== null);
      pages = page;
    }
  }
  return WALKS.map(({ sort, order }, index) => {
    const part = (from: number, to: number): string[] => {
      const median = (work: number[]): number => quantile(work.filter((_, at) => (at % pages) / pages >= from && (at % pages) / pages < to), 0.5);
      const [number, cursor] = [median(walked[index].number), median(walked[index].cursor)];
      return [ms(number), ms(cursor), (cursor / number).toFixed(2)];
    };
    return [`${sort} ${order}`, ...part(0, 0.1), ...part(0.4, 0.6), ...part(0.9, 1)];
  });
}

function rowsBy(measured: readonly Measured[], key: (one: Measured) => string): string[][] {
  const groups = new Map<string, Measured[]>();
  for (const one of measured) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return [...groups].map(([name, group]) => {
    const [times, work] = [group.flatMap((one) => one.times), group.flatMap((one) => one.work)];
    const slowest = (values: (one: Measured) => number[]): number => Math.max(...group.map((one) => quantile(values(one), 0.5)));
    return [name, String(group.length), ...[quantile(times, 0.5), quantile(times, 0.95), slowest((one) => one.times), quantile(work, 0.5), slowest((one) => one.work)].map(ms)];
  });
}

const folder = mkdtempSync(join(tmpdir(), 'job-elements-bench-list-'));
const service = await Service.start({
  config: readConfig({ JOB_SERVICE_DATA: folder }),
  logger: pino({ level: 'silent' }),
  render: () => Promise.reject(new Error('no job of this bench is rendered')),
});
try {
  await fill(service);
  const measured = await measure(service);
  const head = (name: string): string[] => [name, 'combinations', 'median', 'p95', 'slowest', 'processor', 'slowest'];
  console.log(`${JOBS.toLocaleString('en')} jobs of a user, ${OTHERS.toLocaleString('en')} of another; ${rounds} times each. Ms from request to answer: median, p95, and median of\nthe slowest combination; ms of the processor: median, and median of the slowest combination.\n`);
  for (const [name, key] of [
    ['filter', ({ filter, total }: Measured) => `${filter}, ${total.toLocaleString('en')} jobs`],
    ['order', ({ sort }: Measured) => sort],
    ['page', ({ place, size }: Measured) => `${place}, of ${size} jobs`],
  ] as const) {
    console.log(`${table(head(name), rowsBy(measured, key))}\n`);
  }
  const parts = ['first tenth', 'middle fifth', 'last tenth'].flatMap((part) => [`${part}: by number`, 'by cursor', 'ratio']);
  console.log(`A walk along all, in pages of 100. Ms of the processor for a page, median of those in a part of the walk.\n\n${table(['order', ...parts], await walk(service))}\n`);
  const under = (values: (one: Measured) => number[]): string => `${measured.filter((one) => quantile(values(one), 0.5) < AIM).length} of ${measured.length}`;
  console.log(`Medians under ${AIM} ms: ${under((one) => one.times)} combinations; of the processor alone: ${under((one) => one.work)}.`);
} finally {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
}
