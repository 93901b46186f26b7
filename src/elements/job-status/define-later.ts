/** For elements that show details of a job when they are asked to. Only ever imported dynamically. */
export { JobStatus } from './job-status.ts';
import './define.ts';
