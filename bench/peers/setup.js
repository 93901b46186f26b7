/** What every contender is given by its page's address. */
const query = new URLSearchParams(location.search);

/** Address of the API. */
export const api = query.get('api');
/** Pause between two polls, in ms. */
export const interval = Number(query.get('interval'));
/** Of the widgets: a `row` like the peers', a `card` with the same in it, or the `whole` card with times, buttons and speech. */
export const look = query.get('look');
export const host = document.querySelector('main');

/** Offers what the bench calls: show rows for these jobs, take them away. The page may name jobs to show at once. */
export function offer(contender) {
  globalThis.bench = contender;
  const count = Number(query.get('count'));
  if (count > 0) contender.show(jobIds(count));
}

/** The ids that the server gives its first jobs. */
export function jobIds(count) {
  return Array.from({ length: count }, (_, index) => `job-${index + 1}`);
}

export async function fetchJob(id, signal) {
  const response = await fetch(`${api}/api/v1/jobs/${id}`, { signal });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}

export const isFinal = (job) => ['success', 'failure', 'cancelled'].includes(job?.status);
