import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startTestService } from '../../test/support/service.ts';
import type { Recording } from './recordings.ts';
import { FOLDER } from './recordings.ts';

/**
 * Has the real service make a real video, and keeps how its job went:
 * `node bench/economy/record.ts --name 10-a --duration 12 --resolution 720p`. The time that it takes is the time that it takes.
 */
const { values } = parseArgs({
  options: { name: { type: 'string' }, duration: { type: 'string' }, resolution: { type: 'string', default: '720p' } },
});
if (!values.name || !values.duration) throw new Error('Say --name and --duration (of the video, in seconds).');

const SENTENCES = [
  'The harvest begins at dawn.',
  'Every hand is needed in the field, and the carts stand ready.',
  'By noon the first sheaves are bound.',
  'Children bring water from the well below the old mill.',
  'By evening the barn is full, and somebody tunes a fiddle.',
];
/** Words that are spoken in a second. */
const SPOKEN = 2.3;
/** Between two looks, in ms: the service writes four times a second at most. */
const LOOK = 100;
/** Moments of a recording are at least this share of the whole job apart. */
const APART = 1 / 400;

interface Wire {
  status: string;
  progress: number;
  estimated_duration: number | null;
  created_at: string;
  started_at: string | null;
  updated_at: string;
  completed_at: string | null;
  error: string | null;
  steps: { name: string; status: string; progress: number }[];
}

function script(seconds: number): string {
  const text: string[] = [];
  for (let words = 0; words < seconds * SPOKEN; ) {
    const sentence = SENTENCES[text.length % SENTENCES.length] as string;
    text.push(sentence);
    words += sentence.split(' ').length;
  }
  return text.join(' ');
}

const service = await startTestService({ JOB_SERVICE_RETRIES: '0' });
try {
  const duration = Number(values.duration);
  const video_request = {
    script_id: 'recording', user_id: 'bench', title: 'Harvest', script_content: script(duration), language: 'en-US', platform: 'youtube',
    duration, voice_provider: 'google', resolution: values.resolution,
  };
  const created = await fetch(`${service.url}/api/v1/jobs/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ video_request }),
  });
  const { job_id: id, detail } = (await created.json()) as { job_id?: string; detail?: unknown };
  if (!id) throw new Error(`Not taken: ${JSON.stringify(detail)}`);
  const seen: Wire[] = [];
  for (;;) {
    const wire = (await (await fetch(`${service.url}/api/v1/jobs/${id}`)).json()) as Wire;
    if (wire.updated_at !== seen.at(-1)?.updated_at) seen.push(wire);
    if (wire.completed_at) break;
    await wait(LOOK);
  }
  const last = seen.at(-1) as Wire;
  if (last.status !== 'success') throw new Error(`The job ended as ${last.status}: ${last.error}`);
  const start = Date.parse(last.started_at as string);
  const ends = Date.parse(last.completed_at as string) - start;
  const moments: Recording['moments'][number][] = [];
  for (const { status, progress, steps, updated_at } of seen) {
    const at = Date.parse(updated_at) - start;
    const step = steps.findIndex(({ status }) => status === 'processing');
    const before = moments.at(-1);
    if (status !== 'processing' || step < 0 || (before && at - before[0] < ends * APART && step === before[2])) continue;
    moments.push([at, thousandths(progress), step, thousandths(steps[step]?.progress ?? 0)]);
  }
  const recording: Recording = {
    video: `${duration} s, ${values.resolution}`,
    ends,
    estimate: last.estimated_duration,
    steps: last.steps.map(({ name }) => name),
    moments,
  };
  mkdirSync(FOLDER, { recursive: true });
  const { moments: all, ...rest } = recording;
  const text = `${JSON.stringify(rest).slice(0, -1)},"moments":[\n${all.map((each) => JSON.stringify(each)).join(',\n')}\n]}\n`;
  writeFileSync(join(FOLDER, `${values.name}.json`), text);
  console.log(`${values.name}: ${(ends / 1000).toFixed(1)} s, ${moments.length} moments`);
} finally {
  await service.stop();
}

function thousandths(share: number): number {
  return Math.round(share * 1_000) / 1_000;
}
