import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../../shared/icons.ts';
import { MAX_ROWS } from '../source.ts';
import type { BulkWords } from '../words.ts';
import { bulkIcon } from './icons.ts';

export interface SourceContext {
  readonly words: BulkWords;
  /** Name of what is being read; `null` while nothing is. */
  readonly reading: string | null;
  /** Why the last thing could not be used, with its name. */
  readonly error: { readonly name: string; readonly text: string } | null;
  /** A file is held over the page. */
  readonly over: boolean;
  /** Something was typed. */
  readonly typed: boolean;
  readonly onChoose: () => void;
  readonly onFile: (event: Event) => void;
  readonly onDrop: (event: DragEvent) => void;
  readonly onDrag: (event: DragEvent) => void;
  readonly onPaste: (event: ClipboardEvent) => void;
  readonly onType: (event: Event) => void;
  readonly onUse: () => void;
  readonly onExample: () => void;
  readonly onStop: () => void;
}

/** Where a list comes from: a file that is dropped or chosen, or rows that are pasted or typed. */
export function renderSource(context: SourceContext): TemplateResult {
  const { words, reading, error, over } = context;
  if (reading !== null) {
    return html`<div class="busy" part="busy">
      ${icon('running', 'turning')}
      <p>${words.term('source.reading', { name: reading })}</p>
      <button type="button" class="button" @click=${context.onStop}>${words.term('source.stop')}</button>
    </div>`;
  }
  return html`${error
      ? html`<div class="message danger" part="error" role="alert">
          ${icon('failure')}
          <p><bdi>${error.name}</bdi> <bdi>${error.text}</bdi></p>
        </div>`
      : nothing}
    <div
      class="drop ${over ? 'over' : ''}"
      part="drop"
      @drop=${context.onDrop}
      @dragenter=${context.onDrag}
      @dragover=${context.onDrag}
      @dragleave=${context.onDrag}
    >
      ${bulkIcon('upload', 'large')}
      <p class="strong">${words.term('source.drop')}</p>
      <p class="muted" id="formats"><bdi>${words.term('source.formats', { max: MAX_ROWS })}</bdi></p>
      <input type="file" hidden accept=".csv,.tsv,.tab,.txt,.json,.jsonl,.ndjson,text/*,application/json" @change=${context.onFile} />
      <div class="row">
        <button type="button" class="button main" part="choose" aria-describedby="formats" @click=${context.onChoose}>
          ${words.term('source.choose')}
        </button>
        <button type="button" class="button" @click=${context.onExample}>
          ${icon('download')}${words.term('source.example')}
        </button>
      </div>
    </div>
    <div class="paste">
      <label for="paste">${words.term('source.paste')}</label>
      <textarea id="paste" part="paste" rows="3" spellcheck="false" dir="auto" @paste=${context.onPaste} @input=${context.onType}></textarea>
      ${context.typed
        ? html`<button type="button" class="button" @click=${context.onUse}>${words.term('source.use')}</button>`
        : nothing}
    </div>`;
}
