import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { DataDirectoryInUseError } from '../src/db/data-lock.ts';
import { openPglite } from '../src/db/pglite.ts';
import { lifecycleSuite } from './suites/lifecycle.ts';
import { fakeRender } from './support/fake-render.ts';
import { openTestService } from './support/in-process.ts';
import { temporaryFolder } from './support/real-process.ts';

lifecycleSuite('the embedded database', async () => ({}));

describe('the embedded database', { timeout: 60_000 }, () => {
  it('makes a template once, copies it afterwards, and opens one data directory once', async () => {
    const data = temporaryFolder();
    const cache = temporaryFolder();
    const open = (name: string) => openPglite({ dataDirectory: join(data.path, name), cacheDirectory: join(cache.path, 'made', 'later') });
    const first = await open('first');
    await first.query('CREATE TABLE kept (id integer)');
    assert.match(readdirSync(join(cache.path, 'made', 'later')).join(), /^pglite-[\d.]+$/);
    await assert.rejects(open('first'), DataDirectoryInUseError);
    await first.close();
    const second = await open('second');
    assert.deepEqual(await second.query(`SELECT to_regclass('kept') AS found`), [{ found: null }]);
    await second.close();
    const again = await open('first');
    assert.deepEqual(await again.query('SELECT count(*)::int AS rows FROM kept'), [{ rows: 0 }]);
    await again.close();
    data.remove();
    cache.remove();
  });

  it('works where the cache cannot be written', async () => {
    const data = temporaryFolder();
    const database = await openPglite({ dataDirectory: data.path, cacheDirectory: '/dev/null/cache' });
    assert.deepEqual(await database.query('SELECT 1 AS one'), [{ one: 1 }]);
    await database.close();
    data.remove();
  });

  it('refuses tables that a newer version made', async () => {
    const data = temporaryFolder();
    const test = await openTestService({ render: fakeRender().render, dataDirectory: data.path });
    await test.service.db.query(`INSERT INTO job_service.migrations (version, name) VALUES (99, 'the future')`);
    await test.stop();
    await assert.rejects(openTestService({ render: fakeRender().render, dataDirectory: data.path }), /made by a newer version/);
    data.remove();
  });

  it('gives up a job that took its process down too often', async () => {
    const data = temporaryFolder();
    const fake = fakeRender();
    const first = await openTestService({ render: fake.render, dataDirectory: data.path });
    const [often, once] = [await first.create(), await first.create()];
    await Promise.all([fake.next(), fake.next()]);
    await first.stop();
    const database = await openPglite({ dataDirectory: data.path, cacheDirectory: data.path });
    await database.query(`UPDATE job_service.jobs SET status = 'processing', crashes = CASE WHEN id = $1 THEN 10 ELSE 0 END`, [often]);
    await database.close();
    const second = await openTestService({ render: fake.render, dataDirectory: data.path });
    const failed = await second.jobIn(often!, 'failure');
    assert.match(failed.error ?? '', /too often/);
    assert.ok(failed.links?.retry);
    const again = await fake.next();
    assert.equal(again.jobId, once);
    // Once put back in order, once lost.
    assert.equal((await second.job(once!)).retry_count, 2);
    await again.finish();
    await second.jobIn(once!, 'success');
    assert.ok(!existsSync(join(data.path, 'pg.new')));
    await second.stop();
    data.remove();
  });
});
