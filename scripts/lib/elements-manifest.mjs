// @ts-expect-error: the analyzer comes without types
import { cli } from '@custom-elements-manifest/analyzer/cli.js';
import { root } from './paths.mjs';

/**
 * The custom-elements manifest: what the class comments and properties say, by the modules' paths in `src/`.
 * @returns {Promise<object>}
 */
export function describeElements() {
  return cli({ argv: ['analyze'], cwd: root, noWrite: true });
}
