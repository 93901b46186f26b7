/** `npm run bench:eta`: how far off our remaining time is, and the dashboard's four thresholds, on jobs made up from a seed. */
import { score } from './eta/measure.ts';
import { FAMILIES } from './eta/traces.ts';
import { table } from './lib/table.ts';

const SETTINGS = [
  { name: 'no estimate, nothing seen before', settings: [{ expects: false, before: 0 }] },
  { name: 'estimate off by 0.5-2', settings: [{ expects: true, before: 0 }] },
  { name: 'five like jobs seen', settings: [{ expects: false, before: 5 }] },
  { name: 'both', settings: [{ expects: true, before: 5 }] },
];
SETTINGS.push({ name: 'any of these', settings: SETTINGS.flatMap(({ settings }) => settings) });
const percent = (value: number): string => `${Math.round(value * 100)} %`;

const rows = SETTINGS.flatMap(({ name, settings }) =>
  [...FAMILIES.map((family) => [family]), FAMILIES].map((families) => {
    const { ours, table: theirs, spoke, held, width } = score(families, settings);
    return [name, families.length > 1 ? 'all' : String(families[0]), percent(ours), percent(theirs), `${(theirs / ours).toFixed(1)} x`, percent(spoke), percent(held), width.toFixed(2)];
  }),
);
console.log('Median relative error of the remaining time; 200 jobs of 10 s to 30 min per row, polled every 3 s.\n');
console.log(table(['backend and page', 'progress', 'ours', 'thresholds', 'lower by', 'gives a range', 'range holds', 'high / low'], rows));
