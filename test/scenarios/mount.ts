import '../../src/elements/job-provider/define.ts';
import '../../src/elements/job-status/define.ts';
import type { JobProvider } from '../../src/elements/job-provider/job-provider.ts';
import { details } from '../../src/elements/job-status/details-loader.ts';
import type { JobStatus } from '../../src/elements/job-status/job-status.ts';
import type { StatusScenario } from './job-status.ts';
import { makeWorld } from './world.ts';
import type { World, WorldOptions } from './world.ts';

// What is tested is the whole widget, unless a test says otherwise.
await details.load();

export interface Mounted {
  readonly world: World;
  /** Put this on the page. */
  readonly provider: JobProvider;
  readonly element: JobStatus;
  /** Call once it is on the page: settled when the scenario has come about and is on show. */
  arrive(): Promise<void>;
}

/** One `<job-status>` in a scenario, in a world of its own. */
export function mountStatus(scenario: StatusScenario, attributes: Readonly<Record<string, string>> = {}, options: WorldOptions = {}): Mounted {
  const world = makeWorld(options);
  const provider = document.createElement('job-provider');
  const element = document.createElement('job-status');
  for (const [name, value] of Object.entries({ ...scenario.attributes, ...attributes })) element.setAttribute(name, value);
  const id = scenario.arrange(world);
  element.setAttribute('job-id', id);
  provider.store = world.store;
  provider.append(element);
  return {
    world,
    provider,
    element,
    async arrive() {
      await settle(world, element);
      await scenario.act?.(world, id, element);
      await settle(world, element);
    },
  };
}

/** Lets answers arrive and the widget draw them. */
export async function settle(world: World, element: JobStatus): Promise<void> {
  await world.clock.flush();
  await element.updateComplete;
  await world.clock.flush();
  await element.updateComplete;
}
