/** Registers every element. */
import './elements/job-player/define.ts';
import './elements/job-provider/define.ts';
