import { defineElement } from '../shared/define-element.ts';
import { JobPlayer } from './job-player.ts';

defineElement('job-player', JobPlayer);

declare global {
  interface HTMLElementTagNameMap {
    'job-player': JobPlayer;
  }
}
