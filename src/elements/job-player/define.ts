import { JobPlayer } from './job-player.ts';

if (!customElements.get('job-player')) customElements.define('job-player', JobPlayer);

declare global {
  interface HTMLElementTagNameMap {
    'job-player': JobPlayer;
  }
}
