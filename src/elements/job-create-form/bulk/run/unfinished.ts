import { addressOf } from './address.ts';
import { indexedStorage } from './storage.ts';

/** Whether a list of this user was left with rows that have not been sent. Never rejects: where nothing can be kept, nothing was. */
export async function hasUnfinished(apiUrl: string, userId: string): Promise<boolean> {
  try {
    const run = await indexedStorage(addressOf(apiUrl), userId).load();
    return run?.marks.some(({ state }) => state === 'waiting' || state === 'sending') ?? false;
  } catch {
    return false;
  }
}
