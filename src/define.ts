/** Registers every element. */
import './elements/job-create-form/define.ts';
import './elements/job-error-boundary/define.ts';
import './elements/job-history/define.ts';
import './elements/job-notifications/define.ts';
import './elements/job-player/define.ts';
import './elements/job-provider/define.ts';
import './elements/job-stats/define.ts';
import './elements/job-status/define.ts';
