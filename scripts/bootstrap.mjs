/**
 * Makes the clone ready: installs the packages of the lockfile when they are missing or another version, and with
 * `--browser` finds or installs the browser that the tests need. Runs before every npm command, on Node 20.19 or newer,
 * without any package; takes a moment when there is nothing to do.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { findAnyBrowser } from './lib/browser.mjs';
import { fromRoot, root } from './lib/paths.mjs';

const OLDEST_NODE = [20, 19];
const SERVICE_NODE = [22, 18];
const modules = fromRoot('node_modules');
const stampFile = fromRoot('node_modules', '.installed-lockfile');
const lockFile = fromRoot('.cache', 'installing.pid');

/** @param {string} text */
const say = (text) => console.log(`[bootstrap] ${text}`);

/**
 * @param {string} text
 * @returns {never}
 */
function fail(text) {
  console.error(`[bootstrap] ${text}`);
  process.exit(1);
}

/**
 * @param {string} version
 * @param {readonly number[]} oldest
 */
function isAtLeast(version, oldest) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/** The lockfile as text together with what else decides which packages land on the disk. */
function wantedStamp() {
  const lockfile = readFileSync(fromRoot('package-lock.json'));
  return `${createHash('sha256').update(lockfile).digest('hex')} ${process.platform} ${process.arch}\n`;
}

/**
 * Whether `npm install` already brought what the lockfile asks for. npm leaves a list of what it put there; only
 * optional packages (those for other platforms) may be absent from it.
 */
function installedMatchesLockfile() {
  try {
    const wanted = JSON.parse(readFileSync(fromRoot('package-lock.json'), 'utf8')).packages;
    const present = JSON.parse(readFileSync(fromRoot('node_modules', '.package-lock.json'), 'utf8')).packages;
    return Object.entries(wanted).every(([path, entry]) => {
      if (!path.includes('node_modules/')) return true;
      const found = present[path];
      if (!found) return entry.optional === true || entry.devOptional === true || entry.peer === true;
      return found.version === entry.version && found.integrity === entry.integrity;
    });
  } catch {
    return false;
  }
}

/**
 * @param {string | string[] | undefined} list names, or `!name` for all but that one, as in a package's `os` and `cpu`
 * @param {string | null} own
 */
function suits(list, own) {
  if (list === undefined) return true;
  const names = [list].flat();
  if (names.includes(`!${own}`)) return false;
  return names.every((name) => name.startsWith('!')) || (own !== null && names.includes(own));
}

/** Optional packages for this very platform that are not there: npm goes on in silence when it cannot fetch one. */
function missingPlatformPackages() {
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  const libc = process.platform !== 'linux' ? null : report.header.glibcVersionRuntime ? 'glibc' : 'musl';
  const wanted = JSON.parse(readFileSync(fromRoot('package-lock.json'), 'utf8')).packages;
  return Object.keys(wanted).filter((path) => {
    const { optional, os, cpu, libc: libcs } = wanted[path];
    if (!optional || (os ?? cpu) === undefined || existsSync(fromRoot(path))) return false;
    return suits(os, process.platform) && suits(cpu, process.arch) && suits(libcs, libc);
  });
}

/** Two npm commands that start together must not both replace `node_modules`: the second waits for the first. */
function holdInstallLock() {
  mkdirSync(fromRoot('.cache'), { recursive: true });
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let told = false; ; ) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      return;
    } catch {
      if (!isAlive(lockFile)) {
        rmSync(lockFile, { force: true });
        continue;
      }
      if (!told) say('another command is installing the packages; waiting for it');
      told = true;
      Atomics.wait(pause, 0, 0, 500);
    }
  }
}

/** Whether the process that wrote its id into `file` still runs. @param {string} file */
function isAlive(file) {
  try {
    const owner = Number(readFileSync(file, 'utf8'));
    // An empty file is one that is being written at this moment.
    return owner === 0 || process.kill(owner, 0);
  } catch {
    return false;
  }
}

/**
 * Runs the npm that runs this.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
function npm(args, env = process.env) {
  const path = process.env.npm_execpath;
  const [program, first] = path ? [process.execPath, [path]] : ['npm', []];
  const shell = !path && process.platform === 'win32';
  return spawnSync(program, [...first, ...args], { cwd: root, env, stdio: 'inherit', shell }).status === 0;
}

function install() {
  const stamp = wantedStamp();
  const isDone = () => existsSync(modules) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
  if (isDone()) return;
  holdInstallLock();
  try {
    if (isDone()) return;
    if (!installedMatchesLockfile()) {
      say(existsSync(modules) ? 'package-lock.json has changed: installing again …' : 'first start: installing the packages …');
      const started = Date.now();
      // npm 10 knows no `allowScripts` and runs every install script; this one would only count the installation.
      const env = { ...process.env, SCARF_ANALYTICS: 'false' };
      const flags = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
      if (!npm(['ci', ...flags], env)) {
        fail('`npm ci` failed, see above. Is the npm registry reachable? Then run the command again.');
      }
      // The video encoder and the compilers of this platform are optional packages: a fetch that failed is tried once more.
      if (missingPlatformPackages().length > 0) npm(['install', '--no-save', ...flags], env);
      const missing = missingPlatformPackages().map((path) => path.replace(/^.*node_modules\//, ''));
      if (missing.length > 0) say(`npm could not get ${missing.join(', ')}; what needs them will say so`);
      say(`packages installed in ${Math.round((Date.now() - started) / 1000)} s`);
    }
    writeFileSync(stampFile, stamp);
  } finally {
    rmSync(lockFile, { force: true });
  }
}

/** The tools and the service run on the Node that came with the packages; where none came, on the system's own. */
function checkRuntime() {
  const bundled = fromRoot('node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (existsSync(bundled)) return;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  // npm 10 takes the link away again when it drops the packages of other platforms, which have a program of that name too.
  if (existsSync(fromRoot('node_modules', name)) && npm(['rebuild', name, '--loglevel=error']) && existsSync(bundled)) return;
  if (isAtLeast(process.version, SERVICE_NODE)) return;
  fail(
    `For this platform (${process.platform}-${process.arch}) no newer Node comes with the packages, and ${process.version} is too old ` +
      `to run the service. Install Node ${SERVICE_NODE.join('.')} or newer from https://nodejs.org.`,
  );
}

/** @param {readonly string[]} args */
function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', ['-qq', '-o', 'Dpkg::Use-Pty=0', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

function ensureBrowser() {
  const named = process.env.CHROME_PATH;
  if (named && !existsSync(named)) fail(`CHROME_PATH names ${named}, which does not exist.`);
  let browser = findAnyBrowser();
  const isDebianRoot = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (browser?.kind !== 'chromium' && isDebianRoot) {
    say('no Chromium on this machine: installing the Debian package …');
    // Ubuntu's `chromium` is a stub for snap; the check below notices when nothing usable came of it.
    if (!aptGet('update') || !aptGet('install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation')) {
      say('the Debian packages could not be installed');
    }
    browser = findAnyBrowser();
  }
  if (!browser) {
    fail(
      'The tests need a browser and none was found. Install Chrome, Chromium or Firefox (Debian: `sudo apt-get install chromium`; ' +
        'macOS: `brew install --cask google-chrome`; Windows: `winget install Google.Chrome`), or name the program in CHROME_PATH.',
    );
  }
  if (browser.kind === 'firefox') say('only Firefox was found: the suites that drive Chromium will be left out.');
}

if (!isAtLeast(process.version, OLDEST_NODE)) {
  fail(`Node ${OLDEST_NODE.join('.')} or newer is needed, this is ${process.version}. See https://nodejs.org.`);
}
install();
checkRuntime();
if (process.argv.includes('--browser')) ensureBrowser();
