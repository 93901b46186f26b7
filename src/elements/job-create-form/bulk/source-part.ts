import type { LitElement, TemplateResult } from 'lit';
import { download, EXAMPLE } from './download.ts';
import { readSource } from './read-source.ts';
import { SourceError, type SourceTable } from './source.ts';
import { renderSource } from './views/source-view.ts';
import { sourceErrorText, type BulkWords } from './words.ts';

/** So much is rows that were copied somewhere, and not a word that somebody puts into what they type. */
const MANY = /[\n\r\t]|^\s*[[{]/;

/** Where the rows come from: dropped, chosen, pasted or typed. */
export class SourcePart {
  readonly #host: LitElement;
  readonly #words: BulkWords;
  readonly #done: (table: SourceTable, name: string) => void;
  /** Whether it is on show, and so may take what is pasted. */
  readonly #isShown: () => boolean;
  #reading: { readonly name: string; readonly stop: AbortController } | null = null;
  #error: { readonly name: string; readonly error: Pick<SourceError, 'code' | 'line'> | 'one' } | null = null;
  #over = false;
  #typed = '';

  constructor(host: LitElement, words: BulkWords, done: (table: SourceTable, name: string) => void, isShown: () => boolean) {
    this.#host = host;
    this.#isShown = isShown;
    this.#words = words;
    this.#done = done;
  }

  async read(source: Blob | string, name: string): Promise<void> {
    this.onStop();
    const stop = new AbortController();
    this.#reading = { name, stop };
    this.#error = null;
    this.#host.requestUpdate();
    try {
      const table = await readSource(source, stop.signal);
      if (stop.signal.aborted) return;
      this.#typed = '';
      this.#done(table, name);
    } catch (error) {
      if (stop.signal.aborted) return;
      if (!(error instanceof SourceError)) throw error;
      this.#error = { name, error };
    } finally {
      if (this.#reading?.stop === stop) this.#reading = null;
      this.#host.requestUpdate();
    }
  }

  clear(): void {
    this.#error = null;
    this.#host.requestUpdate();
  }

  readonly onStop = (): void => {
    this.#reading?.stop.abort();
    this.#reading = null;
    this.#host.requestUpdate();
  };

  /** Also for what is pasted elsewhere in the element: files, or text with more than one line. */
  readonly onPaste = (event: ClipboardEvent): void => {
    const target = event.composedPath()[0] as HTMLElement;
    const own = target.id === 'paste';
    if (!this.#isShown() || event.defaultPrevented || (!own && /^(input|textarea|select)$/.test(target.localName))) return;
    const [file] = event.clipboardData?.files ?? [];
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!file && !MANY.test(text)) return;
    // A text area with thousands of lines would hold up the page.
    event.preventDefault();
    void this.read(file ?? text, file?.name ?? '');
  };

  readonly #onDrop = (event: DragEvent): void => {
    event.preventDefault();
    this.#over = false;
    const { files } = event.dataTransfer as DataTransfer;
    const text = event.dataTransfer?.getData('text/plain') ?? '';
    if (files.length > 1) {
      this.#error = { name: '', error: 'one' };
      this.#host.requestUpdate();
    } else if (files[0]) void this.read(files[0], files[0].name);
    else if (text) void this.read(text, '');
  };

  readonly #onDrag = (event: DragEvent): void => {
    // Without this, the browser would open the file.
    event.preventDefault();
    const inside = event.type !== 'dragleave' || (event.currentTarget as Element).contains(event.relatedTarget as Node | null);
    if (inside === this.#over) return;
    this.#over = inside;
    this.#host.requestUpdate();
  };

  readonly #onFile = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    // The same file may be chosen again after it was mended.
    input.value = '';
    if (file) void this.read(file, file.name);
  };

  readonly #onChoose = (): void => {
    this.#host.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.click();
  };

  readonly #onType = (event: Event): void => {
    this.#typed = (event.target as HTMLTextAreaElement).value;
    this.#host.requestUpdate();
  };

  readonly #onUse = (): void => {
    void this.read(this.#typed, '');
  };

  readonly #onExample = (): void => {
    download('videos.csv', 'text/csv', EXAMPLE);
  };

  render(): TemplateResult {
    const words = this.#words;
    const error = this.#error;
    const named = (name: string): string => name || words.term('source.pasted');
    return renderSource({
      words,
      reading: this.#reading && named(this.#reading.name),
      error: error && {
        name: error.error === 'one' ? '' : named(error.name),
        text: error.error === 'one' ? words.term('source.error.one') : sourceErrorText(error.error, words),
      },
      over: this.#over,
      typed: this.#typed.trim() !== '',
      onChoose: this.#onChoose,
      onFile: this.#onFile,
      onDrop: this.#onDrop,
      onDrag: this.#onDrag,
      onPaste: this.onPaste,
      onType: this.#onType,
      onUse: this.#onUse,
      onExample: this.#onExample,
      onStop: this.onStop,
    });
  }
}
