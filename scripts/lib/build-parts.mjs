import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';
import { publishedManifest } from './published-manifest.mjs';
import { fromRoot, root } from './paths.mjs';

/**
 * A part of `dist/`. Each is made aside and then put in place, so that whoever reads the old one meanwhile finds it whole.
 * @typedef {{ about: string, inputs: string[], make: (folder: string) => Promise<void>, place: (folder: string) => void }} Part
 */

const SHARED_INPUTS = ['vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json', 'scripts/build.mjs', 'scripts/lib/*.mjs', '*.config.mjs'];

/**
 * A digest of every file that matches.
 * @param {readonly string[]} patterns
 */
export function digest(patterns) {
  const hash = createHash('sha256');
  for (const file of patterns.flatMap((pattern) => fs.globSync(pattern, { cwd: root })).sort()) {
    if (fs.statSync(fromRoot(file)).isFile()) hash.update(`${file}\0`).update(fs.readFileSync(fromRoot(file)));
  }
  return hash.digest('hex');
}

/**
 * @param {string} mode
 * @param {string} outDir
 */
async function vite(mode, outDir) {
  const { build } = await import('vite');
  await build({ root, configFile: fromRoot('vite.config.ts'), mode, logLevel: 'warn', build: { outDir } });
}

/** @param {readonly string[]} args */
function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${args[0]} failed`);
}

/** @param {string} folder */
function emitTypes(folder) {
  const flags = ['--noEmit', 'false', '--emitDeclarationOnly', '--declaration', '--rootDir', 'src', '--outDir', folder];
  run('node_modules/typescript/bin/tsc', '-p', '.', ...flags);
  fs.rmSync(join(folder, 'cdn.d.ts'), { force: true });
  for (const file of fs.globSync('**/*.d.ts', { cwd: folder })) {
    // TypeScript keeps the sources' `.ts` in the paths; beside a declaration stands a `.js`.
    const path = join(folder, file);
    const text = fs.readFileSync(path, 'utf8');
    fs.writeFileSync(path, text.replace(/(from |import\(|import )(['"])(\.{1,2}\/[^'"]+)\.ts\2/g, '$1$2$3.js$2'));
  }
}

/** @param {string} folder */
async function emitElementsManifest(folder) {
  const { describeElements } = await import('./elements-manifest.mjs');
  const text = JSON.stringify(await describeElements(), null, 2);
  fs.writeFileSync(join(folder, 'custom-elements.json'), `${text.replace(/"\/?src\/([^"]+)\.ts"/g, '"$1.js"')}\n`);
}

/** @type {Record<string, Part>} */
export const parts = {
  lib: {
    about: 'modules, types, manifest',
    inputs: ['src/**', 'README.md', 'LICENSE'],
    async make(folder) {
      await vite('lib', folder);
      emitTypes(folder);
      await emitElementsManifest(folder);
      fs.writeFileSync(join(folder, 'package.json'), `${JSON.stringify(publishedManifest(), null, 2)}\n`);
      for (const file of ['README.md', 'LICENSE']) {
        if (fs.existsSync(fromRoot(file))) fs.copyFileSync(fromRoot(file), join(folder, file));
      }
    },
    place(folder) {
      const others = new Set([...Object.keys(parts), '.made']);
      for (const name of fs.readdirSync(fromRoot('dist'))) {
        if (!others.has(name)) fs.rmSync(fromRoot('dist', name), { recursive: true });
      }
      for (const name of fs.readdirSync(folder)) fs.renameSync(join(folder, name), fromRoot('dist', name));
    },
  },
  cdn: {
    about: 'script-tag bundle',
    inputs: ['src/**'],
    async make(folder) {
      await vite('cdn', folder);
      // For the size check, not for those who use the bundle.
      fs.mkdirSync(fromRoot('dist', '.made'), { recursive: true });
      fs.renameSync(join(folder, 'manifest.json'), fromRoot('dist', '.made', 'cdn.json'));
    },
    place: (folder) => replaceFolder(folder, fromRoot('dist', 'cdn')),
  },
  demo: {
    about: 'demo page',
    inputs: ['src/**', 'index.html', 'demo/**', 'public/**'],
    make: (folder) => vite('demo', folder),
    place: (folder) => replaceFolder(folder, fromRoot('dist', 'demo')),
  },
};

/**
 * @param {string} from
 * @param {string} to
 */
function replaceFolder(from, to) {
  fs.rmSync(to, { recursive: true, force: true });
  fs.renameSync(from, to);
}

/** @param {string} name */
export function inputsDigest(name) {
  return digest([...SHARED_INPUTS, ...parts[name].inputs]);
}
