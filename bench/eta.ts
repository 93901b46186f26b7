/** `npm run bench:eta`: how far off our remaining time is, and the dashboard's four thresholds, on jobs made up from a seed and on real ones. */
import { recordings, wireOf } from './economy/recordings.ts';
import type { Moment } from './eta/measure.ts';
import { scoreOf, watch, watchAll } from './eta/measure.ts';
import { Random } from './eta/random.ts';
import type { Family } from './eta/traces.ts';
import { FAMILIES, START } from './eta/traces.ts';
import { HELD_OUT, TUNED } from './eta/worlds.ts';
import { table } from './lib/table.ts';
import { PaceHistory } from '../src/core/history-of-pace.ts';

const SETTINGS = [
  { name: 'no estimate, nothing seen before', expects: false, before: 0 },
  { name: 'a wrong estimate', expects: true, before: 0 },
  { name: 'five like jobs seen', expects: false, before: 5 },
  { name: 'both', expects: true, before: 5 },
];
const COUNT = 200;
/** Each recorded job is come to so many times, each time at another moment. */
const VISITS = 40;
const HEAD = ['backend and page', 'progress', 'ours', 'thresholds', 'lower by', 'silence is wrong', 'we speak', 'thresholds speak', 'range holds', 'high / low'];

const percent = (value: number): string => `${Math.round(value * 100)} %`;

function row(setting: string, progress: string, moments: readonly Moment[]): string[] {
  const { ours, table: theirs, strict, spoke, tableSpoke, held, width } = scoreOf(moments);
  const times = (value: number): string => `${(theirs / value).toFixed(1)} x`;
  return [setting, progress, percent(ours), percent(theirs), times(ours), times(strict), percent(spoke), percent(tableSpoke), percent(held), width.toFixed(1)];
}

for (const [name, world] of [['held out', HELD_OUT], ['tuned', TUNED]] as const) {
  const rows: string[][] = [];
  const byFamily = new Map<Family, Moment[]>();
  for (const { name: setting, expects, before } of SETTINGS) {
    const all = FAMILIES.map((family) => {
      const moments = watchAll(world, family, { expects, before }, COUNT);
      byFamily.set(family, [...(byFamily.get(family) ?? []), ...moments]);
      rows.push(row(setting, family, moments));
      return moments;
    });
    rows.push(row(setting, 'all', all.flat()));
    rows.push(row(setting, 'curved (not in "all")', watchAll(world, 'curved', { expects, before }, COUNT)));
  }
  for (const [family, moments] of byFamily) rows.push(row('any of these', family, moments));
  rows.push(row('any of these', 'all', [...byFamily.values()].flat()));
  console.log(`\nMade-up jobs, ${name}: median relative error of the remaining time, ${COUNT} jobs per row and setting.\n`);
  // The tuned ones stand here to be compared with, in short.
  console.log(table(HEAD, world === HELD_OUT ? rows : rows.filter(([, progress]) => progress === 'all')));
}

const random = new Random(1);
const real = recordings().map((recording) => {
  const end = recording.ends / 1_000;
  const trace = {
    id: 'recorded',
    end,
    wireAt: (second: number) => wireOf(recording, second * 1_000, START),
    remainingAt: (second: number) => end - second,
  };
  const moments = Array.from({ length: VISITS }, () => watch(trace, TUNED, new PaceHistory(), random)).flat();
  return { name: `${end.toFixed(0)} s (${recording.video}), expected ${recording.estimate} s`, moments };
});
console.log('\nRecorded jobs of the service, nothing seen before.\n');
console.log(table(HEAD, [...real.map(({ name, moments }) => row(name, 'recorded', moments)), row('all', 'recorded', real.flatMap(({ moments }) => moments))]));
