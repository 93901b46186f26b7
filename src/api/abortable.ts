import type { Clock } from '../core/clock.ts';
import type { JobApiError } from '../core/errors.ts';
import { apiError } from './http-error.ts';

/** Something that takes time and that the caller may stop. `start` gives what ends it, which runs however it ends. */
export function abortable<T>(
  signal: AbortSignal | undefined,
  start: (resolve: (value: T) => void, reject: (error: unknown) => void) => () => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted) {
      reject(abortError(signal));
      return;
    }
    let settled = false;
    let stop: (() => void) | undefined;
    const settle = (finish: () => void) => {
      if (settled) return;
      settled = true;
      signal?.removeEventListener('abort', onAbort);
      finish();
      stop?.();
    };
    const onAbort = () => settle(() => reject(abortError(signal)));
    signal?.addEventListener('abort', onAbort);
    stop = start(
      (value) => settle(() => resolve(value)),
      (error) => settle(() => reject(error)),
    );
    if (settled) stop();
  });
}

export function abortError(signal?: AbortSignal): JobApiError {
  return apiError('aborted', { cause: signal?.reason });
}

/** Waits on the clock. */
export function wait(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return abortable(signal, (resolve) => clock.setTimeout(() => resolve(), ms));
}
