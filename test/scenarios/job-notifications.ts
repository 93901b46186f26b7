import '../../src/elements/job-notifications/define.ts';
import '../../src/elements/job-provider/define.ts';
import type { JobNotifications } from '../../src/elements/job-notifications/job-notifications.ts';
import type { JobProvider } from '../../src/elements/job-provider/job-provider.ts';
import { makeWorld } from './world.ts';
import type { World, WorldOptions } from './world.ts';

export interface NoticeScene {
  readonly world: World;
  /** Put this on the page. */
  readonly provider: JobProvider;
  readonly element: JobNotifications;
  /** A job that runs and that the page follows, as a widget would. Its id is its own: what was told once is not told again. */
  run(title: string): Promise<string>;
  /** It ends, and the page hears of it. */
  end(id: string, how?: 'finish' | 'fail' | 'cancel'): Promise<void>;
  settle(): Promise<void>;
}

export function mountNotifications(attributes: Readonly<Record<string, string>> = {}, options: WorldOptions = {}): NoticeScene {
  const world = makeWorld(options);
  const provider = document.createElement('job-provider');
  const element = document.createElement('job-notifications');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  provider.store = world.store;
  provider.append(element);
  const settle = async (): Promise<void> => {
    await world.clock.flush();
    await element.updateComplete;
    // A lock is asked for on the way.
    await navigator.locks.request('job-elements.told', () => undefined);
    await world.clock.flush();
    await element.updateComplete;
  };
  return {
    world,
    provider,
    element,
    settle,
    async run(title) {
      const id = world.double.add({ job_id: crypto.randomUUID(), title, status: 'processing', progress: 0.5 });
      world.store.entry(id).subscribe(() => undefined);
      await settle();
      return id;
    },
    async end(id, how = 'finish') {
      if (how === 'fail') world.double.fail(id, 'The voice is not known.');
      else world.double[how](id);
      await world.store.entry(id).refresh();
      await settle();
    },
  };
}
