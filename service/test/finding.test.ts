import { findingSuite } from './suites/finding.ts';
import { historySuite } from './suites/history.ts';
import { walkingSuite } from './suites/walking.ts';

findingSuite('the embedded database', async () => ({}));
historySuite('the embedded database', async () => ({}));
walkingSuite('the embedded database', async () => ({}));
