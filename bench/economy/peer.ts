import { isFinalStatus } from '../../src/core/job.ts';

/** How often most pages ask, in ms. */
export const PEER_PAUSE = 3_000;

declare global {
  /** When the end of each job was shown first, in ms since the epoch. */
  var shown: Record<string, number>;
}

globalThis.shown = {};

export function isFinal(status: string | undefined): boolean {
  return status !== undefined && isFinalStatus(status);
}

export function show(id: string, status: string | undefined): void {
  if (isFinal(status)) globalThis.shown[id] ??= Date.now();
}

export async function readJob(api: string, id: string, signal: AbortSignal): Promise<{ status: string }> {
  return (await fetch(`${api}/api/v1/jobs/${id}`, { signal })).json();
}
