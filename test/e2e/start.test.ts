import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import { answers } from '../../scripts/lib/job-service.mjs';
import { freePort } from '../../scripts/lib/ports.mjs';

const root = resolve(import.meta.dirname, '../..');

describe('npm start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'job-elements-start-'));
  let running: ChildProcess | null = null;

  afterEach(() => {
    if (running?.exitCode === null) running.kill('SIGKILL');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Starts it in a process group of its own, as a terminal does; gives the address that it prints, and all that it said. */
  async function start(port: number, command = [process.execPath, 'scripts/start.mjs']): Promise<{ url: string; said: () => string; started: number }> {
    const begin = Date.now();
    running = spawn(command[0]!, command.slice(1), {
      cwd: root,
      env: { ...process.env, PORT: String(port), JOB_SERVICE_DATA: join(folder, 'data') },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let text = '';
    running.stderr!.on('data', (chunk) => (text += chunk));
    const url = await new Promise<string>((found, failed) => {
      running!.stdout!.on('data', (chunk) => {
        text += chunk;
        const address = /https?:\/\/\S+/.exec(text)?.[0];
        if (address) found(address);
      });
      running!.once('exit', (code) => failed(new Error(`it ended with ${code}: ${text}`)));
    });
    return { url, said: () => text, started: Date.now() - begin };
  }

  /** What Ctrl-C does: the signal goes to every process of the group. */
  async function pressCtrlC(): Promise<number> {
    const ended = new Promise<number>((resolved) => running!.once('exit', (code) => resolved(code ?? -1)));
    process.kill(-running!.pid!, 'SIGINT');
    return ended;
  }

  it('prints one address, answers there, and Ctrl-C ends everything', { timeout: 120_000 }, async () => {
    const port = await freePort();
    const { url } = await start(port);
    assert.equal(new URL(url).port, String(port));
    assert.ok(await answers(url.replace(/\/$/, '')));
    assert.match(await (await fetch(url)).text(), /<job-create-form/);
    assert.equal(await pressCtrlC(), 0);
    assert.equal(await answers(url.replace(/\/$/, '')), false);
  });

  it('ends with the npm that runs it, which passes no signal on', { timeout: 60_000, skip: process.platform === 'win32' }, async (context) => {
    const { url } = await start(await freePort(), ['npm', 'start']);
    const npm = running!;
    context.after(() => {
      try {
        process.kill(-npm.pid!, 'SIGKILL');
      } catch {
        // Nothing is left of the group, as it should be.
      }
    });
    npm.kill('SIGKILL');
    while (await answers(url.replace(/\/$/, ''))) await new Promise((resolved) => setTimeout(resolved, 100));
  });

  it('says when the port is taken and takes the next free one', { timeout: 60_000 }, async (context) => {
    const other = createServer((_request, response) => response.end('somebody else'));
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    context.after(() => other.close());
    const { port } = other.address() as AddressInfo;
    const { url, said } = await start(port);
    assert.match(said(), new RegExp(`Port ${port} is taken`));
    assert.ok(Number(new URL(url).port) > port);
    assert.equal(await pressCtrlC(), 0);
  });
});
