import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { jobShelf } from '../../../src/store/job-shelf.ts';
import { jobList } from '../../../src/store/job-list.ts';
import { oneLess, oneMore, pagedBackend, PAGED_IDS } from '../../support/paged-backend.ts';
import { slowFetch, world } from './world.ts';

const { signal } = new AbortController();
/** More than an answer has. */
const NEW = Array.from({ length: 120 }, (_, index) => ({ job_id: `new-${index}`, status: 'success', progress: 1 }));

function shelfOver(backend: { fetch: typeof fetch }) {
  const { store, clock } = world({ store: { fetch: backend.fetch } });
  const shelf = jobShelf(store, 'user-1');
  const leave = shelf.subscribe(() => {});
  return { shelf, clock, store, leave, ids: () => shelf.jobs.map(({ id }) => id) };
}

describe('a shelf that goes further', () => {
  it('goes on at its end by the cursor that the backend gave, and misses nothing while jobs are made', async () => {
    const backend = pagedBackend({ cursors: () => 'knows', before: oneMore });
    const { shelf, ids } = shelfOver(backend);
    await shelf.read(signal);
    assert.deepEqual([ids(), shelf.complete], [PAGED_IDS.slice(0, 100), false]);
    shelf.goFurther();
    await shelf.read(signal);
    assert.deepEqual([ids(), shelf.complete], [['new-2', ...PAGED_IDS], true]);
    assert.deepEqual(backend.asked(), ['page 1', 'page 1', 'after 99', 'after 199']);
  });

  it('misses nothing while jobs are removed', async () => {
    const backend = pagedBackend({ cursors: () => 'knows', before: oneLess });
    const { shelf, ids } = shelfOver(backend);
    shelf.goFurther();
    await shelf.read(signal);
    assert.deepEqual([ids(), shelf.complete], [PAGED_IDS, true]);
    assert.deepEqual(backend.asked(), ['page 1', 'after 99', 'after 199']);
  });

  it('goes by page numbers on a backend that knows no cursors', async () => {
    const backend = pagedBackend({ before: oneMore });
    const { shelf, ids } = shelfOver(backend);
    shelf.goFurther();
    await shelf.read(signal);
    assert.deepEqual([PAGED_IDS.filter((id) => !ids().includes(id)), shelf.complete], [[], true]);
    assert.deepEqual(backend.asked(), ['page 1', 'page 2', 'page 3']);
  });

  for (const does of ['none', 'refuses', 'tells but ignores'] as const) {
    it(`goes by page numbers when the backend gives a cursor and then: ${does}`, async () => {
      const backend = pagedBackend({ cursors: (request) => (request < 3 ? 'knows' : does) });
      const { shelf, ids } = shelfOver(backend);
      await shelf.read(signal);
      shelf.goFurther();
      await shelf.read(signal);
      assert.deepEqual([ids(), shelf.complete], [PAGED_IDS, true]);
      assert.deepEqual(backend.asked(), ['page 1', 'page 1', 'after 99', 'page 2', 'page 3']);
    });
  }

  it('comes to the end of a backend that gives fewer at once than it is asked for', async () => {
    const { shelf, ids } = shelfOver(pagedBackend({ most: 60 }));
    shelf.goFurther();
    await shelf.read(signal);
    assert.deepEqual([ids(), shelf.complete], [PAGED_IDS, true]);
  });

  it('begins anew at the newest ones when those no longer reach down to it', async () => {
    const backend = pagedBackend({
      cursors: () => 'knows',
      before: (jobs, request) => void (request === 4 && jobs.unshift(...NEW)),
    });
    const { shelf, ids } = shelfOver(backend);
    shelf.goFurther();
    await shelf.read(signal);
    await shelf.read(signal);
    assert.deepEqual([ids(), shelf.complete], [[...NEW.map(({ job_id }) => job_id), ...PAGED_IDS], true]);
  });
});

describe('a shelf that two lists read at once', () => {
  for (const does of ['knows', 'none'] as const) {
    it(`keeps the order when it has begun anew under a reading that goes further; cursors: ${does}`, async () => {
      const backend = pagedBackend({
        cursors: () => does,
        before(jobs, request) {
          // The first one's second answer, and the second one's, come together.
          slow.held = request === 2 || request === 4;
          if (request === 3) jobs.unshift(...NEW);
        },
      });
      const slow = slowFetch(() => backend.fetch);
      const { shelf, ids, clock } = shelfOver(slow);
      shelf.goFurther();
      const first = shelf.read(signal);
      await clock.flush();
      const second = shelf.read(signal);
      await clock.flush();
      slow.release();
      await Promise.all([first, second]);
      assert.deepEqual([ids(), shelf.complete], [[...NEW.map(({ job_id }) => job_id), ...PAGED_IDS], true]);
    });
  }
});

describe('a list that is filtered here', () => {
  it('can be read by who does not subscribe, and keeps nothing', async () => {
    const backend = pagedBackend();
    const { store, clock, leave } = shelfOver(backend);
    leave();
    const read = jobList(store, { userId: 'user-1', q: 'job-99' }).refresh();
    await clock.flush();
    assert.deepEqual((await read).jobs.map(({ id }) => id), ['job-99']);
    assert.deepEqual(backend.asked(), ['page 1', 'page 1']);
    await clock.advance(6_000);
    assert.deepEqual([store.size, clock.pending], [0, 0]);
  });
});
