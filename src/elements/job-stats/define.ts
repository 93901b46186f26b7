import { defineElement } from '../shared/define-element.ts';
import { JobStats } from './job-stats.ts';

defineElement('job-stats', JobStats);

declare global {
  interface HTMLElementTagNameMap {
    'job-stats': JobStats;
  }
}
