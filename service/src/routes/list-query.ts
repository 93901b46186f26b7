import { z } from 'zod';
import { JOB_STATUSES, LIST_ORDERS, LIST_SORTS } from '../../../src/api/extended-schema.ts';
import { CLEAN } from '../../../src/api/schema.ts';
import { readCursor } from '../jobs/list-cursor.ts';

const page = (name: string, maximum: number) => {
  const message = `Give ${name} as a whole number from 1 to ${maximum}.`;
  return z.coerce.number(message).int(message).min(1, message).max(maximum, message);
};

const MAX_PAGE = 1_000_000;
const MAX_PAGE_SIZE = 100;
const MAX_SEARCH = 200;
/** The longest title in letters of four bytes, written as a cursor, takes less. */
const MAX_CURSOR = 4000;
const NO_CURSOR = 'Give after as an answer of this list gave it in next, or leave it out to begin at the start.';

/** A moment as people and programs write it: without a zone in UTC, without a time at midnight. Comes out in full. */
export const moment = (name: string) => {
  const message = `Give ${name} as a time such as 2026-01-31T12:00:00Z.`;
  return z
    .union([z.iso.datetime({ offset: true, local: true }), z.iso.date()], message)
    .transform((text, context) => {
      const time = new Date(/Z$|[+-]\d\d:\d\d$/.test(text) || text.length === 10 ? text : `${text}Z`);
      // Outside of these years the databases write times in another way.
      const year = time.getUTCFullYear();
      if (year >= 1 && year <= 9999) return time.toISOString();
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });
};

const oneOf = <const T extends readonly [string, ...string[]]>(name: string, values: T) => z.enum(values, `Give ${name} as one of: ${values.join(', ')}.`);

const status = oneOf('status', JOB_STATUSES);

export const ListQuery = z.object({
  user_id: z
    .string('Name the user whose jobs to list: user_id.')
    .min(1, 'Name the user whose jobs to list: user_id.')
    .max(200, 'Shorten user_id to 200 characters at most.')
    .regex(CLEAN, 'Remove the characters from user_id that are no text.'),
  page: page('page', MAX_PAGE).default(1),
  page_size: page('page_size', MAX_PAGE_SIZE).default(20),
  status: z
    .preprocess((given) => (given === undefined || Array.isArray(given) ? given : [given]), z.array(status).max(100, 'Name a status once.').default([]))
    .transform((given) => [...new Set(given)])
    .meta({ type: 'array', items: { type: 'string', enum: [...JOB_STATUSES] }, description: 'Only jobs of this status; may be given several times.' }),
  q: z
    .string('Give q once, as text.')
    .max(MAX_SEARCH, `Shorten q to ${MAX_SEARCH} characters at most.`)
    .regex(CLEAN, 'Remove the characters from q that are no text.')
    .transform((text) => text.trim() || null)
    .nullable()
    .default(null)
    .meta({
      type: 'string',
      description: 'Each of these words is somewhere in the job: title, id, script_id, the error of a failed job, the step of an unfinished one. The case of letters does not matter.',
    }),
  created_after: moment('created_after').nullable().default(null).meta({ type: 'string', format: 'date-time', description: 'Created then or later.' }),
  created_before: moment('created_before').nullable().default(null).meta({ type: 'string', format: 'date-time', description: 'Created before then.' }),
  sort: oneOf('sort', LIST_SORTS).default('created_at').meta({ description: 'Jobs without a value come last in both orders; among equals, the newest first.' }),
  order: oneOf('order', LIST_ORDERS).default('desc'),
  after: z
    .string('Give after once, as text.')
    .max(MAX_CURSOR, NO_CURSOR)
    .transform((text, context) => {
      const cursor = readCursor(text);
      if (cursor) return cursor;
      context.addIssue({ code: 'custom', message: NO_CURSOR });
      return z.NEVER;
    })
    .nullable()
    .default(null)
    .meta({
      type: 'string',
      description:
        'What an answer of the same user, filter and order gave in `next`: the jobs that follow that answer. Goes with any `page_size`, and not with `page`.',
    }),
}).refine(({ page, after }) => after === null || page === 1, { path: ['page'], error: 'Leave page out: after says where to go on.' });
