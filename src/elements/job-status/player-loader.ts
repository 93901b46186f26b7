let loading: Promise<boolean> | null = null;

/** Brings the player, once for the page. `false` when it cannot be loaded; the next call tries again. */
export function loadPlayer(): Promise<boolean> {
  loading ??= import('../job-player/define.ts').then(
    () => true,
    () => {
      loading = null;
      return false;
    },
  );
  return loading;
}
