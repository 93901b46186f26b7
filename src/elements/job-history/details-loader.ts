let loading: Promise<void> | null = null;
let ready = false;

/** The code of the details is here. */
export function detailsReady(): boolean {
  return ready || customElements.get('job-status') !== undefined;
}

/** Brings it, once for the page. When it cannot be loaded, the next call tries again. */
export function loadDetails(): Promise<void> {
  loading ??= import('../job-status/define-later.ts').then(
    () => {
      ready = true;
    },
    () => {
      loading = null;
    },
  );
  return loading;
}
