import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ListApplied, ListSort } from '../../../src/api/extended-schema.ts';
import { CLEAN } from '../../../src/api/schema.ts';

/** Which list, whatever part of it is asked for. */
export interface ListIdentity extends ListApplied {
  userId: string;
}

/**
 * Where a job stands in its list: the value that is sorted by, its time of creation, its number. Times are microseconds since
 * 1970, as exact as the databases keep them. `created_at` is no value of its own.
 */
export type Place = readonly [key: string | number | null, createdAt: number, seq: number];

/** All safe integers are times that the databases can hold. */
const micros = z.int();

const KEYS: Record<ListSort, z.ZodType<Place[0]>> = {
  created_at: z.null(),
  updated_at: micros,
  completed_at: micros.nullable(),
  title: z.string().regex(CLEAN),
  status: z.int(),
  priority: z.int(),
  duration: z.number().nullable(),
  progress: z.number(),
};

const cursorSchema = z.tuple([z.string(), z.unknown(), micros, z.int().nonnegative()]);

/** A cursor that says so of itself; only `placeIn` tells whether it is one of the list that is asked for. */
export type Cursor = z.infer<typeof cursorSchema>;

export function writeCursor(list: ListIdentity, place: Place): string {
  return Buffer.from(JSON.stringify([nameOf(list), ...place])).toString('base64url');
}

/** `null` where the text is no cursor. */
export function readCursor(text: string): Cursor | null {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    return null;
  }
}

/** Where the cursor points to in this list; `null` where it comes from another one. */
export function placeIn([name, key, createdAt, seq]: Cursor, list: ListIdentity): Place | null {
  const value = KEYS[list.sort].safeParse(key);
  return name === nameOf(list) && value.success ? [value.data, createdAt, seq] : null;
}

/** The same for every way to write the same user, filter and order. */
function nameOf({ userId, status, q, created_after, created_before, sort, order }: ListIdentity): string {
  const list = [userId, status.toSorted(), q, created_after, created_before, sort, order];
  return createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 16);
}
