import type { StatusModel } from './status-model.ts';

/** What a page may style by. */
export function cssStates({ kind, running, trouble }: StatusModel): readonly string[] {
  return [kind, ...(running ? ['running'] : []), ...(trouble === null ? [] : [trouble])];
}

/** Sets exactly these CSS states (`:state(…)`) on an element. Browsers without them lose styling hooks, nothing else. */
export function setStates(internals: ElementInternals, wanted: ReadonlySet<string>): void {
  const states = internals.states as CustomStateSet | undefined;
  if (states === undefined) return;
  for (const state of [...states]) if (!wanted.has(state)) states.delete(state);
  for (const state of wanted) {
    try {
      states.add(state);
    } catch {
      return;
    }
  }
}
