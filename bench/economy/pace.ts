import { fixedPace, storePace, TELLINGS, tryPace } from '../lib/pace-trial.ts';

/** When the end of a job is shown, and for how many requests, against a fixed pause of 3 s. Simulated time. */
export function benchPace(): void {
  console.log('\nPace of polling, simulated: mean delay from end to shown, requests per job (fixed 3 s in brackets)\n');
  console.log('job      progress   delay            requests         ratio');
  for (const seconds of [10, 60, 600]) {
    for (const telling of TELLINGS) {
      const own = tryPace(seconds, telling, storePace);
      const fixed = tryPace(seconds, telling, fixedPace);
      const delay = `${(own.delay / 1_000).toFixed(2)} s (${(fixed.delay / 1_000).toFixed(2)})`;
      const requests = `${own.requests.toFixed(1)} (${fixed.requests.toFixed(1)})`;
      const ratio = (own.requests / fixed.requests).toFixed(2);
      console.log(`${`${seconds} s`.padEnd(8)} ${telling.padEnd(10)} ${delay.padEnd(16)} ${requests.padEnd(16)} ${ratio}`);
    }
  }
}
