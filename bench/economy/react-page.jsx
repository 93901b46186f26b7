import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { createElement, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { isFinal, PEER_PAUSE, readJob, show } from './peer.ts';

/** One place that shows a job. */
function Row({ api, id }) {
  const { data } = useQuery({
    queryKey: ['job', id],
    queryFn: ({ signal }) => readJob(api, id, signal),
    refetchInterval: ({ state }) => (isFinal(state.data?.status) ? false : PEER_PAUSE),
  });
  const status = data?.status;
  useEffect(() => show(id, status), [id, status]);
  return <p>{status}</p>;
}

globalThis.watchByReact = ({ api, ids, copies }) => {
  const places = ids.flatMap((id) => Array.from({ length: copies }, (_, copy) => <Row key={`${id}-${copy}`} api={api} id={id} />));
  createRoot(document.body.appendChild(document.createElement('main'))).render(createElement(QueryClientProvider, { client: new QueryClient() }, places));
};
