import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { fetchJob, host, interval, isFinal, offer } from './setup.js';

const client = new QueryClient({ defaultOptions: { queries: { gcTime: 1_000 } } });

function Row({ id }) {
  const { data } = useQuery({
    queryKey: ['job', id],
    queryFn: ({ signal }) => fetchJob(id, signal),
    refetchInterval: ({ state }) => (isFinal(state.data) ? false : interval),
  });
  const percent = Math.round((data?.progress ?? 0) * 100);
  return (
    <div className="row">
      <span className="title">{data?.title ?? id}</span>
      <span className="badge">{data?.status}</span>
      <progress max="100" value={percent} />
      <span className="percent">{percent} %</span>
      <span className="step">{data?.progress_message}</span>
    </div>
  );
}

const root = createRoot(host);
const render = (ids) =>
  root.render(
    <QueryClientProvider client={client}>
      {ids.map((id) => (
        <Row key={id} id={id} />
      ))}
    </QueryClientProvider>,
  );

offer({ show: render, clear: () => render([]) });
