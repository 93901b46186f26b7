import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { minifyHTMLLiterals } from 'minify-literals';
import { minify } from 'terser';
import { defineConfig } from 'vite';
import type { Plugin, Rolldown, UserConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const dependencies = Object.keys(manifest.dependencies);

/** White space and comments inside the html and css templates are bytes that nobody sees. */
function minifyTemplates(): Plugin {
  return {
    name: 'minify-templates',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/.*\.ts$/ },
      async handler(code, id) {
        return minifyHTMLLiterals(code, { fileName: id });
      },
    },
  };
}

/**
 * What makes the object that a dynamic `import()` gives lies in a file of its own, which a page would ask for only once the one that needs
 * it has come. It is one line, so each has its own; on the line of the import, which keeps the source maps right.
 */
function withOwnNamespaces(code: string): string {
  const helper =
    'const __exportAll = (all) => Object.defineProperties({}, Object.fromEntries(Object.entries(all).map(([name, get]) => [name, { get, enumerable: true }])));';
  return code.replace(/^import \{ \w+ as __exportAll \} from ".*rolldown-runtime.*";$/m, helper);
}

/**
 * Firefox asks no second time for a module that could not be loaded, for as long as the page lives. With another fragment it is another
 * module to it, from the same address: one that all share who have lost the first, and another when that is lost, too.
 */
function withSecondTries(code: string): string {
  const trying = code.replace(/\bimport\(("\.\/[^"]+")\)/g, '__try($1)');
  const helper = `let __lost = 0;
function __try(address) {
  return import(address).catch((error) => {
    if (!/^error load/.test(error.message)) throw error;
    return import(address + "#" + __lost).catch((again) => {
      __lost++;
      throw again;
    });
  });
}`;
  return trying === code ? code : `${trying}\n${helper}`;
}

/**
 * Two hundredths smaller than the bundler's own, which also keeps its notes on what is pure: the bundler of a page wants
 * those, not a page.
 */
function minifyScripts(): Plugin {
  return {
    name: 'minify-scripts',
    apply: 'build',
    async renderChunk(code) {
      const { code: small, map } = await minify(withSecondTries(withOwnNamespaces(code)), { module: true, compress: { passes: 3, keep_fargs: false }, format: { comments: false }, sourceMap: { asObject: true } });
      return { code: small as string, map: map as Rolldown.SourceMapInput };
    },
  };
}

/** The licences of bundled packages ask to go along with their code. */
const license = { fileName: 'third-party-licenses.md' };

const build: UserConfig['build'] = { target: 'es2022', license, sourcemap: true, emptyOutDir: true, reportCompressedSize: false, modulePreload: { polyfill: false } };

/** Making templates small takes its time; nobody needs to be told. */
const QUIET = { pluginTimings: false };

/** One JavaScript module per source module, for bundlers: packages stay imports. `scripts/build.mjs` moves it to `dist/`. */
function library(): UserConfig {
  const sources = globSync('src/**/*.ts', { cwd: path('.'), exclude: (name) => String(name).endsWith('.d.ts') || name === 'cdn.ts' });
  return {
    publicDir: false,
    build: {
      ...build,
      outDir: path('dist/lib'),
      minify: false,
      lib: { formats: ['es'], entry: sources.map((source) => path(source)) },
      rolldownOptions: {
        checks: QUIET,
        external: (id) => dependencies.some((name) => id === name || id.startsWith(`${name}/`)),
        output: {
          preserveModules: true,
          preserveModulesRoot: path('src'),
          // npm leaves every folder named node_modules out of what it packs.
          entryFileNames: ({ name }) => `${name.replace(/^_virtual\/.*\//, '_virtual/').replace(/^.*node_modules\//, 'vendor/')}.js`,
        },
      },
    },
  };
}

interface ModuleGraph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

/** All that is loaded with `entry`. What is only imported dynamically is not part of it. */
function loadedWith(entry: string, graph: ModuleGraph, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(entry)) return found;
  found.add(entry);
  for (const next of graph.getModuleInfo(entry)?.importedIds ?? []) loadedWith(next, graph, found);
  return found;
}

/** Whether a module is loaded with one of `entries`. */
function groundOf(...entries: string[]): (id: string, graph: ModuleGraph) => boolean {
  let ground: ReadonlySet<string> | null = null;
  return (id, graph) => (ground ??= new Set(entries.flatMap((entry) => [...loadedWith(entry, graph)]))).has(id);
}

/** What is asked for as soon as the first picture is under way. */
const LATER = [path('src/elements/job-status/details.ts'), path('src/controllers/store-code.ts')];

/**
 * `<job-status>`, what it is built on, which all other elements need, too, and the search for those lie in one file: it packs better
 * than several, and is fetched beside an element's own code, not after it. The entry itself only names it: with a `?version` after
 * its address, a page would load it a second time. What the second stage and the store are built on lies in another.
 */
function sharedFiles(): { name: (id: string, graph: ModuleGraph) => string | null; priority: number }[] {
  const first = groundOf(path('src/cdn.ts'));
  const second = groundOf(...LATER);
  return [
    { name: (id, graph) => (first(id, graph) ? 'shared' : null), priority: 2 },
    { name: (id, graph) => (second(id, graph) ? 'later' : null), priority: 1 },
  ];
}

/** Everything in one folder, for a script tag: a small loader and what it fetches when a page uses it. */
function scriptTag(): UserConfig {
  return {
    publicDir: false,
    plugins: [minifyTemplates(), minifyScripts()],
    build: {
      ...build,
      outDir: path('dist/cdn'),
      minify: false,
      manifest: 'manifest.json',
      lib: { formats: ['es'], entry: path('src/cdn.ts'), fileName: () => 'job-elements.js' },
      rolldownOptions: {
        checks: QUIET,
        // What is passed as a constant from file to file costs more than its value.
        optimization: { inlineConst: { mode: 'all', pass: 2 } },
        output: {
          // Left as `minifyScripts` made them.
          minify: false,
          // An element's file is called after the element.
          chunkFileNames: ({ name, facadeModuleId }) => `${name === 'define' ? facadeModuleId?.split('/').at(-2) : name}-[hash:6].js`,
          codeSplitting: { groups: sharedFiles() },
        },
      },
    },
  };
}

/** The page that the service shows at its root. */
function demo(): UserConfig {
  return {
    plugins: [minifyTemplates()],
    build: { ...build, outDir: path('dist/demo'), rolldownOptions: { checks: QUIET, input: path('index.html') } },
  };
}

const modes: Record<string, () => UserConfig> = { lib: library, cdn: scriptTag, demo };

export default defineConfig(({ mode }) => modes[mode]?.() ?? {});
