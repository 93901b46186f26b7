import fs from 'node:fs';
import { fromRoot } from './paths.mjs';

/**
 * The package.json of what is published, `dist/`. The repository's own stays private: it carries the tools, and a Node
 * to run them.
 */
export function publishedManifest() {
  const own = JSON.parse(fs.readFileSync(fromRoot('package.json'), 'utf8'));
  const entry = (/** @type {string} */ path) => ({ types: `./${path}.d.ts`, default: `./${path}.js` });
  /** @type {Record<string, unknown>} */
  const exports = {
    '.': entry('index'),
    './define': entry('define'),
    './api': entry('api'),
    './bulk': entry('api/bulk'),
    './templates': entry('api/templates'),
    './generate': entry('api/generate'),
    './schema': entry('api/schema'),
    './socket-io': entry('channels/socket-io'),
  };
  for (const file of fs.globSync('src/elements/*/define.ts', { cwd: fromRoot() }).sort()) {
    const name = file.split(/[\\/]/).at(-2);
    exports[`./elements/${name}`] = entry(`elements/${name}/${name}`);
    exports[`./elements/${name}/define`] = entry(`elements/${name}/define`);
  }
  exports['./cdn/*'] = './cdn/*';
  exports['./custom-elements.json'] = './custom-elements.json';
  exports['./package.json'] = './package.json';
  return {
    name: own.name,
    version: own.version,
    description: own.description,
    license: own.license,
    keywords: ['web-components', 'custom-elements', 'lit', 'job', 'progress', 'status'],
    type: 'module',
    exports,
    types: './index.d.ts',
    customElements: 'custom-elements.json',
    sideEffects: ['./define.js', './elements/*/define.js', './cdn/*.js'],
    files: ['**/*.js', '**/*.d.ts', '**/*.js.map', '**/third-party-licenses.md', 'custom-elements.json', '!demo'],
    dependencies: own.dependencies,
  };
}
