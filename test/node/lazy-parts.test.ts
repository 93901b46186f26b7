import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importsOf, loadedWith } from '../support/modules.ts';

/** Everything that can ever be loaded from here, now or later. */
function reachableFrom(entry: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const { specifier, target, kind } of importsOf(file)) {
      if (kind === 'type') continue;
      if (target === null) packages.add(specifier);
      else visit(target);
    }
  };
  visit(entry);
  return { files, packages };
}

const OF_THE_FORM = /^src\/(api\/(schema|bulk|templates|generate)\.ts|elements\/job-create-form\/)/;
const HEAVY = /^(zod|papaparse|idb-keyval)(\/|$)/;

describe('parts that are loaded when they are needed', () => {
  it('<job-status> never loads zod, CSV or the form, not even later', () => {
    const { files, packages } = reachableFrom('src/elements/job-status/define.ts');
    assert.deepEqual([...files].filter((file) => OF_THE_FORM.test(file)), []);
    assert.deepEqual([...packages].filter((name) => HEAVY.test(name)), []);
  });

  it('the form comes without zod, voices, the calls that few need, and the part for many', () => {
    const { files, packages } = loadedWith('src/elements/job-create-form/define.ts');
    assert.deepEqual([...packages].filter((name) => HEAVY.test(name)), []);
    const later = /^src\/(api\/(schema|bulk|templates|generate|offers)\.ts|elements\/job-create-form\/(bulk\/|voices\.ts|service-presets\.ts|sync-fallback\.ts))/;
    assert.deepEqual([...files].filter((file) => later.test(file)), []);
    const all = reachableFrom('src/elements/job-create-form/define.ts');
    assert.ok(all.packages.has('zod') && all.files.has('src/elements/job-create-form/bulk/register.ts'), 'they can come');
  });
});
