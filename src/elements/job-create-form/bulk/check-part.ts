import type { LitElement, TemplateResult } from 'lit';
import type { Announcer } from './announcer.ts';
import { RowBrowser } from './browser.ts';
import { BulkList, type ListRow, type ListSettings } from './list.ts';
import { randomId, type LeftRow, type RunRow } from './run/rows.ts';
import { Slices } from './slices.ts';
import { MAX_ROWS, SourceError, type SourceTable } from './source.ts';
import { renderCheck } from './views/check-view.ts';
import { problemText, type BulkWords } from './words.ts';

export interface CheckHooks {
  readonly settings: () => ListSettings;
  /** The user wants another file. */
  readonly back: () => void;
  /** `false` when it cannot begin. */
  readonly send: (name: string, rows: readonly RunRow[], left: readonly LeftRow[], id: string) => Promise<boolean>;
}

/** The rows before they are sent. */
export class CheckPart {
  readonly #host: LitElement;
  readonly #words: BulkWords;
  readonly #announcer: Announcer;
  readonly #hooks: CheckHooks;
  #browser: RowBrowser | null = null;
  #name = '';
  #checking: AbortController | null = null;
  #preparing = false;
  /** What is to have the focus after the next update. */
  #focus: string | null = null;

  constructor(host: LitElement, words: BulkWords, announcer: Announcer, hooks: CheckHooks) {
    this.#host = host;
    this.#words = words;
    this.#announcer = announcer;
    this.#hooks = hooks;
  }

  get shown(): boolean {
    return this.#browser !== null;
  }

  /** Throws a `SourceError` where there are too many. */
  begin(table: SourceTable, name: string): void {
    const list = new BulkList(table, this.#hooks.settings);
    // Without names one more was let through than there may be.
    if (list.rows.length > MAX_ROWS) throw new SourceError('too-many');
    this.#browser = new RowBrowser(list);
    this.#name = name;
    this.#focus = '[part=send]';
    this.look();
  }

  /** Looks at all rows, since something that holds for all has changed. */
  look(): void {
    const list = this.#browser?.list;
    if (!list) return;
    this.#checking?.abort();
    const checking = new AbortController();
    this.#checking = checking;
    this.#host.requestUpdate();
    list.check(checking.signal).then(
      () => {
        if (this.#checking !== checking) return;
        this.#checking = null;
        const { good, bad } = this.#browser as RowBrowser;
        this.#announcer.checked(good.length, bad.length);
        this.#host.requestUpdate();
      },
      (error: unknown) => {
        // Overtaken by a later look.
        if (!checking.signal.aborted) throw error;
      },
    );
  }

  /** Sets what templates cannot: choices that were made by hand, and the focus. */
  updated(): void {
    const root = this.#host.renderRoot;
    const mapping = this.#browser?.list.mapping ?? [];
    for (const select of root.querySelectorAll<HTMLSelectElement>('select[data-column]')) {
      select.value = mapping[Number(select.dataset['column'])] ?? '';
    }
    const target = this.#focus === null ? null : root.querySelector<HTMLElement>(this.#focus);
    if (!target) return;
    this.#focus = null;
    target.focus();
  }

  readonly #onField = (event: Event): void => {
    const { dataset, value } = event.target as HTMLSelectElement;
    this.#browser?.list.setField(Number(dataset['column']), value || null);
    this.#browser?.turn(0);
    this.look();
  };

  readonly #onNamed = (event: Event): void => {
    this.#browser?.list.setNamed((event.target as HTMLInputElement).checked);
    this.#browser?.turn(0);
    this.look();
  };

  readonly #onOnlyBad = (event: Event): void => {
    if (this.#browser) this.#browser.onlyBad = (event.target as HTMLInputElement).checked;
    this.#host.requestUpdate();
  };

  readonly #onPage = (event: Event): void => {
    const browser = this.#browser as RowBrowser;
    browser.turn(browser.page + Number((event.currentTarget as HTMLElement).dataset['step']));
    this.#host.requestUpdate();
  };

  #rowOf(event: Event): ListRow | undefined {
    const line = Number((event.currentTarget as HTMLElement).dataset['line']);
    return this.#browser?.list.rows.find((row) => row.line === line);
  }

  readonly #onEdit = (event: Event): void => {
    const row = this.#rowOf(event);
    if (!this.#browser || !row) return;
    this.#browser.editing = row;
    const wrong = row.problems?.find(({ field }) => field !== null)?.field;
    this.#focus = wrong ? `tbody [name="${wrong}"]` : 'tbody [name]';
    this.#host.requestUpdate();
  };

  readonly #onSave = (): void => {
    const fields = this.#host.renderRoot.querySelectorAll<HTMLInputElement>('tbody [name]');
    const { line } = this.#browser?.editing ?? {};
    this.#browser?.save(Object.fromEntries([...fields].map(({ name, value }) => [name, value])));
    this.#endEditing(line);
  };

  readonly #onUndo = (): void => {
    const { line } = this.#browser?.editing ?? {};
    if (this.#browser) this.#browser.editing = null;
    this.#endEditing(line);
  };

  #endEditing(line: number | undefined): void {
    this.#focus = `[data-action=edit][data-line="${line}"]`;
    this.#host.requestUpdate();
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (!this.#browser?.editing || event.isComposing) return;
    const { localName } = event.target as HTMLElement;
    if (event.key === 'Escape') this.#onUndo();
    else if (event.key === 'Enter' && (localName === 'input' || event.ctrlKey || event.metaKey)) this.#onSave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  readonly #onDropRow = (event: Event): void => {
    const row = this.#rowOf(event);
    if (!this.#browser || !row) return;
    const { rows } = this.#browser;
    const next = rows[rows.indexOf(row) + 1] ?? rows[rows.indexOf(row) - 1];
    this.#browser.drop(row);
    this.#focus = next ? `[data-action=drop][data-line="${next.line}"]` : '[part=send]';
    this.#host.requestUpdate();
  };

  readonly #onRestore = (): void => {
    this.#browser?.restore();
    this.#focus = '[part=table], [part=send]';
    this.#host.requestUpdate();
  };

  readonly #onOther = (): void => {
    this.#leave();
    this.#focus = '[part=choose]';
    this.#hooks.back();
  };

  #leave(): void {
    this.#checking?.abort();
    this.#checking = null;
    this.#browser = null;
    this.#host.requestUpdate();
  }

  readonly #onSend = async (): Promise<void> => {
    const browser = this.#browser;
    if (!browser || this.#preparing || this.#checking || browser.good.length === 0) return;
    this.#preparing = true;
    this.#host.requestUpdate();
    try {
      const id = randomId();
      const rows = await this.#requests(browser, id);
      if (await this.#hooks.send(this.#name, rows, this.#left(browser), id)) {
        this.#focus = '#run-title';
        if (this.#browser === browser) this.#leave();
      }
    } finally {
      this.#preparing = false;
      this.#host.requestUpdate();
    }
  };

  async #requests({ list, good }: RowBrowser, id: string): Promise<RunRow[]> {
    const slices = new Slices();
    const rows: RunRow[] = [];
    for (const row of good) {
      const request = list.request(row, `${id}-${row.line}`);
      rows.push({ line: row.line, title: request.video_request.title, request });
      await slices.breathe();
    }
    return rows;
  }

  #left({ list, bad }: RowBrowser): LeftRow[] {
    return bad.map((row) => ({
      line: row.line,
      title: list.text(row, 'title').slice(0, 200),
      reason: (row.problems ?? []).map((problem) => problemText(problem, this.#words)).join(' '),
    }));
  }

  render(): TemplateResult {
    return renderCheck({
      words: this.#words,
      name: this.#name || this.#words.term('source.pasted'),
      browser: this.#browser as RowBrowser,
      locked: this.#hooks.settings().locked,
      checking: this.#checking !== null,
      preparing: this.#preparing,
      onField: this.#onField,
      onNamed: this.#onNamed,
      onOther: this.#onOther,
      onOnlyBad: this.#onOnlyBad,
      onPage: this.#onPage,
      onRestore: this.#onRestore,
      onSend: this.#onSend,
      onEdit: this.#onEdit,
      onDropRow: this.#onDropRow,
      onSave: this.#onSave,
      onUndo: this.#onUndo,
      onKeydown: this.#onKeydown,
    });
  }
}
