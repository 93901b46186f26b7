import { findingSuite } from './suites/finding.ts';
import { historySuite } from './suites/history.ts';

findingSuite('the embedded database', async () => ({}));
historySuite('the embedded database', async () => ({}));
