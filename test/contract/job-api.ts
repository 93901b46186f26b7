import { after, before, describe } from 'node:test';
import type { Backend } from './backend.ts';
import { Probe } from './backend.ts';
import { creating } from './creating.ts';
import { extending } from './extending.ts';
import { finding } from './finding.ts';
import { listing } from './listing.ts';
import { living } from './living.ts';
import { offering } from './offering.ts';
import { walking } from './walking.ts';

export type { Backend } from './backend.ts';

export interface ContractOptions {
  /** Whether jobs carry links, and retry and media answer as the extensions say. */
  extensions: boolean;
  /** Whether the list filters and sorts by itself. Default: as `extensions`. */
  filters?: boolean;
  /** Whether answers of the list say by `next` where to go on. Default false. */
  walks?: boolean;
}

/**
 * The job API's contract as tests, for any backend: real requests, answers checked with the schemas. `start` is called once,
 * and the backend's `stop` after the last test.
 */
export function contractSuite(name: string, start: () => Promise<Backend>, { extensions, filters = extensions, walks = false }: ContractOptions): void {
  describe(`job API contract: ${name}`, () => {
    let probe: Probe | undefined;
    before(async () => {
      probe = new Probe(await start());
    });
    after(async () => {
      await probe?.backend.stop();
    });
    const use = () => {
      if (!probe) throw new Error('the backend did not start');
      return probe;
    };
    creating(use);
    living(use);
    listing(use);
    if (filters) finding(use);
    if (walks) walking(use);
    if (extensions) extending(use);
    offering(use);
  });
}
