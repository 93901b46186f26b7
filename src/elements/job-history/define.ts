import { defineElement } from '../shared/define-element.ts';
import { JobHistory } from './job-history.ts';

defineElement('job-history', JobHistory);

declare global {
  interface HTMLElementTagNameMap {
    'job-history': JobHistory;
  }
}
