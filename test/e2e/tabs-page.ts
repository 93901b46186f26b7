import { JobStore } from '../../src/store/job-store.ts';

export interface Watched {
  api: string;
  ids: readonly string[];
  token: string;
}

declare global {
  /** The progress of each job as this tab knows it. */
  var progress: Record<string, number | null>;
  var statuses: Record<string, string | undefined>;
  var watchJobs: (watched: Watched) => void;
}

globalThis.progress = {};
globalThis.statuses = {};

globalThis.watchJobs = ({ api, ids, token }) => {
  const store = new JobStore({ apiUrl: api, getToken: () => token, channel: 'poll', pollInterval: 2_000 });
  for (const id of ids) {
    store.entry(id).subscribe(({ job }) => {
      globalThis.progress[id] = job?.progress ?? null;
      globalThis.statuses[id] = job?.status;
    });
  }
};
