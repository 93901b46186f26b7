import { systemClock } from '../core/clock.ts';
import { readPlain } from '../core/read-plain.ts';
import type { FirstJob } from '../core/read-plain.ts';
import { DEFAULT_BASE_URL, jobPath, pathUrl } from './job-url.ts';

/** An answer with its whole body. */
export interface Answer {
  readonly response: Response;
  readonly text: string;
}

interface EarlyRead {
  readonly answer: Promise<Answer>;
  readonly abort: AbortController;
}

/** With more jobs it pays to wait for the store, which can ask for many in one request. */
const MOST = 6;
/** An answer that nobody has taken after so long is too old to be taken for the present state, in ms. */
const FRESH = 5_000;

const reads = new Map<string, EarlyRead>();

const keyOf = (url: string, token: string | null): string => `${token ?? ''} ${url}`;

/**
 * Asks for a job while the code of the store is still being fetched, so that the first picture does not wait for it. The
 * store's own first question for the job then takes this very answer (`takeEarly`), whatever it is: it alone deals with
 * what is not a job. Nothing is asked for by a page that nobody sees or that has no network.
 *
 * @returns what the first picture shows; `null` when no job could be read, or nothing was asked
 */
export async function readEarly(baseUrl: string = DEFAULT_BASE_URL, id: string, token: string | null): Promise<FirstJob | null> {
  const url = pathUrl(baseUrl, jobPath(id));
  const key = keyOf(url, token);
  try {
    const read = reads.get(key) ?? begin(key, url, token);
    const { response, text } = (await read?.answer) ?? {};
    return response?.ok ? readPlain(JSON.parse(text as string), id) : null;
  } catch {
    return null;
  }
}

function begin(key: string, url: string, token: string | null): EarlyRead | undefined {
  if (reads.size >= MOST || document.visibilityState !== 'visible' || !navigator.onLine) return undefined;
  const abort = new AbortController();
  const read = { answer: ask(url, token, abort.signal), abort };
  reads.set(key, read);
  const forget = (): unknown => systemClock.setTimeout(() => reads.delete(key), FRESH);
  read.answer.then(forget, forget);
  return read;
}

async function ask(url: string, token: string | null, signal: AbortSignal): Promise<Answer> {
  const headers = { Accept: 'application/json', ...(token !== null && { Authorization: `Bearer ${token}` }) };
  const response = await fetch(url, { headers, signal, cache: 'no-cache' });
  return { response, text: await response.text() };
}

/** The answer to this very question, if it has been asked early. It can be taken once; `signal` stops the asking. */
export function takeEarly(url: string, token: string | null, signal: AbortSignal): Promise<Answer> | undefined {
  const key = keyOf(url, token);
  const read = reads.get(key);
  reads.delete(key);
  if (read) signal.addEventListener('abort', () => read.abort.abort(), { once: true });
  return read?.answer;
}
