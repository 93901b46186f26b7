/**
 * Imported first by the scripts that need the newer Node. npm runs them on the one in `node_modules/.bin`; whoever starts
 * a script by hand with an older one is taken there.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { fromRoot } from './paths.mjs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const bin = fromRoot('node_modules', '.bin');
process.env.PATH = `${bin}${delimiter}${process.env.PATH ?? ''}`;

if (major < 22 || (major === 22 && minor < 18)) {
  const bundled = fromRoot('node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (!existsSync(bundled)) {
    console.error(`Node ${process.version} is too old for this. Run \`npm run bootstrap\` first.`);
    process.exit(1);
  }
  const result = spawnSync(bundled, process.argv.slice(1), { stdio: 'inherit', shell: process.platform === 'win32' });
  process.exit(result.status ?? 1);
}
