import type { Job } from '../../core/job.ts';
import { jobInputs } from '../../store/job-inputs.ts';
import type { JobAction } from '../../store/snapshot.ts';
import { dispatchJobEvent } from '../../events/events.ts';
import { allows } from './bulk-actions.ts';
import { detailsReady } from './details-loader.ts';
import { fileOf, startDownloads, type JobFile } from './downloads.ts';
import { jobOf, titleOf, type HistoryElement, type HistoryHost } from './history-contract.ts';
import { DEFAULT_VIEW, SORTS, sortOf, statusesOf, type HistoryView, type SortKey, type StatusChoice } from './history-view.ts';
import { presetOf } from './preset.ts';

/** How long the search waits for the next letter, in ms. */
const TYPING = 300;

/** What people do with the list, and what the views draw of it. */
export class HistoryHandlers implements HistoryHost {
  asking: string | null = null;
  files: readonly JobFile[] | null = null;
  started = 0;
  typed = '';
  readonly #element: HistoryElement;
  #stopTyping: (() => void) | null = null;
  /** The last change was of the search: the next letter makes no new step for the back button. */
  #searching = false;
  /** Where the focus goes once the update is drawn. */
  #focusNext: (() => void) | null = null;

  constructor(element: HistoryElement) {
    this.#element = element;
  }

  get localize() {
    return this.#element.localize;
  }

  get view() {
    return this.#element.view;
  }

  get apiUrl() {
    return this.#element.apiUrl;
  }

  get token() {
    return this.#element.token;
  }

  get now() {
    return this.#element.now;
  }

  get snapshot() {
    return this.#element.list.snapshot;
  }

  get shown() {
    return this.#element.list.shown;
  }

  get waiting() {
    return this.#element.list.waiting;
  }

  get jobs() {
    return this.#element.list.jobs;
  }

  get selection() {
    return this.#element.selection;
  }

  get bulk() {
    return this.#element.bulk;
  }

  get media() {
    return this.#element.media;
  }

  get unfolded() {
    return this.#element.unfolded;
  }

  get news() {
    return this.#element.list.news;
  }

  get canShowDetails() {
    return detailsReady();
  }

  /** Letters are being typed that have not been asked for yet. */
  get typing(): boolean {
    return this.#stopTyping !== null;
  }

  change(changes: Partial<HistoryView>, replace = false): void {
    this.#searching = false;
    this.asking = null;
    this.#element.change(changes, replace);
  }

  /** After each update of the element. */
  updated(): void {
    const next = this.#focusNext;
    this.#focusNext = null;
    next?.();
  }

  readonly onToggle = (event: Event): void => this.#toggle(jobOf(event));

  openRow(row: HTMLElement): void {
    const { gridRow } = row.dataset;
    if (gridRow) this.#toggle(gridRow);
  }

  #toggle(id: string): void {
    this.change({ openJob: this.view.openJob === id ? '' : id }, true);
  }

  /** Escape closes the question first, whether of one job or of many, then the details, from inside them and from any row. */
  readonly onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return this.#element.keys.onKeydown(event);
    const { asking } = this;
    const open = this.view.openJob;
    if (asking !== null) {
      this.#keep(asking);
    } else if (open) {
      this.#focusNext = () => this.#element.keys.focusRow(open, 'title');
      this.change({ openJob: '' }, true);
    } else return;
    event.preventDefault();
  };

  /** Rows that had to stay where they were may move when nobody works in them any more. */
  readonly onFocusout = (): void => queueMicrotask(() => this.#element.requestUpdate());

  readonly onSelect = (event: Event): void => {
    this.#select(jobOf(event), (event as MouseEvent).shiftKey);
  };

  selectRow(row: HTMLElement, range: boolean): void {
    const { gridRow } = row.dataset;
    if (gridRow) this.#select(gridRow, range);
    else this.onSelectPage();
  }

  #select(id: string, range: boolean): void {
    const { store } = this.#element.list;
    if (store) this.selection.toggle(store, id, this.jobs.map((job) => job.id), range);
  }

  readonly onSelectPage = (): void => {
    const { store } = this.#element.list;
    if (store) this.selection.togglePage(store, this.jobs.map(({ id }) => id));
  };

  readonly onClearSelection = (): void => {
    this.asking = null;
    this.selection.clear();
    this.#focusNext = () => this.#element.keys.focusActive();
    this.#element.requestUpdate();
  };

  readonly onAsk = (event: Event): void => {
    if (this.bulk.running && jobOf(event) === '') return;
    this.asking = jobOf(event);
    this.#focusPart('cancel-no');
    this.#element.requestUpdate();
  };

  readonly onKeep = (): void => this.#keep(this.asking ?? '');

  #keep(id: string): void {
    this.asking = null;
    this.#focusNext = () => (id === '' ? this.#find('cancel-some')?.focus() : this.#element.keys.focusRow(id, 'cancel'));
    this.#element.requestUpdate();
  }

  readonly onCancel = (event: Event): void => {
    const id = jobOf(event);
    this.asking = null;
    this.#focusNext = () => (id === '' ? this.#find('clear-selection')?.focus() : this.#element.keys.focusRow(id, 'title'));
    this.#element.requestUpdate();
    void this.#act('cancel', id);
  };

  readonly onRetry = (event: Event): void => {
    const id = jobOf(event);
    if (id === '' && this.bulk.running) return;
    void this.#act('retry', id);
  };

  /** One job, or of the chosen ones those that allow it; a page may prevent each. */
  async #act(action: JobAction, id: string): Promise<void> {
    const { store } = this.#element.list;
    if (!store) return;
    const jobs = id === '' ? this.selection.jobs : this.jobs.filter((job) => job.id === id);
    const asked = jobs.filter((job) => allows(action, job)).filter((job) => dispatchJobEvent(this.#element, `job-${action}-request`, { jobId: job.id }));
    if (asked.length === 0) return;
    const { done, failed } = await this.bulk.run(store, action, asked.map((job) => job.id));
    const { localize } = this;
    const [good, bad] = action === 'cancel' ? (['history.cancelled', 'history.notCancelled'] as const) : (['history.retried', 'history.notRetried'] as const);
    const said = [done > 0 ? localize.term(good, { count: done }) : '', failed > 0 ? localize.term(bad, { count: failed }) : ''];
    this.#element.say(said.filter(Boolean).join(' '));
  }

  readonly onDownloadSome = (): void => {
    const { store } = this.#element.list;
    if (!store) return;
    const files = this.selection.jobs.flatMap((job) => fileOf(job, titleOf(job, this.localize), this.media) ?? []);
    this.files = files;
    this.started = 0;
    this.#element.requestUpdate();
    void startDownloads(files, store.clock, (count) => {
      this.started = count;
      this.#element.requestUpdate();
    });
  };

  readonly onCloseFiles = (): void => {
    this.files = null;
    this.#focusNext = () => (this.#find('download-some') ?? this.#find('search'))?.focus();
    this.#element.requestUpdate();
  };

  readonly onDuplicate = (event: Event): void => {
    const { store } = this.#element.list;
    const job = this.#job(jobOf(event));
    if (job && store) void jobInputs(store, job).then((inputs) => this.#element.duplicates.open(job, presetOf(job, inputs)));
  };

  readonly onSearch = (event: Event): void => {
    this.typed = (event.currentTarget as HTMLInputElement).value;
    this.#stopTyping?.();
    const { clock } = this.#element.list.store ?? {};
    this.#stopTyping = clock?.setTimeout(() => this.#search(), TYPING) ?? null;
    if (!clock) this.#search();
  };

  /** Enter, or the field was left: no need to wait. */
  readonly onSearchNow = (event: Event): void => {
    this.typed = (event.currentTarget as HTMLInputElement).value;
    this.#search();
  };

  #search(): void {
    this.#stopTyping?.();
    this.#stopTyping = null;
    if (this.typed === this.view.q) return;
    const again = this.#searching;
    this.change({ q: this.typed }, again);
    this.#searching = true;
  }

  readonly onField = (event: Event): void => {
    const { dataset, value } = event.currentTarget as HTMLInputElement;
    const field = dataset['field'] as 'from' | 'to' | 'sort' | 'order' | 'pageSize';
    if (field === 'pageSize') this.change({ pageSize: Number(value) });
    else if (field === 'sort') this.change({ sort: value, order: '' });
    else this.change({ [field]: value });
  };

  /** Each press adds a status, or takes it away; "all" takes all away. */
  readonly onStatus = (event: Event): void => {
    const { status } = (event.currentTarget as HTMLElement).dataset;
    const chosen = new Set(statusesOf(this.view));
    if (!status) chosen.clear();
    else if (!chosen.delete(status as StatusChoice)) chosen.add(status as StatusChoice);
    this.change({ status: [...chosen].join(',') });
  };

  /** The first press sorts as the column is mostly wanted, the next one the other way round. */
  readonly onSort = (event: Event): void => {
    const key = (event.currentTarget as HTMLElement).dataset['sort'] as SortKey;
    const { sort, order } = sortOf(this.view);
    const isUsual = sort !== key || order !== SORTS[key];
    this.change({ sort: key, order: isUsual ? '' : order === 'asc' ? 'desc' : 'asc' });
  };

  readonly onUnfold = (): void => {
    this.#element.unfolded = !this.#element.unfolded;
  };

  readonly onClearFilters = (): void => {
    const { status, q, from, to } = DEFAULT_VIEW;
    this.#stopTyping?.();
    this.#stopTyping = null;
    this.typed = '';
    this.change({ status, q, from, to });
    this.#focusPart('search');
  };

  readonly onPage = (event: Event): void => {
    const button = event.currentTarget as HTMLElement;
    if (button.getAttribute('aria-disabled') === 'true') return;
    this.change({ page: Number(button.dataset['page']), openJob: '' });
  };

  readonly onNews = (): void => {
    this.#focusNext = () => {
      this.#element.renderRoot.querySelector('.top')?.scrollIntoView({ block: 'nearest' });
      this.#element.keys.focusRow(this.jobs[0]?.id ?? '', 'title');
    };
    const { sort, order } = DEFAULT_VIEW;
    this.change({ page: 1, sort, order, openJob: '' });
    this.#element.list.takeOver();
  };

  readonly onRefresh = (): void => void this.#element.list.refresh();

  readonly onFurther = (): void => void this.#element.list.goFurther();

  #job(id: string): Job | undefined {
    return this.jobs.find((job) => job.id === id);
  }

  #find(part: string): HTMLElement | null {
    return this.#element.renderRoot.querySelector<HTMLElement>(`[part~="${part}"]`);
  }

  #focusPart(part: string): void {
    this.#focusNext = () => this.#find(part)?.focus();
  }
}
