import { defineElement } from '../shared/define-element.ts';
import { JobErrorBoundary } from './job-error-boundary.ts';

defineElement('job-error-boundary', JobErrorBoundary);

declare global {
  interface HTMLElementTagNameMap {
    'job-error-boundary': JobErrorBoundary;
  }
}
