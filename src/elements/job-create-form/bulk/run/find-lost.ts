import type { JobClient } from '../../../../api/job-client.ts';
import { findNext, isLast } from '../../../../api/list-jobs.ts';
import type { FoundJobs } from '../../../../api/list-jobs.ts';
import type { RowMark, StoredRun } from './rows.ts';

/** Jobs of one answer, the most that the API gives at once. */
const SIZE = 100;
/** The user's jobs are looked through this far: as many as one list can have made, and some. */
const MAX_PAGES = 60;
/** Clocks differ, in ms. */
const SLACK = 300_000;

/**
 * Looks among the user's jobs for rows whose answer was lost. Gives the ids of the jobs that are certainly theirs, by row:
 * the only one with the row's script id. A backend that does not tell script ids gives none. Rejects with `JobApiError`.
 */
export async function findLost(client: JobClient, userId: string, run: StoredRun, signal?: AbortSignal): Promise<Map<number, string>> {
  const lost = new Map<string, number[]>();
  const taken = new Set<string>();
  let since = Infinity;
  run.marks.forEach(({ state, jobId, sentAt = run.startedAt }: RowMark, index) => {
    if (jobId !== undefined) taken.add(jobId);
    if (state !== 'unknown') return;
    since = Math.min(since, sentAt);
    const id = run.rows[index]?.request.video_request.script_id ?? '';
    lost.set(id, [...(lost.get(id) ?? []), index]);
  });
  const found = new Map<string, string[]>();
  let answer: FoundJobs | undefined;
  for (let page = 1; page <= MAX_PAGES && lost.size > 0; page++) {
    answer = await findNext(client, { userId, page, pageSize: SIZE }, answer, { signal, retries: 1 });
    const { jobs } = answer;
    for (const { id, scriptId } of jobs) {
      if (scriptId !== null && lost.has(scriptId) && !taken.has(id)) found.set(scriptId, [...new Set([...(found.get(scriptId) ?? []), id])]);
    }
    const oldest = Math.min(...jobs.map(({ createdAt }) => createdAt ?? Infinity));
    if (isLast(answer, SIZE) || oldest < since - SLACK || jobs.every(({ scriptId }) => scriptId === null)) break;
  }
  const result = new Map<number, string>();
  for (const [scriptId, indexes] of lost) {
    const ids = found.get(scriptId) ?? [];
    // Two rows with one script id: nobody can say which job is whose.
    if (indexes.length === 1 && ids.length === 1) result.set(indexes[0] as number, ids[0] as string);
  }
  return result;
}
