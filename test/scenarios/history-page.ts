import '../../src/elements/job-history/define.ts';
import '../../src/elements/job-provider/define.ts';
import type { JobHistory } from '../../src/elements/job-history/job-history.ts';
import type { JobProvider } from '../../src/elements/job-provider/job-provider.ts';
import { makeWorld } from './world.ts';
import type { World, WorldOptions } from './world.ts';

/** A `<job-history>` in a world of its own, on the page. */
export interface HistoryPage extends World {
  readonly provider: JobProvider;
  readonly history: JobHistory;
  readonly root: ShadowRoot;
  $<E extends HTMLElement = HTMLElement>(selector: string): E;
  all<E extends HTMLElement = HTMLElement>(selector: string): E[];
  part<E extends HTMLElement = HTMLElement>(name: string): E;
  /** The rows of jobs. */
  rows(): HTMLElement[];
  /** Their titles. */
  titles(): string[];
  row(title: string): HTMLElement;
  /** Lets answers arrive, the list draw them, and the browser say what is on the screen. */
  settle(): Promise<void>;
  advance(ms: number): Promise<void>;
  click(target: string | HTMLElement): Promise<void>;
  press(key: string, options?: KeyboardEventInit): Promise<void>;
  /** Queries of the list requests so far. */
  asked(): string[];
  /** The name of the place in the grid that has the focus. */
  focus(): string;
  /** What is said to screen readers. */
  spoken(): string;
}

export interface HistoryOptions extends WorldOptions {
  attributes?: Readonly<Record<string, string>>;
  userId?: string | null;
  arrange?: (world: World) => void;
  /** Inside the element. */
  content?: string;
  /** Of the frame around it, such as `900px`. */
  width?: string;
}

export const clean = (node: Element | null | undefined): string => node?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));
const shown: { frame: HTMLElement; world: World }[] = [];

export async function showHistory(options: HistoryOptions = {}): Promise<HistoryPage> {
  const { attributes = {}, userId = 'user-1', arrange = () => {}, content = '', width = '1100px', ...worldOptions } = options;
  const world = makeWorld(worldOptions);
  arrange(world);
  const place = document.createElement('div');
  place.style.inlineSize = width;
  const provider = document.createElement('job-provider');
  provider.store = world.store;
  provider.userId = userId;
  const history = document.createElement('job-history');
  for (const [name, value] of Object.entries(attributes)) history.setAttribute(name, value);
  history.innerHTML = content;
  provider.append(history);
  place.append(provider);
  shown.push({ frame: place, world });
  document.body.append(place);
  await history.updateComplete;
  const root = history.shadowRoot!;
  const page: HistoryPage = {
    ...world,
    provider,
    history,
    root,
    $: (selector) => root.querySelector(selector)!,
    all: (selector) => [...root.querySelectorAll<HTMLElement>(selector)] as never,
    part: (name) => root.querySelector(`[part~="${name}"]`)!,
    rows: () => [...root.querySelectorAll<HTMLElement>('.body [data-grid-row]')],
    titles: () => [...root.querySelectorAll('.body .title')].map(clean),
    row: (title) => page.rows().find((row) => clean(row.querySelector('.title')) === title)!,
    async settle() {
      for (let turn = 0; turn < 3; turn++) {
        await world.clock.flush();
        await history.updateComplete;
        await frame();
      }
      await frame();
      await history.updateComplete;
    },
    async advance(ms) {
      await world.clock.advance(ms);
      await page.settle();
    },
    async click(target) {
      const element = typeof target === 'string' ? page.part(target) : target;
      element.click();
      await page.settle();
    },
    async press(key, init = {}) {
      const target = root.activeElement ?? history;
      for (const type of ['keydown', 'keyup']) {
        target.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, composed: true, cancelable: true, ...init }));
      }
      await page.settle();
    },
    asked: () => world.double.requests.filter(({ path, method }) => path === '/api/v1/jobs/' && method === 'GET').map(({ query }) => decodeURIComponent(query.toString())),
    focus() {
      const active = root.activeElement as HTMLElement | null;
      const row = active?.closest<HTMLElement>('[data-grid-row]');
      return row ? `${clean(row.querySelector('.title'))}/${active!.dataset['stop']}` : (active?.part[0] ?? '');
    },
    spoken: () => clean([...root.querySelectorAll('section > .hidden-text[role=status]')].at(-1)),
  };
  await page.settle();
  return page;
}

/** Ends all that `showHistory` began. */
export function clearHistories(): void {
  for (const { frame: place, world } of shown.splice(0)) {
    place.remove();
    world.store.close();
  }
  document.body.removeAttribute('style');
  scrollTo(0, 0);
}
