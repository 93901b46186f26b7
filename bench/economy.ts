import { parseArgs } from 'node:util';
import { benchPace } from './economy/pace.ts';
import { benchTraffic } from './economy/traffic.ts';

/** What the store costs, in requests and in time: `npm run bench:economy [-- --part pace|traffic [--scene '4 tabs']]`. */
const PARTS: Readonly<Record<string, (only?: string) => void | Promise<void>>> = { pace: benchPace, traffic: benchTraffic };

const { values } = parseArgs({ options: { part: { type: 'string' }, scene: { type: 'string' } } });
const part = values.part === undefined ? Object.keys(PARTS) : [values.part];
for (const name of part) {
  const run = PARTS[name];
  if (!run) throw new Error(`No part "${name}". There are: ${Object.keys(PARTS).join(', ')}`);
  await run(values.scene);
}
