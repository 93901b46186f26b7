import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Time that the thread really ran, µs. */
  tdur?: number;
  args?: { name?: string };
}

/**
 * Watches the main thread of a page and gives its longest task in ms: of the time that it ran, not of the time that passed. On a
 * machine that does other things as well, the page stands still for reasons that are not its own.
 */
export async function watchTasks(browser: Browser, page: Page): Promise<() => Promise<number>> {
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline', '__metadata'] });
  return async () => {
    const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
    const main = new Set(
      trace.traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`),
    );
    const tasks = trace.traceEvents.filter(({ name, pid, tid, tdur }) => name.endsWith('RunTask') && tdur !== undefined && main.has(`${pid} ${tid}`));
    if (tasks.length === 0) throw new Error('The trace has no tasks.');
    return Math.max(...tasks.map(({ tdur }) => (tdur as number) / 1000));
  };
}
