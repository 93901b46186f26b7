import type { KnownJobStatus } from '../../core/job.ts';
import type { LocalizeController } from '../../i18n/localize.ts';
import type { NotificationsTerms } from '../../i18n/notifications/index.ts';
import { resultOf } from '../job-status/result-of.ts';
import { KINDS } from '../job-status/status-kind.ts';
import type { Notice } from './hub.ts';

export type NoticeWords = LocalizeController<NotificationsTerms>;

/** Where a notice leads. */
export interface NoticeLink {
  readonly url: string;
  readonly label: string;
  /** On a page of its own: a result is not part of this one. */
  readonly away: boolean;
}

/** On the page's icon, which stands on the browser's ground, not on the page's. */
const COLORS = { success: '#1a7146', failure: '#b42524', cancelled: '#596275' } as const;

type Ending = keyof typeof COLORS;

export const endingOf = ({ job }: Notice): Ending => job.status as Ending & KnownJobStatus;

export const colorOf = (notice: Notice): string => COLORS[endingOf(notice)];

export const lookOf = (notice: Notice): (typeof KINDS)[Ending] => KINDS[endingOf(notice)];

export function textOf(notice: Notice, localize: NoticeWords): string {
  const { title, id } = notice.job;
  return localize.term(`live.${endingOf(notice)}`, { title: title || localize.term('job.untitled', { id: id.slice(0, 8) }) });
}

/** Why it failed; `null` for what did not. */
export function reasonOf({ job }: Notice, localize: NoticeWords): string | null {
  return job.status === 'failure' ? (job.error ?? localize.term('failure.noReason')) : null;
}

/** @param jobUrl address of a job's page, with `{id}` in it; without one the result itself */
export function linkOf({ job, environment }: Notice, jobUrl: string, localize: NoticeWords): NoticeLink | null {
  if (jobUrl !== '') {
    const url = webUrl(jobUrl.replaceAll('{id}', encodeURIComponent(job.id)));
    return url === null ? null : { url, label: localize.term('notices.show'), away: false };
  }
  if (environment === null) return null;
  const result = resultOf(job, { baseUrl: environment.store.apiUrl, map: environment.mediaUrl ?? undefined });
  return result.kind === 'nothing' ? null : { url: result.url, label: localize.term('action.open'), away: true };
}

function webUrl(text: string): string | null {
  if (!URL.canParse(text, document.baseURI)) return null;
  const { href, protocol } = new URL(text, document.baseURI);
  return /^https?:$/.test(protocol) ? href : null;
}
