import type { Job } from '../../core/job.ts';

/** The named step that runs, else the message. */
export function currentStep(job: Job): string | null {
  const running = job.steps.find((step) => step.status === 'processing' || step.status === 'started');
  return running?.name ?? job.message;
}
