import { defineElement } from '../shared/define-element.ts';
import { JobNotifications } from './job-notifications.ts';

defineElement('job-notifications', JobNotifications);

declare global {
  interface HTMLElementTagNameMap {
    'job-notifications': JobNotifications;
  }
}
