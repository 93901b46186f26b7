import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { build as bundle } from 'esbuild';
import { build as viteBuild } from 'vite';
import { firstFiles } from '../../scripts/lib/budget.mjs';
import { fromRoot } from '../../scripts/lib/paths.mjs';

export interface Contender {
  readonly name: string;
  /** Its file in `bench/peers`, without what comes after the dot. */
  readonly entry: string;
  /** The widgets' own bundle is loaded beside it. */
  readonly widgets: boolean;
  /** Ways to many jobs at once that its backend offers; without one it is a fetch per job. */
  readonly offers?: 'batch' | 'events';
  /** Of the widgets, where it is no row like the peers': a card with the same in it, or the whole card. */
  readonly look?: 'card' | 'whole';
}

export const WIDGETS: Contender = { name: 'job-elements, a fetch per job', entry: 'widgets', widgets: true };
export const WIDGETS_BATCH: Contender = { name: 'job-elements, batch', entry: 'widgets', widgets: true, offers: 'batch' };
export const WIDGETS_CARD: Contender = { name: 'job-elements, batch, as cards', entry: 'widgets', widgets: true, offers: 'batch', look: 'card' };
export const WIDGETS_WHOLE: Contender = { name: 'job-elements, batch, cards with times and buttons', entry: 'widgets', widgets: true, offers: 'batch', look: 'whole' };
export const WIDGETS_EVENTS: Contender = { name: 'job-elements, events', entry: 'widgets', widgets: true, offers: 'events' };
export const REACT: Contender = { name: 'React 19 + React Query', entry: 'react-query', widgets: false };
export const PREACT: Contender = { name: 'Preact + query-core', entry: 'preact-query', widgets: false };
export const HAND: Contender = { name: 'hand-written DOM, a fetch per job', entry: 'hand', widgets: false };

export const folder = fromRoot('.cache', 'bench');
const FILES: Record<string, string> = { 'widgets': 'widgets.js', 'react-query': 'react-query.jsx', 'preact-query': 'preact-query.jsx', 'hand': 'hand.js' };

/** Makes the peers as they would be shipped: minified, their libraries' production builds. */
export async function buildPeers(): Promise<void> {
  for (const [entry, file] of Object.entries(FILES)) {
    await bundle({
      entryPoints: [fromRoot('bench', 'peers', file)],
      outfile: join(folder, 'peers', `${entry}.js`),
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      define: { 'process.env.NODE_ENV': '"production"' },
      jsx: 'automatic',
      jsxImportSource: entry === 'preact-query' ? 'preact' : 'react',
      legalComments: 'none',
    });
  }
}

export interface WidgetBundle {
  readonly folder: string;
  /** What a page with one `<job-status>` loads before it shows anything. */
  readonly first: readonly string[];
}

/** Makes the script-tag bundle from the sources as they are now, beside the one in `dist/`. */
export async function buildWidgets(): Promise<WidgetBundle> {
  const outDir = join(folder, 'widgets');
  await viteBuild({ root: fromRoot(), configFile: fromRoot('vite.config.ts'), mode: 'cdn', logLevel: 'warn', build: { outDir } });
  const manifestFile = join(folder, 'widgets.json');
  renameSync(join(outDir, 'manifest.json'), manifestFile);
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Parameters<typeof firstFiles>[0];
  return { folder: outDir, first: firstFiles(manifest) };
}

const STYLE = `body { margin: 8px; font: 14px sans-serif } .row { display: flex; gap: 8px; height: 24px } .title { width: 12em } job-status { margin-block-end: 4px }`;

/** The page of a contender. */
export function pageOf({ entry, widgets }: Contender): string {
  const script = (src: string): string => `<script type="module" src="${src}"></script>`;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bench</title><link rel="icon" href="data:,"><style>${STYLE}</style><main></main>${widgets ? script('/widgets/job-elements.js') : ''}${script(`/peers/${entry}.js`)}</html>`;
}
