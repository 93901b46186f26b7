import { defineElement } from '../shared/define-element.ts';
import { JobStatus } from './job-status.ts';

defineElement('job-status', JobStatus);

declare global {
  interface HTMLElementTagNameMap {
    'job-status': JobStatus;
  }
}
