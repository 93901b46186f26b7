/** `node scripts/storybook.mjs dev|build`: the stories, to work on or as a static site in `storybook-static/`. */
import './lib/modern-node.mjs';
import { runNode } from './lib/run.mjs';

const [command = 'dev', ...rest] = process.argv.slice(2);
const cli = 'node_modules/storybook/dist/bin/dispatcher.js';
const env = { STORYBOOK_DISABLE_TELEMETRY: '1' };

if (command === 'dev') {
  process.exitCode = await runNode([cli, 'dev', '--port', '6006', '--host', '127.0.0.1', '--no-open', '--no-version-updates', ...rest], env);
} else if (command === 'build') {
  process.exitCode = await runNode([cli, 'build', '--output-dir', 'storybook-static', ...rest], env);
} else {
  console.error('usage: node scripts/storybook.mjs dev|build');
  process.exitCode = 2;
}
