import { QueryClient, QueryObserver } from '@tanstack/query-core';
import { JobStore } from '../../src/store/job-store.ts';
import type { ChannelName } from '../../src/channels/push.ts';
import { isFinal, PEER_PAUSE, readJob, show } from './peer.ts';

export interface Watching {
  api: string;
  ids: readonly string[];
  /** How many places of the page show each job. */
  copies: number;
  /** Whose jobs they are, where the page knows. */
  userId: string | null;
  channel: ChannelName;
}

declare global {
  var watchByStore: (watching: Watching) => void;
  var watchByQueries: (watching: Watching) => void;
  var watchByReact: (watching: Watching) => void;
}

globalThis.watchByStore = ({ api, ids, copies, userId, channel }) => {
  const store = new JobStore({ apiUrl: api, channel });
  store.userId = userId;
  for (const id of ids) {
    for (let copy = 0; copy < copies; copy++) store.entry(id).subscribe(({ job }) => show(id, job?.status));
  }
};

/** As most pages do it: a query per job, asked again every 3 s until the job has ended. */
globalThis.watchByQueries = ({ api, ids, copies }) => {
  const client = new QueryClient();
  client.mount();
  for (const id of ids) {
    for (let copy = 0; copy < copies; copy++) {
      const observer = new QueryObserver<{ status: string }>(client, {
        queryKey: ['job', id],
        queryFn: ({ signal }) => readJob(api, id, signal),
        refetchInterval: ({ state }) => (isFinal(state.data?.status) ? false : PEER_PAUSE),
      });
      observer.subscribe(({ data }) => show(id, data?.status));
    }
  }
};
