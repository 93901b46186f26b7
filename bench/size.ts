/** `npm run bench:size`: what a page with one job loads before it shows anything, and which modules it goes to. */
import { existsSync, readFileSync } from 'node:fs';
import type { SourceMapPayload } from 'node:module';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { compressedSize } from '../scripts/lib/budget.mjs';
import { buildPeers, buildWidgets, folder, HAND, PREACT, REACT } from './lib/contenders.ts';
import { table } from './lib/table.ts';

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

/** Minified bytes of each source, by the source map; what the map gives to no source is the bundler's own. */
function bytesBySource(bundle: string, file: string): Map<string, number> {
  const code = readFileSync(join(bundle, file), 'utf8');
  // A file that only names another comes without one.
  if (!existsSync(join(bundle, `${file}.map`))) return new Map([['', Buffer.byteLength(code)]]);
  const map = new SourceMap(JSON.parse(readFileSync(join(bundle, `${file}.map`), 'utf8')) as SourceMapPayload);
  const bytes = new Map<string, number>();
  for (const [line, text] of code.split('\n').entries()) {
    if (text.startsWith('//# sourceMappingURL')) continue;
    for (let column = 0; column < text.length; column++) {
      const entry = map.findEntry(line, column);
      const source = 'originalSource' in entry ? entry.originalSource : '';
      bytes.set(source, (bytes.get(source) ?? 0) + Buffer.byteLength(text[column] as string));
    }
  }
  return bytes;
}

/** `src/core/eta.ts`, or the package's name. */
function moduleName(source: string): string {
  const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1];
  return inPackage ?? /src\/.*/.exec(source)?.[0] ?? "the bundler's own";
}

await buildPeers();
const widgets = await buildWidgets();
const ours = compressedSize(widgets.folder, widgets.first);
const pages = [
  { name: 'one <job-status> by script tag', ...ours },
  ...[PREACT, REACT, HAND].map(({ name, entry }) => ({ name: `a bare row: ${name}`, ...compressedSize(join(folder, 'peers'), [`${entry}.js`]) })),
];
console.log('Before the first paint; every file compressed by itself.\n');
console.log(
  table(
    ['page', 'gzip', 'brotli', 'minified', 'ours, of its gzip'],
    pages.map(({ name, gzip, brotli, raw }) => [name, kilobytes(gzip), kilobytes(brotli), kilobytes(raw), (ours.gzip / gzip).toFixed(2)]),
  ),
);

const modules = new Map<string, number>();
for (const file of widgets.first) {
  for (const [source, bytes] of bytesBySource(widgets.folder, file)) {
    const name = moduleName(source);
    modules.set(name, (modules.get(name) ?? 0) + bytes);
  }
}
const sorted = [...modules].toSorted(([, a], [, b]) => b - a);
console.log(`\nMinified bytes by module, of ${widgets.first.length} files.\n`);
console.log(table(['module', 'bytes', 'share'], sorted.map(([name, bytes]) => [name, String(bytes), `${((bytes / ours.raw) * 100).toFixed(1)} %`])));
