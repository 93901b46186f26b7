import { QueryClient, QueryObserver } from '@tanstack/query-core';
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { fetchJob, host, interval, isFinal, offer } from './setup.js';

const client = new QueryClient({ defaultOptions: { queries: { gcTime: 1_000 } } });
client.mount();

function useJob(id) {
  const [observer] = useState(
    () =>
      new QueryObserver(client, {
        queryKey: ['job', id],
        queryFn: ({ signal }) => fetchJob(id, signal),
        refetchInterval: ({ state }) => (isFinal(state.data) ? false : interval),
        notifyOnChangeProps: ['data'],
      }),
  );
  const [data, setData] = useState(() => observer.getCurrentResult().data);
  useEffect(() => observer.subscribe((result) => setData(result.data)), [observer]);
  return data;
}

function Row({ id }) {
  const job = useJob(id);
  const percent = Math.round((job?.progress ?? 0) * 100);
  return (
    <div class="row">
      <span class="title">{job?.title ?? id}</span>
      <span class="badge">{job?.status}</span>
      <progress max="100" value={percent} />
      <span class="percent">{percent} %</span>
      <span class="step">{job?.progress_message}</span>
    </div>
  );
}

const draw = (ids) =>
  render(
    ids.map((id) => <Row key={id} id={id} />),
    host,
  );

offer({ show: draw, clear: () => draw([]) });
