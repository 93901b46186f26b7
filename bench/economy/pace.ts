import type { Trial } from '../lib/pace-trial.ts';
import { fixedPace, replayPace, storePace, TELLINGS, tryPace } from '../lib/pace-trial.ts';
import { table } from '../lib/table.ts';
import { recordings } from './recordings.ts';

/** Jobs so short, or so stalled, that the pace does not come out well. */
const HARD = [
  { seconds: [6, 8, 10], telling: 'honest' },
  { seconds: [8, 12, 14, 16], telling: 'stalled' },
] as const;
const HEAD = ['job', 'progress', 'delay', 'fixed 3 s', 'requests', 'fixed 3 s', 'ratio'];

/** When the end of a job is shown, and for how many requests, against a fixed pause of 3 s. Simulated time; made-up jobs and recorded ones. */
export function benchPace(): void {
  const made = [10, 60, 600].flatMap((seconds) =>
    TELLINGS.map((telling) => row(`${seconds} s`, telling, tryPace(seconds, telling, storePace), tryPace(seconds, telling, fixedPace))),
  );
  const hard = HARD.flatMap(({ seconds: all, telling }) =>
    all.flatMap((seconds) =>
      [false, true].map((steps) => row(`${seconds} s`, `${telling}${steps ? ', steps' : ''}`, tryPace(seconds, telling, storePace, { steps }), tryPace(seconds, telling, fixedPace, { steps }))),
    ),
  );
  const recorded = recordings().map((each) =>
    row(`${(each.ends / 1_000).toFixed(1)} s`, `recorded: ${each.video}`, replayPace(each, storePace), replayPace(each, fixedPace)),
  );
  console.log('\nPace of polling: mean delay from end to shown, and requests per job\n');
  console.log(table(HEAD, [...made, ...recorded]));
  console.log('\nWhat is hard for it\n');
  console.log(table(HEAD, hard));
}

function row(job: string, progress: string, own: Trial, fixed: Trial): string[] {
  const seconds = ({ delay }: Trial): string => `${(delay / 1_000).toFixed(2)} s`;
  return [job, progress, seconds(own), seconds(fixed), own.requests.toFixed(1), fixed.requests.toFixed(1), (own.requests / fixed.requests).toFixed(2)];
}
