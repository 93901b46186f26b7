import { bytes, duration } from '../../../i18n/amounts.ts';
import type { StatusModel } from '../status-model.ts';

/** The line of a job that cannot be reached, and of one that is done. */
export function laterStepText(model: StatusModel): string {
  const { kind, trouble, snapshot, localize } = model;
  if (kind === 'success') return resultText(model);
  if (kind === 'not-found') return localize.term('notFound.text');
  if (kind === 'unauthorized') return localize.term('unauthorized.text');
  if (kind === 'forbidden') return localize.term('forbidden.text');
  return trouble === 'offline' ? localize.term('connection.offline') : localize.term(`error.${snapshot?.error?.code ?? 'network'}`);
}

/** "1 min · 1920×1080 · 48.2 MB": what is known of the file. */
function resultText({ job, showing, localize }: StatusModel): string {
  const output = job?.result;
  const facts = [
    output?.duration != null && output.duration > 0 ? duration(localize, output.duration * 1000) : null,
    output?.resolution?.replace(/x/i, '×') ?? null,
    output?.fileSize != null && output.fileSize > 0 ? bytes(localize, output.fileSize) : null,
  ].filter((fact) => fact !== null);
  if (facts.length > 0) return facts.join(' · ');
  return showing.kind === 'link' ? new URL(showing.url).host : showing.kind === 'nothing' ? localize.term('result.none') : '';
}
