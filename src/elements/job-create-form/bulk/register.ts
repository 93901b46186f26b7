import { defineElement } from '../../shared/define-element.ts';
import { JobCreateBulk } from './job-create-bulk.ts';

defineElement('job-create-bulk', JobCreateBulk);

declare global {
  interface HTMLElementTagNameMap {
    'job-create-bulk': JobCreateBulk;
  }
}
