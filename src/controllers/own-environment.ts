import { getStore, type StoreConfig } from '../store/registry.ts';
import { readInterval } from './interval.ts';
import type { JobEnvironment } from './job-context.ts';

export interface OwnSettings {
  readonly provided: JobEnvironment | null | undefined;
  /** As `EnvironmentOptions` have it. */
  readonly pollInterval: string | number | null | undefined;
  /** Address or token are the element's own: the provider's pause is not meant for them. */
  readonly isOwn: boolean;
}

/** The environment of an element that has some settings of its own, held for `user`; the rest is the provider's. */
export function ownEnvironment(user: object, config: StoreConfig, { provided, pollInterval, isOwn }: OwnSettings): JobEnvironment {
  const interval = readInterval(pollInterval);
  if (isOwn || interval !== undefined) config.pollInterval = interval;
  const { userId = null, mediaUrl = null, locale = null } = provided ?? {};
  return { store: getStore(config, user), userId, mediaUrl, locale, config };
}
