import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import type { JobEnvironment } from '../../../controllers/job-context.ts';
import { dispatchJobEvent, type BulkCounts } from '../../../events/events.ts';
import { icon } from '../../shared/icons.ts';
import type { Announcer } from './announcer.ts';
import { download } from './download.ts';
import type { LeftRow, RunCounts, RunRow } from './run/rows.ts';
import type { BulkRun, RunPace, RunPhase } from './run/run.ts';
import { sessionFor, type BulkSession } from './run/session.ts';
import { doneOf, renderRun } from './views/run-view.ts';
import { markText, type BulkWords } from './words.ts';

export interface RunHooks {
  readonly environment: () => JobEnvironment | null;
  readonly userId: () => string;
  readonly pace: () => RunPace;
}

/** Pictures and events of a list on its way are this far apart at least, in ms. */
const PAUSE = 250;

/** The list on its way: finds the page's session for address and user while the host is connected, and shows it. */
export class RunPart implements ReactiveController {
  readonly #host: LitElement;
  readonly #words: BulkWords;
  readonly #announcer: Announcer;
  readonly #hooks: RunHooks;
  #session: BulkSession | null = null;
  #release = (): void => {};
  #cancelTell: (() => void) | null = null;
  #told: { run: BulkRun; phase: RunPhase } | null = null;
  #page = 0;
  #asking = false;

  constructor(host: LitElement, words: BulkWords, announcer: Announcer, hooks: RunHooks) {
    this.#host = host;
    this.#words = words;
    this.#announcer = announcer;
    this.#hooks = hooks;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#find();
  }

  hostDisconnected(): void {
    this.#leave();
  }

  get #run(): BulkRun | null {
    return this.#session?.run ?? null;
  }

  get shown(): boolean {
    return this.#run !== null;
  }

  /** Whether there is a wait to count down. */
  get waits(): boolean {
    return this.#run?.hold?.until != null;
  }

  /** `false` when another tab has a list. */
  async begin(name: string, rows: readonly RunRow[], left: readonly LeftRow[], id: string): Promise<boolean> {
    this.#find();
    this.#page = 0;
    return (await this.#session?.begin(name, rows, left, id)) ?? false;
  }

  #find(): void {
    const environment = this.#hooks.environment();
    const userId = this.#hooks.userId();
    if (!this.#host.isConnected || !environment || !userId) return this.#leave();
    const { apiUrl, client, clock } = environment.store;
    const session = sessionFor({ apiUrl, userId, client, clock });
    session.pace = this.#hooks.pace();
    if (session === this.#session) return;
    this.#leave();
    this.#session = session;
    this.#release = session.subscribe(() => this.#changed());
    void session.open().then(() => this.#changed());
  }

  #leave(): void {
    this.#release();
    this.#release = () => {};
    this.#cancelTell?.();
    this.#cancelTell = null;
    this.#session = null;
    this.#told = null;
    this.#announcer.reset();
  }

  /** Another phase is told at once, the rest not more often than anybody can follow. */
  #changed(): void {
    const run = this.#run;
    if (!run || run !== this.#told?.run || run.phase !== this.#told.phase) this.#tell();
    else this.#cancelTell ??= this.#hooks.environment()?.store.clock.setTimeout(() => this.#tell(), PAUSE) ?? null;
  }

  #tell(): void {
    this.#cancelTell?.();
    this.#cancelTell = null;
    const run = this.#run;
    const before = this.#told?.run === run ? this.#told?.phase : null;
    this.#host.requestUpdate();
    if (!run) {
      this.#told = null;
      this.#announcer.reset();
      return;
    }
    const { phase, counts } = run;
    this.#told = { run, phase };
    this.#announcer.run(phase, counts);
    if (phase === 'running' && before !== 'running') dispatchJobEvent(this.#host, 'job-bulk-started', countsOf(counts));
    if (before === null && phase !== 'running') return;
    const jobIds = run.takeCreated();
    dispatchJobEvent(this.#host, 'job-bulk-progress', { ...countsOf(counts), jobIds });
    if (phase === 'finished' && before !== 'finished') {
      const all = run.run.marks.flatMap(({ jobId }) => (jobId === undefined ? [] : [jobId]));
      dispatchJobEvent(this.#host, 'job-bulk-finished', { ...countsOf(counts), jobIds: all });
    }
  }

  readonly #onPause = (): void => this.#act((run) => run.pause(), '[data-action=resume]');
  readonly #onResume = (): void => this.#act((run) => run.start(), '[data-action=pause]');
  readonly #onRetry = (): void => this.#act((run) => void run.retryFailed(), '[data-action=pause]');
  readonly #onLook = (): void => this.#act((run) => void run.lookForLost(), '[data-action=look]');

  readonly #onAsk = (): void => {
    this.#asking = true;
    this.#act(() => {}, '[data-action=cancel-yes]');
  };

  readonly #onKeepRest = (): void => {
    this.#asking = false;
    this.#act(() => {}, '[data-action=cancel]');
  };

  readonly #onCancelRest = (): void => {
    this.#asking = false;
    this.#act((run) => void run.cancelRest(), '#run-title');
  };

  readonly #onAgain = (): void => this.#act(() => void this.#session?.discard(), '[part=choose]');

  readonly #onPage = (event: Event): void => {
    this.#page = Math.max(0, this.#page + Number((event.currentTarget as HTMLElement).dataset['step']));
    this.#host.requestUpdate();
  };

  readonly #onReport = async (): Promise<void> => {
    const run = this.#run?.run;
    if (!run) return;
    const { reportCsv } = await import('./report.ts');
    const name = run.name.replace(/\.[^.]*$/, '') || 'videos';
    download(`${name}-report.csv`, 'text/csv', reportCsv(run, (mark) => markText(mark, this.#words)));
  };

  /** Does something that takes the button away that was pressed, and gives the focus to what takes its place. */
  #act(action: (run: BulkRun) => void, next: string): void {
    const run = this.#run;
    if (!run) return;
    action(run);
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => {
      const root = this.#host.renderRoot as ShadowRoot;
      if (!root.activeElement) (root.querySelector<HTMLElement>(next) ?? root.querySelector<HTMLElement>('#run-title, [part=choose]'))?.focus();
    });
  }

  render(): TemplateResult {
    const run = this.#run as BulkRun;
    return renderRun({
      words: this.#words,
      run,
      name: run.run.name || this.#words.term('source.pasted'),
      now: this.#hooks.environment()?.store.clock.now() ?? 0,
      page: this.#page,
      asking: this.#asking,
      onPause: this.#onPause,
      onResume: this.#onResume,
      onAsk: this.#onAsk,
      onCancelRest: this.#onCancelRest,
      onKeepRest: this.#onKeepRest,
      onRetry: this.#onRetry,
      onLook: this.#onLook,
      onReport: this.#onReport,
      onAgain: this.#onAgain,
      onPage: this.#onPage,
    });
  }

  /** What another tab has; `null` when none has anything. */
  renderElsewhere(): TemplateResult | null {
    const elsewhere = this.#session?.elsewhere;
    if (!elsewhere) return null;
    const words = this.#words;
    const done = elsewhere === true ? null : doneOf(elsewhere.counts);
    return html`<div class="message warning" part="note">
      ${icon('locked')}
      <div>
        <p class="strong">${words.term('elsewhere.title')}</p>
        <p>${words.term('elsewhere.text')}</p>
        ${done === null || elsewhere === true ? null : html`<p class="muted">${words.term('run.progress', { done, total: elsewhere.counts.total })}</p>`}
      </div>
    </div>`;
  }
}

function countsOf({ sending, waiting, ...counts }: RunCounts): BulkCounts {
  return { ...counts, waiting: waiting + sending };
}
