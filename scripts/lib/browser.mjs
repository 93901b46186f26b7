import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @typedef {{ kind: 'chromium' | 'firefox', path: string }} Browser */

const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const FIREFOX_NAMES = ['firefox-esr', 'firefox'];

/**
 * What every start of Chromium by the tests gets: nothing in the background asks the network for anything.
 * The sandbox needs a user who is not root.
 */
export const chromiumArgs = [
  ...(process.getuid?.() === 0 || process.env.CI ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
];

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** @param {readonly string[]} names */
function onPath(names) {
  const suffixes = process.platform === 'win32' ? ['.exe'] : [''];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.flatMap((folder) => suffixes.map((suffix) => join(folder, name + suffix))));
}

/** @param {'chromium' | 'firefox'} kind */
function usualPlaces(kind) {
  if (process.platform === 'darwin') {
    const apps =
      kind === 'chromium'
        ? ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `${name}.app/Contents/MacOS/${name}`)
        : ['Firefox.app/Contents/MacOS/firefox'];
    return ['/Applications', join(process.env.HOME ?? '', 'Applications')].flatMap((folder) => apps.map((app) => join(folder, app)));
  }
  if (process.platform === 'win32') {
    const programs =
      kind === 'chromium'
        ? ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']
        : ['Mozilla Firefox\\firefox.exe'];
    const folders = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    return folders.flatMap((folder) => (folder ? programs.map((program) => join(folder, program)) : []));
  }
  return kind === 'chromium' ? ['/snap/bin/chromium', '/opt/google/chrome/chrome'] : ['/snap/bin/firefox'];
}

/**
 * The path of an installed browser, or `null`. `CHROME_PATH` and `FIREFOX_PATH` come before everything that is found.
 * @param {'chromium' | 'firefox'} kind
 */
export function findBrowser(kind) {
  const chosen = kind === 'chromium' ? process.env.CHROME_PATH : process.env.FIREFOX_PATH;
  const names = kind === 'chromium' ? CHROMIUM_NAMES : FIREFOX_NAMES;
  const candidates = [...(chosen ? [chosen] : []), ...onPath(names), ...usualPlaces(kind)];
  return candidates.find(isExecutable) ?? null;
}

/** The browser that tests use where any will do. @returns {Browser | null} */
export function findAnyBrowser() {
  for (const kind of /** @type {const} */ (['chromium', 'firefox'])) {
    const path = findBrowser(kind);
    if (path) return { kind, path };
  }
  return null;
}

/** The path of Chromium; throws with what to do where there is none. */
export function requireChromium() {
  const path = findBrowser('chromium');
  if (!path) throw new Error('No Chrome or Chromium found. Install one, or name its program in CHROME_PATH.');
  return path;
}
