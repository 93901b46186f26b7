import fc from 'fast-check';
import type { Job } from '../../src/core/job.ts';
import { KNOWN_STATUSES } from '../../src/core/job.ts';
import { readJob } from '../../src/core/read-job.ts';

/** A field as drifting backends send it: good, as text, missing, `null`, or something else altogether. */
function drifting(good: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 6, arbitrary: good },
    { weight: 1, arbitrary: good.map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value))) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
}

const word = fc.constantFrom('Voice', 'pending', 'success', 'Cut & paste', 'सिलाई');
const text = fc.oneof(fc.string(), fc.constant(''), fc.constant('<b>bold</b>'));
const share = fc.double({ min: 0, max: 1, noNaN: true });
const amount = fc.oneof(fc.nat(), fc.double({ min: 0, max: 1e9, noNaN: true }));

const moment = fc.date({ min: new Date('1980-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });

const timeText = (zones: string[], separators: string[]) =>
  fc
    .tuple(moment, fc.constantFrom(...zones), fc.constantFrom('', '.5', '.123', '.123456'), fc.constantFrom(...separators))
    .map(([date, zone, fraction, separator]) => date.toISOString().slice(0, 19).replace('T', separator) + fraction + zone);

/** ISO 8601 as documented, with the zone or without. */
const isoTime = timeText(['Z', '', '+05:45', '-03:30'], ['T']);
/** As it is printed by those who do not know better. */
const looseTime = timeText(['Z', '', ' UTC', '+0545', '-03'], ['T', ' ']);

const link = fc.option(fc.webPath({ size: 'small' }).map((path) => `/${path}`), { nil: undefined });

const goodFields: Record<string, fc.Arbitrary<unknown>> = {
  job_id: fc.oneof({ weight: 4, arbitrary: fc.uuid() }, { weight: 1, arbitrary: fc.string() }),
  status: fc.constantFrom(...KNOWN_STATUSES),
  progress: share,
  progress_message: text,
  result: fc.record(
    {
      video_path: fc.option(text),
      thumbnail_path: fc.option(text),
      duration: fc.option(amount),
      file_size: fc.option(fc.nat()),
      resolution: fc.option(fc.constantFrom('1920x1080', '')),
      codec: fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
  error: text,
  created_at: isoTime,
  started_at: isoTime,
  completed_at: isoTime,
  retry_count: fc.nat(5),
  duration: fc.nat(10_000),
  links: fc.record({ cancel: link, retry: link, video: link, unheard_of: link }, { requiredKeys: [] }),
  title: text,
  script_id: text,
  user_id: text,
  platform: text,
  priority: fc.integer({ min: 1, max: 10 }),
  estimated_duration: amount,
  queue_position: fc.integer({ min: 1, max: 1000 }),
  updated_at: isoTime,
  steps: fc.array(
    fc.record({ name: word, status: word, progress: fc.option(share) }, { requiredKeys: ['name', 'status'] }),
    { maxLength: 4 },
  ),
};

/** A job as documented, give or take what may be missing or `null`; most, but not all, fit the schema. */
export const wireJob = fc.record(
  { ...goodFields, colour: fc.jsonValue() } as Record<string, fc.Arbitrary<unknown>>,
  { requiredKeys: ['job_id', 'status', 'progress', 'progress_message', 'created_at', 'retry_count'] },
);

/** A job as it may come when nobody kept to anything. */
export const strangeWireJob = fc.record(
  Object.fromEntries(Object.entries(goodFields).map(([key, good]) => [key, drifting(key.endsWith('_at') ? fc.oneof(good, looseTime) : good)])),
  { requiredKeys: [] },
);

/** Any value at all, objects without prototype, dates, maps, sparse arrays and functions included. */
export const anyValue = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true, withTypedArray: true }),
  fc.func(fc.anything()),
);

/** Answers about one and the same job, as different channels may bring them. */
export const jobAnswer: fc.Arbitrary<Job> = fc
  .record(
    {
      status: fc.oneof(fc.constantFrom<string>(...KNOWN_STATUSES), fc.constantFrom('uploading', 'unknown')),
      progress: fc.option(fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10)),
      retry_count: fc.option(fc.nat(2)),
      progress_message: fc.option(fc.constantFrom('one', 'two')),
      error: fc.option(fc.constantFrom('why', 'because')),
      updated_at: fc.option(fc.integer({ min: 1, max: 5 }).map((second) => `2026-01-01T00:00:0${second}Z`)),
      title: fc.option(fc.constantFrom('A', 'B')),
      result: fc.option(fc.record({ video_path: fc.option(fc.constantFrom('/a', '/b')), codec: fc.nat(2) })),
      links: fc.option(fc.constantFrom({}, { cancel: '/x' }, { retry: '/y' })),
      steps: fc.option(fc.constantFrom([], [{ name: 'a', status: 'success' }])),
      queue_position: fc.option(fc.integer({ min: 1, max: 3 })),
      shade: fc.option(fc.nat(2), { nil: undefined }),
    },
    { requiredKeys: [] },
  )
  .map((wire) => readJob({ status: 'processing', ...wire }, 'job-1') as Job);
