/** Registers every element. */
import './elements/job-player/define.ts';
