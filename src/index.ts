/**
 * The elements' classes, and what stands behind them for pages and elements of your own. Importing this registers nothing:
 * `job-elements/define`, or the `define` of one element, does.
 */
export { JobCreateForm } from './elements/job-create-form/job-create-form.ts';
export { JobErrorBoundary } from './elements/job-error-boundary/job-error-boundary.ts';
export { JobHistory } from './elements/job-history/job-history.ts';
export { JobNotifications } from './elements/job-notifications/job-notifications.ts';
export type { ToastPlace } from './elements/job-notifications/job-notifications.ts';
export { JobPlayer } from './elements/job-player/job-player.ts';
export { JobProvider } from './elements/job-provider/job-provider.ts';
export { JobStats } from './elements/job-stats/job-stats.ts';
export type { StatisticsRange } from './elements/job-stats/job-stats.ts';
export { JobStatus } from './elements/job-status/job-status.ts';
export type { StatusVariant } from './elements/job-status/job-status.ts';

export { EnvironmentController } from './controllers/environment-controller.ts';
export { jobContext } from './controllers/job-context.ts';
export type { JobEnvironment } from './controllers/job-context.ts';
export { JobController } from './controllers/job-controller.ts';
export type { EnvironmentOptions, JobControllerHooks, JobControllerOptions } from './controllers/job-controller.ts';
export { JobListController } from './controllers/job-list-controller.ts';
export type { JobListControllerOptions } from './controllers/job-list-controller.ts';

export type { JobEntry } from './store/job-entry.ts';
export { jobList } from './store/job-list.ts';
export type { JobListEntry, JobListSnapshot } from './store/job-list.ts';
export { JobStore } from './store/job-store.ts';
export type { JobStoreOptions } from './store/job-store.ts';
export type { StatisticsSnapshot } from './store/job-statistics.ts';
export type { EndedCounts, HistoryBucket } from './api/read-history.ts';
export type { Freshness, JobAction, JobSnapshot } from './store/snapshot.ts';

export type { MediaKind, MediaUrlMap } from './api/urls.ts';
export * from './events/events.ts';
export * from './i18n/index.ts';

export { JobApiError } from './core/errors.ts';
export type { FieldError, JobErrorCode } from './core/errors.ts';
export type { Clock } from './core/clock.ts';
export type { Job, JobLinks, JobOutput, JobStatusName, JobStep, KnownJobStatus } from './core/job.ts';
