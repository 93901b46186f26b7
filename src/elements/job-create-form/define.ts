import { defineElement } from '../shared/define-element.ts';
import { JobCreateForm } from './job-create-form.ts';
import '../job-status/define.ts';

defineElement('job-create-form', JobCreateForm);

declare global {
  interface HTMLElementTagNameMap {
    'job-create-form': JobCreateForm;
  }
}
