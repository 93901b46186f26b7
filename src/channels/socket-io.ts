import { readJob } from '../core/read-job.ts';
import { isRecord, readNumber, readText } from '../core/read-values.ts';
import type { OpenSocketIo, PushChannel } from './push.ts';

/** A job that nothing is said about for so long may as well be asked about, in ms. */
const SILENCE = 35_000;

/**
 * The older live channel of the deployed backend, over the page's own Socket.IO client. What it says of a job's progress is shown at
 * once; that a job has ended is only a reason to read it, since a final state comes with its result.
 */
export const openSocketIo: OpenSocketIo = (client, { clock }, sink): PushChannel => {
  /** Of each watched job, what ends its present liveness. */
  const watched = new Map<string, (() => void) | null>();

  const emit = (event: string, id: string) => {
    if (client.connected) client.emit(event, { job_id: id });
  };

  const silence = (id: string) => {
    const cancel = watched.get(id);
    if (!cancel) return;
    cancel();
    watched.set(id, null);
    sink.onSilent(id);
  };

  const heard = (id: string) => {
    if (!watched.has(id)) return;
    watched.get(id)?.();
    watched.set(id, clock.setTimeout(() => silence(id), SILENCE));
    sink.onLive(id);
  };

  const idOf = (message: unknown): string | null => {
    const id = isRecord(message) ? readText(message.job_id) : null;
    return id !== null && watched.has(id) ? id : null;
  };

  const onProgress = (message: unknown) => {
    const id = idOf(message);
    if (id === null || !isRecord(message)) return;
    const percent = readNumber(message.progress, 0, 100);
    const job = readJob({
      job_id: id,
      status: 'processing',
      progress: percent === null ? null : percent / 100,
      progress_message: readText(message.message) ?? readText(message.current_step),
    });
    if (job) sink.onJob(job);
    heard(id);
  };

  const onStarted = (message: unknown) => {
    const id = idOf(message);
    const job = id === null ? null : readJob({ job_id: id, status: 'started' });
    if (id === null || !job) return;
    sink.onJob(job);
    heard(id);
  };

  const onEnd = (message: unknown) => {
    const id = idOf(message);
    if (id === null) return;
    sink.onHint(id);
    silence(id);
  };

  const onConnect = () => {
    for (const id of watched.keys()) emit('subscribe_to_job', id);
  };

  const onDisconnect = () => {
    for (const id of watched.keys()) silence(id);
  };

  const listeners: readonly [string, (message: unknown) => void][] = [
    ['processing_started', onStarted],
    ['progress_update', onProgress],
    ['processing_completed', onEnd],
    ['processing_failed', onEnd],
    ['connect', onConnect],
    ['disconnect', onDisconnect],
  ];
  for (const [event, listener] of listeners) client.on(event, listener);

  return {
    watch(id) {
      if (watched.has(id)) return;
      watched.set(id, null);
      emit('subscribe_to_job', id);
    },
    unwatch(id) {
      if (!watched.has(id)) return;
      watched.get(id)?.();
      watched.delete(id);
      emit('unsubscribe_from_job', id);
    },
    close() {
      for (const [event, listener] of listeners) client.off(event, listener);
      for (const [id, cancel] of watched) {
        cancel?.();
        emit('unsubscribe_from_job', id);
      }
      watched.clear();
    },
  };
};
