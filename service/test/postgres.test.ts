import { after, before, describe, it } from 'node:test';
import { lifecycleSuite } from './suites/lifecycle.ts';
import { startPostgres } from './support/postgres.ts';

const server = await startPostgres();

if ('unavailable' in server) {
  it('runs on PostgreSQL', { skip: server.unavailable }, () => undefined);
} else {
  after(() => server.stop());
  lifecycleSuite('PostgreSQL', async () => ({ DATABASE_URL: await server.database('lifecycle') }));
}
void before; void describe;
