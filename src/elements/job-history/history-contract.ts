import type { MediaUrlOptions } from '../../api/urls.ts';
import type { ShownListController } from '../../controllers/shown-list-controller.ts';
import type { Job } from '../../core/job.ts';
import type { HistoryTerms } from '../../i18n/history/index.ts';
import type { LocalizeController } from '../../i18n/localize.ts';
import type { JobListSnapshot } from '../../store/job-list.ts';
import type { GridKeys } from '../shared/grid-keys.ts';
import type { BulkActions } from './bulk-actions.ts';
import type { JobFile } from './downloads.ts';
import type { HistoryView } from './history-view.ts';
import type { Selection } from './selection.ts';

/** What the views need of `<job-history>`: what to draw, and whom to tell of what people do. */
export interface HistoryHost {
  readonly localize: LocalizeController<HistoryTerms>;
  readonly view: HistoryView;
  readonly apiUrl: string;
  readonly token: string | null;
  /** Ms since the epoch. */
  readonly now: number;
  readonly snapshot: JobListSnapshot | null;
  /** What is known of the rows on show; they stay while others are on their way. */
  readonly shown: JobListSnapshot | null;
  /** The rows on show are not those that are asked for. */
  readonly waiting: boolean;
  /** The rows on show. */
  readonly jobs: readonly Job[];
  readonly selection: Selection;
  readonly bulk: BulkActions;
  readonly media: MediaUrlOptions;
  /** Whether the fields for days and order are unfolded. */
  readonly unfolded: boolean;
  /** Of which job, or of which selection (`''`), it is asked whether to cancel; `null`: nobody asks. */
  readonly asking: string | null;
  /** The files of the last download of many. */
  readonly files: readonly JobFile[] | null;
  readonly started: number;
  readonly news: number;
  /** What is typed into the search and not yet asked for. */
  readonly typed: string;
  /** Whether the code of the details is here. */
  readonly canShowDetails: boolean;

  /** The event's element has the job's id in `data-job`. */
  readonly onToggle: (event: Event) => void;
  readonly onSelect: (event: Event) => void;
  readonly onSelectPage: () => void;
  readonly onClearSelection: () => void;
  readonly onAsk: (event: Event) => void;
  readonly onKeep: () => void;
  readonly onKeydown: (event: KeyboardEvent) => void;
  readonly onCancel: (event: Event) => void;
  readonly onRetry: (event: Event) => void;
  readonly onDownloadSome: () => void;
  readonly onCloseFiles: () => void;
  readonly onDuplicate: (event: Event) => void;
  readonly onSearch: (event: Event) => void;
  readonly onSearchNow: (event: Event) => void;
  readonly onField: (event: Event) => void;
  readonly onStatus: (event: Event) => void;
  readonly onSort: (event: Event) => void;
  readonly onUnfold: () => void;
  readonly onClearFilters: () => void;
  readonly onPage: (event: Event) => void;
  readonly onNews: () => void;
  readonly onRefresh: () => void;
  readonly onFurther: () => void;
}

/** What the handlers need of the element itself. */
export interface HistoryElement extends HTMLElement {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly localize: LocalizeController<HistoryTerms>;
  readonly view: HistoryView;
  readonly apiUrl: string;
  readonly token: string | null;
  readonly now: number;
  readonly media: MediaUrlOptions;
  readonly list: ShownListController;
  readonly selection: Selection;
  readonly bulk: BulkActions;
  readonly keys: GridKeys;
  readonly duplicates: { open(job: Job, preset: Readonly<Record<string, unknown>>): Promise<void> };
  unfolded: boolean;
  say(text: string): void;
  change(changes: Partial<HistoryView>, replace?: boolean): void;
  requestUpdate(): void;
}

/** The id of the job that a button is for; `''`: for all that are chosen. */
export function jobOf(event: Event): string {
  return (event.currentTarget as HTMLElement).dataset['job'] ?? '';
}

export function titleOf(job: Job, localize: LocalizeController<HistoryTerms>): string {
  return job.title || localize.term('job.untitled', { id: job.id.slice(0, 8) });
}
