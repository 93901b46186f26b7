export { JobPlayer } from './elements/job-player/job-player.ts';
export { JobProvider } from './elements/job-provider/job-provider.ts';

export { JobStore } from './store/job-store.ts';
export type { JobStoreOptions } from './store/job-store.ts';
export type { JobEntry } from './store/job-entry.ts';
export type { JobListEntry, JobListQuery, JobListSnapshot } from './store/job-list.ts';
export type { Freshness, JobAction, JobSnapshot } from './store/snapshot.ts';
export { JobController } from './controllers/job-controller.ts';
export { JobListController } from './controllers/job-list-controller.ts';
export { jobContext } from './controllers/job-context.ts';
export type { JobEnvironment } from './controllers/job-context.ts';
export type * from './events/events.ts';
export { JobApiError } from './core/errors.ts';
export type { FieldError, JobErrorCode } from './core/errors.ts';
export { canCancel, canRetry, isFinal } from './core/job.ts';
export type { Job, JobLinks, JobOutput, JobStep } from './core/job.ts';
