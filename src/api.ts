/** The job API without any element: the client, the plain functions, the types of the wire. Runs in browsers and in Node. */
export * from './api/functions.ts';
export { JobClient } from './api/job-client.ts';
export { DEFAULT_BASE_URL } from './api/urls.ts';
export type { CreateOptions, JobClientOptions, JobListQuery } from './api/job-client.ts';
export { JobApiError } from './core/errors.ts';
export type { FieldError, JobApiErrorInit, JobErrorCode } from './core/errors.ts';
export type { Job, JobLinks, JobOutput, JobStatusName, JobStep, KnownJobStatus } from './core/job.ts';
