import type { MediaUrlOptions } from '../../api/urls.ts';
import type { Clock } from '../../core/clock.ts';
import type { Job } from '../../core/job.ts';
import { resultOf } from '../job-status/result-of.ts';

/** A file that a job made. Its address is http, https or blob: nothing else gets through `resultOf`. */
export interface JobFile {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  /** On another origin: a browser opens it instead of saving it, so it is never clicked unasked. */
  readonly away: boolean;
}

/** Browsers drop downloads that follow each other too fast. In ms. */
const PAUSE = 500;

export function fileOf(job: Job, title: string, options: MediaUrlOptions): JobFile | null {
  const showing = resultOf(job, options);
  if (showing.kind === 'nothing') return null;
  const { url } = showing;
  return { id: job.id, title, url, away: showing.kind === 'link' || new URL(url).origin !== location.origin };
}

/**
 * Starts the downloads one after the other, as if each link were clicked. Files of other origins are left out: for those, and
 * for what the browser blocks, there is a list of links.
 */
export async function startDownloads(files: readonly JobFile[], clock: Clock, onStarted: (count: number) => void): Promise<void> {
  const own = files.filter(({ away }) => !away);
  for (const [index, { url }] of own.entries()) {
    if (index > 0) await new Promise<void>((resolve) => clock.setTimeout(resolve, PAUSE));
    const link = document.createElement('a');
    link.href = url;
    link.download = '';
    link.hidden = true;
    document.body.append(link);
    link.click();
    link.remove();
    onStarted(index + 1);
  }
}
