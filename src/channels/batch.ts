import { apiError } from '../api/http-error.ts';
import type { JobClient } from '../api/job-client.ts';
import { isPassing } from '../api/transport.ts';
import { linkUrl } from '../api/urls.ts';
import type { Clock } from '../core/clock.ts';
import { JobApiError } from '../core/errors.ts';
import type { Job } from '../core/job.ts';
import { readJobList } from '../core/read-list.ts';
import { isRecord } from '../core/read-values.ts';
import { CarefulGate } from './careful-gate.ts';

/** Most ids of one request, by contract; also how many jobs a user's list tells of at once. */
const MOST = 100;
/** How many requests for a job each run at once. */
const PARALLEL = 6;
/** From so many jobs on, it is tried whether the user's list shows them. */
const WORTH_A_LIST = 3;
/** A way that leads nowhere is tried again after so long, in ms. */
const PAUSE = 300_000;
/** So many answers in a row that cannot be read lead nowhere; a single one may have been broken on its way. */
const UNREADABLE = 2;

interface Question {
  readonly id: string;
  readonly signal: AbortSignal;
  resolve(job: Job): void;
  reject(error: JobApiError): void;
}

export interface BatchOptions {
  client: JobClient;
  clock: Clock;
  /** When the page was last shown or connected, by the clock. */
  wokenAt: () => number;
  /** The `batch` link of the jobs, `undefined` where the backend has none. */
  link: () => string | undefined;
  /** Whose this job is, as far as the page knows. */
  userOf: (id: string) => string | null;
  /** A job that a list told of unasked. */
  onJob: (job: Job) => void;
}

/** Answers all that is asked in one turn with as few requests as the backend allows. */
export class Batch {
  readonly #options: BatchOptions;
  readonly #gate: CarefulGate;
  #wokenAt = 0;
  #questions: Question[] = [];
  /** Of the link and of each user's list: how often in a row it did not work, and when last. */
  readonly #failed = new Map<string, { times: number; at: number }>();
  /** The jobs that a user's list told of last. */
  readonly #listed = new Map<string, ReadonlySet<string>>();

  constructor(options: BatchOptions) {
    this.#options = options;
    this.#gate = new CarefulGate(PARALLEL, options.clock);
  }

  read(id: string, signal: AbortSignal): Promise<Job> {
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(apiError('aborted')), { once: true });
      this.#questions.push({ id, signal, resolve, reject });
      // Loops that share a beat ask in the same turn, some of them after a wait for their token.
      if (this.#questions.length === 1) queueMicrotask(() => this.#answer(this.#questions.splice(0)));
    });
  }

  #answer(questions: readonly Question[]): void {
    const asked = questions.filter(({ signal }) => !signal.aborted);
    const link = linkUrl(this.#options.link(), this.#options.client.baseUrl);
    if (asked.length > 1 && link && this.#leads(link)) {
      for (let at = 0; at < asked.length; at += MOST) void this.#byLink(link, asked.slice(at, at + MOST));
    } else {
      void this.#byLists(asked);
    }
  }

  async #byLink(link: string, questions: readonly Question[]): Promise<void> {
    const url = new URL(link);
    url.searchParams.set('ids', questions.map(({ id }) => id).join(','));
    const left = await this.#together(link, questions, async (signal) => {
      const wire = await this.#options.client.transport.send({ method: 'GET', url: url.href, repeatable: true }, { signal, retries: 0 });
      const isList = Array.isArray(wire) || (isRecord(wire) && ('jobs' in wire || 'items' in wire));
      if (!isList) throw apiError('malformed');
      return readJobList(wire).jobs;
    });
    await this.#byLists(left);
  }

  async #byLists(questions: readonly Question[]): Promise<void> {
    const users = new Set(questions.map(({ id }) => this.#options.userOf(id)));
    for (const user of users) {
      const own = questions.filter(({ id }) => this.#options.userOf(id) === user);
      if (user === null || !this.#isWorthAList(user, own)) this.#oneByOne(own);
      else void this.#byList(user, own);
    }
  }

  async #byList(userId: string, questions: readonly Question[]): Promise<void> {
    const left = await this.#together(userId, questions, async (signal) => {
      const { jobs } = await this.#options.client.listJobs({ userId, pageSize: MOST }, { signal, retries: 0 });
      this.#listed.set(userId, new Set(jobs.map(({ id }) => id)));
      for (const job of jobs) this.#options.onJob(job);
      return jobs;
    });
    this.#oneByOne(left);
  }

  #isWorthAList(user: string, questions: readonly Question[]): boolean {
    if (!this.#leads(user)) return false;
    const listed = this.#listed.get(user);
    const count = listed ? questions.filter(({ id }) => listed.has(id)).length : questions.length;
    return count >= WORTH_A_LIST;
  }

  /** Whether this way may be of use; also when the clock was set back since it was not. */
  #leads(way: string): boolean {
    const { times, at } = this.#failed.get(way) ?? { times: 0, at: 0 };
    return times < UNREADABLE || Math.abs(this.#options.clock.now() - at) >= PAUSE;
  }

  /** Many may ask at once from now on, for a reason that others share: what is asked one by one is spread over some seconds. */
  beCareful(): void {
    this.#gate.beCareful();
  }

  #oneByOne(questions: readonly Question[]): void {
    const wokenAt = this.#options.wokenAt();
    if (wokenAt !== this.#wokenAt) {
      this.#wokenAt = wokenAt;
      this.beCareful();
    }
    for (const { id, signal, resolve, reject } of questions) {
      const ask = () => this.#tried(this.#options.client.getJob(id, { signal, retries: 0 }));
      this.#gate.run(ask, signal).then(resolve, reject);
    }
  }

  /** What fails now will come again for all at the same moment. */
  async #tried<T>(answer: Promise<T>): Promise<T> {
    try {
      await answer;
      this.#gate.failing = false;
    } catch (error) {
      if (error instanceof JobApiError && isPassing(error)) this.#gate.failing = true;
    }
    return answer;
  }

  /**
   * One request for all. Gives the questions that it left open: all of them when this way did not work. What is wrong for a while
   * is the answer to all.
   */
  async #together(
    way: string,
    questions: readonly Question[],
    ask: (signal: AbortSignal) => Promise<readonly Job[]>,
  ): Promise<readonly Question[]> {
    const abort = new AbortController();
    const onAbort = () => {
      if (questions.every(({ signal }) => signal.aborted)) abort.abort();
    };
    for (const { signal } of questions) signal.addEventListener('abort', onAbort, { once: true });
    try {
      const jobs = new Map((await this.#tried(ask(abort.signal))).map((job) => [job.id, job]));
      this.#failed.delete(way);
      const left: Question[] = [];
      for (const question of questions) {
        const job = jobs.get(question.id);
        if (job) question.resolve(job);
        else left.push(question);
      }
      return left;
    } catch (error) {
      const { code } = error as JobApiError;
      if (isPassing(error as JobApiError) || code === 'unauthorized' || code === 'aborted') {
        for (const { reject } of questions) reject(error as JobApiError);
        return [];
      }
      const { times } = this.#failed.get(way) ?? { times: 0 };
      this.#failed.set(way, { times: times + (code === 'malformed' || code === 'page' ? 1 : UNREADABLE), at: this.#options.clock.now() });
      return questions;
    } finally {
      for (const { signal } of questions) signal.removeEventListener('abort', onAbort);
    }
  }
}
