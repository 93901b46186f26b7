import fs from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { fromRoot } from './paths.mjs';

/**
 * The files that are loaded for `entries` before any of their code asks for more.
 * @param {Record<string, { file: string, imports?: string[] }>} manifest as Vite writes it
 * @param {readonly string[]} entries
 */
function staticFiles(manifest, entries) {
  const seen = new Set();
  const visit = (/** @type {string} */ key) => {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`The script-tag bundle has no chunk for ${key}.`);
    if (seen.has(chunk.file)) return;
    seen.add(chunk.file);
    chunk.imports?.forEach(visit);
  };
  entries.forEach(visit);
  return [...seen];
}

/**
 * What a page with one `<job-status>` loads by script tag before any of its code asks for more.
 * @param {Parameters<typeof staticFiles>[0]} manifest
 */
export const firstFiles = (manifest) => staticFiles(manifest, ['src/cdn.ts']);

/**
 * Bytes on the wire, each file compressed by itself as a server does it.
 * @param {string} folder
 * @param {readonly string[]} files
 */
export function compressedSize(folder, files) {
  const size = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
    const bytes = fs.readFileSync(join(folder, file));
    size.raw += bytes.length;
    size.gzip += gzipSync(bytes, { level: 9 }).length;
    size.brotli += brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  }
  return size;
}

/** @param {number} bytes */
export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/**
 * Compares what a page with one `<job-status>` loads by script tag before it shows anything with the budget in package.json;
 * `false` when it is over.
 */
export function checkBudget() {
  const folder = fromRoot('dist', 'cdn');
  const manifest = JSON.parse(fs.readFileSync(fromRoot('dist', '.made', 'cdn.json'), 'utf8'));
  const budget = JSON.parse(fs.readFileSync(fromRoot('package.json'), 'utf8')).budgets['job-status'];
  const files = firstFiles(manifest);
  const size = compressedSize(folder, files);
  const everything = compressedSize(folder, fs.globSync('*.js', { cwd: folder }));
  console.log(`a page with one <job-status>: ${kilobytes(size.gzip)} gzip, ${kilobytes(size.brotli)} brotli, in ${files.length} files; its budget is ${kilobytes(budget)} gzip`);
  console.log(`all elements, the player and every language: ${kilobytes(everything.gzip)} gzip, ${kilobytes(everything.brotli)} brotli`);
  if (size.gzip > budget) console.error('The first load of <job-status> is over its budget.');
  return size.gzip <= budget;
}
