/** `npm run bench:paint`: from navigation to the first painted status, with the processor slowed down four times. */
import type { Contender } from './lib/contenders.ts';
import { HAND, PREACT, REACT, WIDGETS, WIDGETS_BATCH } from './lib/contenders.ts';
import type { Site } from './lib/site.ts';
import { median, SHOWN, startSite } from './lib/site.ts';
import { table } from './lib/table.ts';

const CONTENDERS = [WIDGETS, WIDGETS_BATCH, REACT, PREACT, HAND];
const ROUNDS = 5;
const SLOWER = 4;

/** Looks once per frame; what is there at one frame has been painted by the next. */
const watcher = (count: number): string => `
  globalThis.painted = new Promise((resolve) => {
    const shown = ${SHOWN};
    const look = () => (shown(${count}) ? requestAnimationFrame(() => resolve(performance.now())) : requestAnimationFrame(look));
    requestAnimationFrame(look);
  });`;

async function paint(site: Site, contender: Contender, count: number): Promise<number> {
  const { page, close } = await site.open(contender, {
    interval: 30_000,
    count,
    prepare: async (target, devtools) => {
      await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
      await target.addInitScript(watcher(count));
    },
  });
  const time = await page.evaluate<number>('globalThis.painted');
  await close();
  return time;
}

const site = await startSite(100);
try {
  const times = new Map<string, number[]>();
  // In turn, so that what else the machine does meets all of them alike. The first round only warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const contender of CONTENDERS) {
      for (const count of [1, 100]) {
        const key = `${contender.name} ${count}`;
        const time = await paint(site, contender, count);
        if (round > 0) times.set(key, [...(times.get(key) ?? []), time]);
      }
    }
  }
  const of = (contender: Contender, count: number): number => median(times.get(`${contender.name} ${count}`) ?? []);
  const cells = (contender: Contender, count: number): string[] => [`${Math.round(of(contender, count))} ms`, (of(contender, count) / of(REACT, count)).toFixed(2)];
  console.log(`Navigation to the first painted status of every job, processor ${SLOWER} times slower, median of ${ROUNDS}.\n`);
  const rows = CONTENDERS.map((contender) => [contender.name, ...cells(contender, 1), ...cells(contender, 100)]);
  console.log(table(['page', '1 job', 'of React', '100 jobs', 'of React'], rows));
} finally {
  await site.close();
}
