export { JobPlayer } from './elements/job-player/job-player.ts';
