import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadedWith } from '../../support/modules.ts';

describe('the code for many videos', () => {
  for (const entry of ['src/elements/job-status/define.ts', 'src/elements/job-create-form/define.ts']) {
    it(`is not loaded with ${entry.split('/')[2]}, nor is what it is built on`, () => {
      const { files, packages } = loadedWith(entry);
      assert.deepEqual([...files].filter((file) => file.includes('/bulk/')), []);
      assert.deepEqual([...packages].filter((name) => /^(papaparse|idb-keyval|zod)(\/|$)/.test(name)), []);
    });
  }

  it('loads the parser when a file needs it, and the database when there is something to keep', () => {
    const { packages } = loadedWith('src/elements/job-create-form/bulk/register.ts');
    assert.deepEqual([...packages].filter((name) => /^(papaparse|idb-keyval)(\/|$)/.test(name)), []);
  });
});
