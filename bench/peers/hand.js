import { fetchJob, host, interval, isFinal, offer } from './setup.js';

const stops = new Set();

function addRow(id) {
  const row = document.createElement('div');
  row.className = 'row';
  const [title, badge, step, percent] = ['title', 'badge', 'step', 'percent'].map((name) => {
    const span = document.createElement('span');
    span.className = name;
    return span;
  });
  const bar = document.createElement('progress');
  bar.max = 100;
  row.append(title, badge, bar, percent, step);
  host.append(row);
  const abort = new AbortController();
  let timer;
  const poll = async () => {
    let job;
    try {
      job = await fetchJob(id, abort.signal);
      const share = Math.round(job.progress * 100);
      title.textContent = job.title ?? id;
      badge.textContent = job.status;
      bar.value = share;
      percent.textContent = `${share} %`;
      step.textContent = job.progress_message;
    } catch {
      if (abort.signal.aborted) return;
    }
    if (!isFinal(job)) timer = setTimeout(poll, interval);
  };
  stops.add(() => {
    abort.abort();
    clearTimeout(timer);
    row.remove();
  });
  void poll();
}

offer({
  show: (ids) => ids.forEach(addRow),
  clear() {
    for (const stop of stops) stop();
    stops.clear();
  },
});
