import type { ChannelName } from '../../channels/push.ts';

const NAMES: readonly string[] = ['auto', 'poll', 'events', 'socket'] satisfies ChannelName[];

/** The channel that an attribute names, in whatever case; `undefined` when it names none. */
export function readChannel(value: string | null | undefined): ChannelName | undefined {
  const name = value?.trim().toLowerCase() ?? '';
  return NAMES.includes(name) ? (name as ChannelName) : undefined;
}
