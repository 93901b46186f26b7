import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { importsOf, loadedWith, readSource, sources } from '../support/modules.ts';

const root = resolve(import.meta.dirname, '../..');

/** Which folders of `src/` each folder may import from, itself aside. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  core: [],
  api: ['core'],
  channels: ['api', 'core'],
  store: ['channels', 'api', 'core'],
  i18n: ['core'],
  events: ['store', 'api', 'core'],
  controllers: ['store', 'channels', 'api', 'core'],
  elements: ['controllers', 'store', 'channels', 'api', 'core', 'i18n', 'events'],
  react: ['elements', 'controllers', 'store', 'channels', 'api', 'core', 'i18n', 'events'],
};

/** What the service may run of the widgets' code. */
const SCHEMAS: readonly string[] = ['src/api/schema.ts', 'src/api/extended-schema.ts'];

const files = sources('src');
const folderOf = (file: string): string => file.split('/')[1] ?? '';
const isEntry = (file: string): boolean => file.split('/').length === 2;

describe('import directions', () => {
  it('knows every folder of src/', () => {
    const unknown = files.filter((file) => !isEntry(file) && !(folderOf(file) in MAY_IMPORT));
    assert.deepEqual(unknown, []);
  });

  it('goes right, never left', () => {
    const wrong = files
      .filter((file) => !isEntry(file))
      .flatMap((file) =>
        importsOf(file)
          .filter(({ target }) => target !== null)
          .filter(({ target }) => {
            const to = folderOf(target!);
            return !target!.startsWith('src/') || isEntry(target!) || (to !== folderOf(file) && !MAY_IMPORT[folderOf(file)]!.includes(to));
          })
          .map(({ specifier }) => `${file} imports ${specifier}`),
      );
    assert.deepEqual(wrong, []);
  });

  it('names files with their extension, and only files that exist', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter(({ target }) => target !== null && (!target.endsWith('.ts') || !existsSync(resolve(root, target))))
        .map(({ specifier }) => `${file} imports ${specifier}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('has no cycles, types included', () => {
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
        return;
      }
      state.set(file, 'open');
      for (const { target, kind } of importsOf(file)) {
        if (target !== null && kind !== 'dynamic') visit(target, [...path, file]);
      }
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    assert.deepEqual(cycles, []);
  });

  it('the service takes the wire types and the schemas of the wire from the widgets, nothing else', () => {
    const wrong = sources('service/src').flatMap((file) =>
      importsOf(file)
        .filter(({ target }) => target !== null && !target.startsWith('service/') && !SCHEMAS.includes(target))
        .filter(({ target, kind }) => kind !== 'type' || !['src/api/wire.ts', 'src/core/job.ts'].includes(target!))
        .map(({ specifier }) => `${file} imports ${specifier}`),
    );
    assert.deepEqual(wrong, []);
  });
});

describe('core', () => {
  it('needs no package', () => {
    const wrong = files
      .filter((file) => folderOf(file) === 'core')
      .flatMap((file) => importsOf(file).filter(({ target }) => target === null).map(({ specifier }) => `${file} imports ${specifier}`));
    assert.deepEqual(wrong, []);
  });

  it('knows no DOM and no fetch: it compiles with the language alone and timers', () => {
    const tsc = resolve(root, 'node_modules/typescript/bin/tsc');
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', 'test/node/tsconfig.core.json'], { cwd: root, encoding: 'utf8' });
    assert.equal(status, 0, stdout);
  });
});

describe('what a page loads', () => {
  const entry = 'src/elements/job-status/define.ts';

  it('zod is not loaded with <job-status>', () => {
    const { files: loaded, packages } = loadedWith(entry);
    assert.deepEqual([...packages].filter((name) => /^zod(\/|$)/.test(name)), []);
    assert.ok(!loaded.has('src/api/schema.ts'));
  });

  it('the player is not loaded with <job-status>', () => {
    const { packages } = loadedWith(entry);
    assert.deepEqual([...packages].filter((name) => !/^(lit|@lit\/[a-z-]+)(\/|$)/.test(name)), []);
  });

  it('importing classes registers nothing', () => {
    const { files: loaded } = loadedWith('src/index.ts');
    assert.deepEqual([...loaded].filter((file) => /(^|\/)define\.ts$/.test(file)), []);
    const registering = files.filter((file) => /@customElement\(|customElements\.define\(/.test(readSource(file)));
    assert.deepEqual(registering, ['src/elements/shared/define-element.ts'], 'all go through the one function that looks first');
  });

  it('define.ts registers every element, and so does the script-tag bundle', () => {
    const elements = sources('src/elements/*').filter((file) => file.endsWith('/define.ts'));
    const { files: loaded } = loadedWith('src/define.ts');
    assert.deepEqual(elements.filter((file) => !loaded.has(file)), []);
    const later = importsOf('src/cdn.ts').map(({ target }) => target);
    assert.deepEqual(elements.filter((file) => !later.includes(file)), []);
  });
});

describe('files', () => {
  it('are split before they pass 400 lines', () => {
    const long = [...files, ...sources('service/src')].filter((file) => readSource(file).split('\n').length > 401);
    assert.deepEqual(long, []);
  });
});
