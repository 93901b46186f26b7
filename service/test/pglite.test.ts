import { lifecycleSuite } from './suites/lifecycle.ts';

lifecycleSuite('the embedded database', async () => ({}));
