import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What a grid does with the keys that are not for moving about. */
export interface GridTask {
  /** The element with the role `grid`; `null` while there is none. */
  grid(): HTMLElement | null;
  isRtl(): boolean;
  /** Space on a row; with Shift all rows from the last one chosen to this one. */
  onSelect(row: HTMLElement, range: boolean): void;
  /** Ctrl+A. */
  onSelectAll(): void;
  /** Enter on a part of a row that does nothing by itself. */
  onOpen(row: HTMLElement): void;
}

/** How many rows Page Up and Page Down pass. */
const LEAP = 10;

/**
 * Moves the focus in a grid by the keyboard, as the ARIA Authoring Practices say: one place in it can be tabbed to, and from
 * there arrows lead on. Rows have `data-grid-row` with a name that stays theirs, the places in them `data-stop` with the name
 * of their column and `tabindex="-1"`. When the place that has the focus goes away, the focus goes to the nearest one that is
 * left.
 */
export class GridKeys implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #task: GridTask;
  /** The place that can be tabbed to. */
  #active: HTMLElement | null = null;
  /** Where it was: the name and the number of its row, and its column. */
  #row: string | null = null;
  #index = 0;
  #column = '';
  #hadFocus = false;
  /** A press of Space that has been dealt with: its release must not press the button. */
  #spaceTaken = false;

  constructor(host: ReactiveControllerHost & HTMLElement, task: GridTask) {
    this.#host = host;
    this.#task = task;
    host.addController(this);
  }

  hostUpdate(): void {
    const focused = this.#host.shadowRoot?.activeElement ?? null;
    this.#hadFocus = focused !== null && this.#task.grid()?.contains(focused) === true;
  }

  hostUpdated(): void {
    const grid = this.#task.grid();
    if (grid === null) return;
    // A head that is not drawn on narrow screens cannot have the focus; of other rows it need not be measured.
    const isHere = this.#active !== null && grid.contains(this.#active) && (this.#index > 0 || isShown(this.#active));
    if (!isHere) this.#activate(this.#nearest());
    if (!this.#hadFocus || this.#host.shadowRoot?.activeElement) return;
    this.#active?.focus();
  }

  /** Puts the focus on a row, at a column of it if it has that. */
  focusRow(name: string, column = this.#column): void {
    const row = this.#rows.find((each) => each.dataset['gridRow'] === name);
    if (row) this.#focus(stopAt(row, column));
  }

  /** Puts the focus on the place that can be tabbed to. */
  focusActive(): void {
    this.#active?.focus();
  }

  readonly onFocusin = (event: Event): void => {
    const stop = stopOf(event);
    if (stop) this.#activate(stop);
  };

  readonly onKeydown = (event: KeyboardEvent): void => {
    const stop = stopOf(event);
    const row = stop?.closest<HTMLElement>('[data-grid-row]');
    if (!stop || !row || event.defaultPrevented || event.altKey) return;
    if (!this.#press(event, stop, row)) return;
    event.preventDefault();
    this.#spaceTaken = event.key === ' ';
  };

  /** Some browsers press a button when Space comes up, whatever was said when it went down. */
  readonly onKeyup = (event: KeyboardEvent): void => {
    if (event.key === ' ' && this.#spaceTaken) event.preventDefault();
    this.#spaceTaken = false;
  };

  #press(event: KeyboardEvent, stop: HTMLElement, row: HTMLElement): boolean {
    const { key, shiftKey } = event;
    const control = event.ctrlKey || event.metaKey;
    const rows = this.#rows;
    const at = rows.indexOf(row);
    const forward = this.#task.isRtl() ? 'ArrowLeft' : 'ArrowRight';
    switch (key) {
      case 'ArrowLeft':
      case 'ArrowRight':
        return this.#focus(beside(row, stop, key === forward ? 1 : -1));
      case 'ArrowUp':
      case 'ArrowDown':
        return this.#toRow(rows, at + (key === 'ArrowDown' ? 1 : -1), stop);
      case 'PageUp':
        // Into the head only from the row below it.
        return this.#toRow(rows, Math.max(at - LEAP, at > 1 ? 1 : 0), stop);
      case 'PageDown':
        return this.#toRow(rows, at + LEAP, stop);
      case 'Home':
      case 'End': {
        const target = control ? (key === 'Home' ? rows[0] : rows.at(-1)) : row;
        const stops = target ? stopsOf(target) : [];
        return this.#focus(key === 'Home' ? stops[0] : stops.at(-1));
      }
      case ' ':
        // Buttons keep their own Space; those that open the row leave it to the row, and Shift is for ranges everywhere.
        if (!shiftKey && isButton(stop) && stop.dataset['opens'] === undefined) return false;
        this.#task.onSelect(row, shiftKey);
        return true;
      case 'a':
        if (!control) return false;
        this.#task.onSelectAll();
        return true;
      case 'Enter':
        if (isButton(stop) && !(stop instanceof HTMLInputElement)) return false;
        this.#task.onOpen(row);
        return true;
      default:
        return false;
    }
  }

  get #rows(): HTMLElement[] {
    const rows = this.#task.grid()?.querySelectorAll<HTMLElement>('[data-grid-row]') ?? [];
    return [...rows].filter(isShown);
  }

  #toRow(rows: readonly HTMLElement[], index: number, stop: HTMLElement): boolean {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    this.#focus(row && stopAt(row, stop.dataset['stop'] ?? ''));
    return true;
  }

  /** The place that is left nearest to where the active one was. */
  #nearest(): HTMLElement | undefined {
    const rows = this.#rows;
    const same = rows.find((row) => row.dataset['gridRow'] === this.#row);
    // Before anybody was there, the first row below the head.
    const first = this.#row === null ? Math.min(1, rows.length - 1) : Math.min(this.#index, rows.length - 1);
    const row = same ?? rows[first];
    return row && stopAt(row, this.#column);
  }

  #activate(stop: HTMLElement | undefined): void {
    if (this.#active && this.#active !== stop) this.#active.tabIndex = -1;
    this.#active = stop ?? null;
    const row = stop?.closest<HTMLElement>('[data-grid-row]');
    if (!stop || !row) return;
    stop.tabIndex = 0;
    this.#row = row.dataset['gridRow'] ?? '';
    this.#index = this.#rows.indexOf(row);
    this.#column = stop.dataset['stop'] ?? '';
  }

  #focus(stop: HTMLElement | undefined): boolean {
    if (!stop) return false;
    this.#activate(stop);
    stop.focus();
    return true;
  }
}

function stopOf(event: Event): HTMLElement | null {
  const { target } = event;
  return target instanceof HTMLElement ? target.closest<HTMLElement>('[data-stop]') : null;
}

function stopsOf(row: HTMLElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('[data-stop]')].filter(isShown);
}

/** At this column of the row, else at the place that is named first. */
function stopAt(row: HTMLElement, column: string): HTMLElement | undefined {
  const stops = stopsOf(row);
  return stops.find(({ dataset }) => dataset['stop'] === column) ?? stops.find(({ dataset }) => dataset['opens'] !== undefined) ?? stops[0];
}

function beside(row: HTMLElement, stop: HTMLElement, step: number): HTMLElement {
  const stops = stopsOf(row);
  return stops[stops.indexOf(stop) + step] ?? stop;
}

function isButton(stop: HTMLElement): boolean {
  return stop instanceof HTMLButtonElement || stop instanceof HTMLAnchorElement || stop instanceof HTMLInputElement;
}

function isShown(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}
