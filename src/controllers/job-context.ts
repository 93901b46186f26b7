import { createContext } from '@lit/context';
import type { Job } from '../core/job.ts';
import type { JobStore } from '../store/job-store.ts';

export type MediaKind = 'video' | 'thumbnail' | 'captions';

/** Gives the URL to use in place of `url`, or `null` for none. The result must be http, https or blob. */
export type MediaUrlMap = (url: string, job: Job, kind: MediaKind) => string | null;

/** What a `<job-provider>` carries for the elements inside it. A change is a new object. */
export interface JobEnvironment {
  readonly store: JobStore;
  readonly userId: string | null;
  readonly mediaUrl: MediaUrlMap | null;
  /** BCP 47, `null` when the provider names none. */
  readonly locale: string | null;
}

/** The key is global, so that two copies of this module on a page understand each other. */
export const jobContext = createContext<JobEnvironment>(Symbol.for('job-elements.context'));
