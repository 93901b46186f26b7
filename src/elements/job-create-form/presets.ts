import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isRecord } from '../../core/read-values.ts';
import type { JobStore } from '../../store/job-store.ts';
import { readStored, storageKey, writeStored } from './draft.ts';
import type { FormValues } from './fields.ts';
import { textsOf, valuesOf } from './values.ts';

/** Values under a name, to fill in with one choice. */
export interface Preset {
  readonly id: string;
  /** Plain text. */
  readonly name: string;
  readonly values: FormValues;
}

/** Where presets of the user's own lie. Each call resolves with all of them as they are then. */
export interface PresetShelf {
  list(): Promise<readonly Preset[]>;
  /** With an id: gives that one another name. Without: a new one, in place of one that has the name already. */
  save(preset: Omit<Preset, 'id'> & { readonly id?: string }): Promise<readonly Preset[]>;
  remove(id: string): Promise<readonly Preset[]>;
}

/** Names of these are terms: `preset.<id>`. */
export const BUILT_IN: readonly { readonly id: string; readonly values: FormValues }[] = [
  {
    id: 'explainer',
    values: { platform: 'youtube', aspect_ratio: '16:9', resolution: '1080p', duration: 90, enable_subtitles: true, subtitle_style: 'sweep' },
  },
  {
    id: 'short',
    values: { platform: 'youtube_shorts', aspect_ratio: '9:16', resolution: '1080p', duration: 30, enable_subtitles: true, subtitle_style: 'boxed' },
  },
  {
    id: 'post',
    values: { platform: 'instagram', aspect_ratio: '1:1', resolution: '1080p', duration: 30, enable_subtitles: true, subtitle_style: 'plain' },
  },
  { id: 'draft', values: { resolution: '720p', enable_subtitles: true, background_music: 'none', template_id: 'ink', priority: 8 } },
];

/** Presets in the browser, where the backend keeps none. */
class BrowserShelf implements PresetShelf {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  async list(): Promise<readonly Preset[]> {
    const stored = readStored(this.#key);
    return (Array.isArray(stored) ? stored : []).flatMap((entry: unknown) =>
      isRecord(entry) && typeof entry.id === 'string' && typeof entry.name === 'string'
        ? [{ id: entry.id, name: entry.name, values: valuesOf(textsOf(isRecord(entry.values) ? entry.values : {})) }]
        : [],
    );
  }

  async save({ id, name, values }: Parameters<PresetShelf['save']>[0]): Promise<readonly Preset[]> {
    const known = await this.list();
    const isSame = (preset: Preset): boolean => preset.id === id || preset.name.toLowerCase() === name.toLowerCase();
    const before = known.find((preset) => preset.id === id) ?? known.find(isSame);
    const next = { id: before?.id ?? freeId(known), name, values };
    return this.#write([...known.filter((preset) => !isSame(preset)), next].sort((a, b) => a.name.localeCompare(b.name)));
  }

  async remove(id: string): Promise<readonly Preset[]> {
    return this.#write((await this.list()).filter((preset) => preset.id !== id));
  }

  #write(presets: readonly Preset[]): readonly Preset[] {
    if (!writeStored(this.#key, presets)) throw new Error('The browser keeps nothing for this page.');
    return presets;
  }
}

function freeId(known: readonly Preset[]): string {
  let number = known.length + 1;
  while (known.some(({ id }) => id === `own-${number}`)) number++;
  return `own-${number}`;
}

/** The user's own presets: on the service where it keeps some, else in the browser. */
export class OwnPresets implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #shelf: PresetShelf | null = null;
  /** For whom they are, and whether the service has been asked. */
  #place: { store: JobStore; userId: string } | null = null;
  #asked: Promise<void> | null = null;
  #all: readonly Preset[] = [];

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get all(): readonly Preset[] {
    return this.#all;
  }

  hostConnected(): void {}

  /** Nobody's, while it is not known whose. */
  open(store: JobStore | null, userId: string): void {
    if (this.#place?.store === store && this.#place?.userId === userId) return;
    this.#place = store && userId ? { store, userId } : null;
    this.#asked = null;
    this.#shelf = this.#place && new BrowserShelf(storageKey('presets', this.#place.store.apiUrl, userId));
    this.#set([]);
    void this.#shelf?.list().then((all) => this.#set(all));
  }

  /** Asks the service whether it keeps presets, once. Called when somebody turns to the form. */
  load(): Promise<void> {
    if (this.#place) this.#asked ??= this.#ask(this.#place);
    return this.#asked ?? Promise.resolve();
  }

  /** Rejects when they cannot be kept. */
  async save(preset: Parameters<PresetShelf['save']>[0]): Promise<Preset | undefined> {
    await this.load();
    if (this.#shelf) this.#set(await this.#shelf.save(preset));
    return this.#all.find(({ name }) => name === preset.name);
  }

  /** Rejects when the service does not do it. */
  async remove(id: string): Promise<void> {
    if (this.#shelf) this.#set(await this.#shelf.remove(id));
  }

  async #ask(place: { store: JobStore; userId: string }): Promise<void> {
    const { openServiceShelf } = await import('./service-presets.ts');
    const shelf = await openServiceShelf(place.store, place.userId).catch(() => null);
    if (!shelf || this.#place !== place) return;
    const all = await shelf.list().catch(() => null);
    if (!all || this.#place !== place) return;
    this.#shelf = shelf;
    this.#set(all);
  }

  #set(all: readonly Preset[]): void {
    this.#all = all;
    this.#host.requestUpdate();
  }
}
