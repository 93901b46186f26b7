/**
 * `node scripts/build.mjs [lib|cdn|demo …] [--force]`: makes `dist/` and checks its size, or only the parts named. A part
 * whose sources have not changed since it was made is left as it is.
 */
import './lib/modern-node.mjs';
import fs from 'node:fs';
import { checkBudget } from './lib/budget.mjs';
import { inputsDigest, parts } from './lib/build-parts.mjs';
import { fromRoot } from './lib/paths.mjs';

/**
 * @param {string} name
 * @param {boolean} force
 */
async function build(name, force) {
  const part = parts[name];
  const stampFile = fromRoot('dist', '.made', name);
  const stamp = inputsDigest(name);
  if (!force && fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === stamp) return;
  console.log(`building ${name}: ${part.about}`);
  const aside = fromRoot('.cache', `build-${name}-${process.pid}`);
  try {
    await part.make(aside);
    fs.mkdirSync(fromRoot('dist', '.made'), { recursive: true });
    fs.rmSync(stampFile, { force: true });
    part.place(aside);
    fs.writeFileSync(stampFile, stamp);
  } finally {
    fs.rmSync(aside, { recursive: true, force: true });
  }
}

const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
for (const name of named.length > 0 ? named : Object.keys(parts)) {
  if (!(name in parts)) throw new Error(`No such part: ${name}. There are: ${Object.keys(parts).join(', ')}.`);
  try {
    await build(name, process.argv.includes('--force'));
  } catch (error) {
    console.error(`building ${name} failed: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
}
if (named.length === 0 && !checkBudget()) process.exitCode = 1;
