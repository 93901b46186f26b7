import { templatesSuite } from './suites/templates.ts';

templatesSuite('the embedded database', async () => ({}));
