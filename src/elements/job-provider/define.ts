import { defineElement } from '../shared/define-element.ts';
import { JobProvider } from './job-provider.ts';

defineElement('job-provider', JobProvider);

declare global {
  interface HTMLElementTagNameMap {
    'job-provider': JobProvider;
  }
}
