import { bulkSuite } from './suites/bulk.ts';

bulkSuite('the embedded database', async () => ({}));
