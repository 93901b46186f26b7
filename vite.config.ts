import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minifyHTMLLiterals } from 'minify-literals';
import { defineConfig } from 'vite';
import type { Plugin, UserConfig } from 'vite';
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

/**
 * What `<job-status>` is built on, every other element needs, too: it lies in one file, which is fetched beside the first
 * element's own code and not after it. What is only imported dynamically is not part of it.
 */
function groundOf(entry: string): (id: string, graph: ModuleGraph) => string | null {
  const own = dirname(entry);
  let ground: Set<string> | null = null;
  const collect = (id: string, graph: ModuleGraph, found: Set<string>): Set<string> => {
    if (found.has(id)) return found;
    found.add(id);
    for (const next of graph.getModuleInfo(id)?.importedIds ?? []) collect(next, graph, found);
    return found;
  };
  return (id, graph) => {
    ground ??= collect(entry, graph, new Set());
    return ground.has(id) && !id.startsWith(`${own}/`) ? 'shared' : null;
  };
}

/** Everything in one folder, for a script tag: a small loader and what it fetches when a page uses it. */
function scriptTag(): UserConfig {
  return {
    publicDir: false,
    plugins: [minifyTemplates()],
    build: {
      ...build,
      outDir: path('dist/cdn'),
      manifest: 'manifest.json',
      lib: { formats: ['es'], entry: path('src/cdn.ts'), fileName: () => 'job-elements.js' },
      rolldownOptions: {
        checks: QUIET,
        output: {
          // An element's file is called after the element.
          chunkFileNames: ({ name, facadeModuleId }) => `${name === 'define' ? facadeModuleId?.split('/').at(-2) : name}-[hash].js`,
          minify: true,
          codeSplitting: { groups: [{ name: groundOf(path('src/elements/job-status/define.ts')) }] },
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
