import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './ports.mjs';

/**
 * WebKitGTK under the browser test runner, by the plain W3C WebDriver protocol: the six calls below. (The runner's own
 * WebDriver launcher brings 90 MB of packages and downloads drivers at install.) Debian: `webkit2gtk-driver` and `xvfb`.
 */

const MINI_BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

/** @param {string} name */
function requireProgram(name) {
  const path = ['/usr/bin', '/usr/local/bin'].map((folder) => `${folder}/${name}`).find((file) => fs.existsSync(file));
  if (!path) throw new Error(`${name} is missing. Debian: apt-get install webkit2gtk-driver xvfb`);
  return path;
}

/** A display that is not seen, unless there is one already. Xvfb picks a free number and tells it. */
async function startDisplay() {
  if (process.env.DISPLAY) return { display: process.env.DISPLAY, stop: () => {} };
  const server = spawn(requireProgram('Xvfb'), ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => reject(new Error('Xvfb ended')));
    server.stdio[3]?.once('data', (data) => resolve(String(data).trim()));
  });
  return { display: `:${number}`, stop: () => void server.kill() };
}

class WebDriver {
  /** @param {string} origin */
  constructor(origin) {
    this.origin = origin;
    this.session = '';
  }

  /**
   * @param {string} method
   * @param {string} path below the session, once there is one
   * @param {object} [body]
   */
  async call(method, path, body) {
    const init = body ? { method, body: JSON.stringify(body) } : { method };
    const response = await fetch(`${this.origin}/session${this.session}${path}`, init);
    const { value } = /** @type {{ value: any }} */ (await response.json());
    if (!response.ok) throw new Error(`${method} ${path}: ${value?.message ?? response.status}`);
    return value;
  }

  /** The driver needs a moment before it listens. */
  async open() {
    const capabilities = { 'webkitgtk:browserOptions': { binary: MINI_BROWSER, args: ['--automation'] } };
    for (let attempt = 0; ; attempt += 1) {
      try {
        const { sessionId } = await this.call('POST', '', { capabilities: { alwaysMatch: capabilities } });
        this.session = `/${sessionId}`;
        return;
      } catch (error) {
        if (attempt >= 50) throw error;
        await pause(100);
      }
    }
  }
}

/**
 * One window, one test file at a time.
 * @typedef {import('@web/test-runner').BrowserLauncher} BrowserLauncher
 * @implements {BrowserLauncher}
 */
class WebKitLauncher {
  name = 'WebKit';
  type = 'webkit-webdriver';
  concurrency = 1;
  #active = '';
  #url = '';
  /** @type {Promise<{ driver: WebDriver, stop: () => Promise<void> }> | null} */
  #browser = null;

  async #start() {
    const { display, stop } = await startDisplay();
    const port = await freePort();
    const process_ = spawn(requireProgram('WebKitWebDriver'), [`--port=${port}`, '--host=127.0.0.1'], {
      env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: process.getuid?.() === 0 ? '1' : undefined },
      stdio: 'ignore',
    });
    const driver = new WebDriver(`http://127.0.0.1:${port}`);
    await driver.open();
    return {
      driver,
      stop: async () => {
        await driver.call('DELETE', '').catch(() => undefined);
        process_.kill();
        stop();
      },
    };
  }

  /** @param {string} sessionId @param {string} url */
  async startSession(sessionId, url) {
    this.#browser ??= this.#start();
    const { driver } = await this.#browser;
    this.#active = sessionId;
    this.#url = url;
    await driver.call('POST', '/url', { url });
  }

  /** @param {string} sessionId */
  isActive(sessionId) {
    return this.#active === sessionId;
  }

  getBrowserUrl() {
    return this.#url;
  }

  async stopSession() {
    const { driver } = await (this.#browser ?? Promise.reject(new Error('WebKit was never started')));
    await driver.call('POST', '/url', { url: 'about:blank' });
    this.#active = '';
    return {};
  }

  async stop() {
    const browser = await this.#browser?.catch(() => null);
    await browser?.stop();
  }

  /** @returns {Promise<void>} */
  async startDebugSession() {
    throw new Error('Debugging in WebKit is not supported here.');
  }
}

export const webkitLauncher = () => new WebKitLauncher();
