import type { JobStatus } from '../../src/elements/job-status/job-status.ts';
import { statusScenarios } from './job-status.ts';
import type { StatusScenario } from './job-status.ts';
import { mountStatus, settle } from './mount.ts';
import type { Mounted } from './mount.ts';
import type { WorldOptions } from './world.ts';

const media = (name: string): string => new URL(`../fixtures/${name}`, import.meta.url).href;
/** Media that a browser can play, from the test server itself. */
export const playableMedia = { video: media('clip.mp4'), thumbnail: media('clip.jpg'), captions: media('clip.vtt') };

export function scenario(name: string): StatusScenario {
  const found = statusScenarios.find((one) => one.name === name);
  if (!found) throw new Error(`no scenario ${name}`);
  return found;
}

/** A scenario with one of its own backend, on the page. */
export interface Shown extends Mounted {
  readonly root: ShadowRoot;
  readonly id: string;
  $<E extends HTMLElement = HTMLElement>(selector: string): E | null;
  part<E extends HTMLElement = HTMLElement>(name: string): E | null;
  has(part: string): boolean;
  /** The `data-focus` of the widget's button that has the focus, `base` for the widget itself, `null` when it is elsewhere. */
  readonly focus: string | null;
  /** Moves time on, and lets the widget draw what comes of it. */
  advance(ms: number): Promise<void>;
  settle(): Promise<void>;
  /** What screen readers are told at the moment. */
  readonly spoken: string;
}

const shown: Mounted[] = [];

export async function show(
  which: StatusScenario | string,
  attributes: Readonly<Record<string, string>> = {},
  options: WorldOptions & { parent?: Element | ShadowRoot; arrive?: boolean } = {},
): Promise<Shown> {
  const { parent = document.body, arrive = true, ...world } = options;
  const mounted = mountStatus(typeof which === 'string' ? scenario(which) : which, attributes, { media: playableMedia, ...world });
  shown.push(mounted);
  parent.append(mounted.provider);
  if (arrive) await mounted.arrive();
  else await mounted.element.updateComplete;
  return {
    ...mounted,
    get root() {
      return mounted.element.shadowRoot!;
    },
    get id() {
      return mounted.element.jobId;
    },
    $: (selector) => mounted.element.shadowRoot!.querySelector(selector),
    part: (name) => mounted.element.shadowRoot!.querySelector(`[part~="${name}"]`),
    has: (name) => mounted.element.shadowRoot!.querySelector(`[part~="${name}"]`) !== null,
    get focus() {
      const active = mounted.element.shadowRoot!.activeElement as HTMLElement | null;
      return active && document.activeElement === mounted.element ? (active.dataset.focus ?? active.part[0] ?? active.localName) : null;
    },
    async advance(ms) {
      await mounted.world.clock.advance(ms);
      await mounted.element.updateComplete;
    },
    settle: () => settle(mounted.world, mounted.element),
    get spoken() {
      return mounted.element.shadowRoot!.querySelector('[role="status"]')!.textContent!;
    },
  };
}

/** Ends every scenario on the page. */
export function clearPage(): void {
  for (const { provider, world } of shown.splice(0)) {
    provider.remove();
    world.store.close();
  }
}

/** What can be read in the widget, hidden words left out. */
export function visibleText(element: JobStatus): string {
  const base = element.shadowRoot!.querySelector<HTMLElement>('.base')!;
  return base.innerText.replace(/\s+/g, ' ').trim();
}
