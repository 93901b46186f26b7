import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sources } from '../support/modules.ts';

const root = resolve(import.meta.dirname, '../..');
const dist = join(root, 'dist');
const tags = sources('src/elements/*')
  .filter((file) => file.endsWith('/define.ts'))
  .map((file) => file.split('/').at(-2)!);

const CONSUMER = `
import { JobStatus, JobStore } from 'job-elements';
import 'job-elements/define';
import 'job-elements/elements/job-status/define';
import { JobPlayer } from 'job-elements/elements/job-player';
import { createJob, JobClient, type CreateJobRequest } from 'job-elements/api';
import { createJobs, type RowOutcome } from 'job-elements/bulk';
import { generateVideo } from 'job-elements/generate';
import { createJobRequestSchema } from 'job-elements/schema';
import { listTemplates } from 'job-elements/templates';
import { openSocketIo } from 'job-elements/socket-io';

const status: JobStatus = document.createElement('job-status');
status.jobId = 'a';
status.addEventListener('job-end', (event) => event.detail.job.status.toUpperCase());
export const player: JobPlayer = document.createElement('job-player');
export const request: CreateJobRequest = createJobRequestSchema.parse({});
export const answer: Promise<string> = createJob(request).then(({ job_id }) => job_id);
export const known: [typeof JobClient, typeof JobStore] = [JobClient, JobStore];
export const outcomes: Promise<RowOutcome[]> = createJobs(new JobClient(), [request]);
export const video: Promise<string | null> = generateVideo(new JobClient(), request.video_request).then(({ videoUrl }) => videoUrl);
export const names: Promise<string[]> = listTemplates(new JobClient(), 'u-42').then((all) => all.map(({ name }) => name));
export const older: Function = openSocketIo;
// @ts-expect-error: a job id is no number
status.jobId = 1;
`;

describe('the package', () => {
  // Inside the repository, so that its dependencies are found as they would be beside it.
  const project = join(root, '.cache', `consumer-${process.pid}`);

  before(() => {
    const built = spawnSync(process.execPath, ['scripts/build.mjs', 'lib', 'cdn', 'demo'], { cwd: root, encoding: 'utf8' });
    assert.equal(built.status, 0, built.stderr);
    fs.mkdirSync(join(project, 'node_modules'), { recursive: true });
    fs.symlinkSync(dist, join(project, 'node_modules', 'job-elements'), 'junction');
    fs.writeFileSync(join(project, 'consumer.ts'), CONSUMER);
    fs.writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  });

  after(() => fs.rmSync(project, { recursive: true, force: true }));

  for (const resolution of ['bundler', 'nodenext']) {
    it(`has types that resolve (${resolution})`, () => {
      const compilerOptions = {
        strict: true,
        noEmit: true,
        target: 'es2022',
        lib: ['es2023', 'dom', 'dom.iterable'],
        types: [],
        module: resolution === 'bundler' ? 'esnext' : 'nodenext',
        moduleResolution: resolution,
        preserveSymlinks: true,
      };
      fs.writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
      const tsc = join(root, 'node_modules/typescript/bin/tsc');
      const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', project], { cwd: project, encoding: 'utf8' });
      assert.equal(status, 0, stdout);
    });
  }

  it('can be imported where there is no DOM, without registering anything', () => {
    const code = `
      const { JobStatus } = await import('job-elements');
      const { formatProgress } = await import('job-elements/api');
      if (customElements.get('job-status')) throw new Error('registered');
      await import('job-elements/define');
      if (customElements.get('job-status') !== JobStatus) throw new Error('not registered');
      console.log(formatProgress(0.5));`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: project, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /50/);
  });

  it('contains what its exports name, and neither demo page nor sources nor leftovers of the build', () => {
    const manifest = JSON.parse(fs.readFileSync(join(dist, 'package.json'), 'utf8'));
    const named = Object.values<any>(manifest.exports).flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values<string>(entry)));
    for (const path of named.filter((name) => !name.includes('*'))) assert.ok(fs.existsSync(join(dist, path)), path);
    for (const name of tags) assert.ok(`./elements/${name}/define` in manifest.exports);

    const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--loglevel=error'], { cwd: dist, encoding: 'utf8', shell: process.platform === 'win32' });
    const files: string[] = JSON.parse(stdout)[0].files.map(({ path }: { path: string }) => path);
    assert.deepEqual(files.filter((file) => /^(demo|\.made|node_modules)\/|(?<!\.d)\.ts$/.test(file)), []);
    for (const file of ['LICENSE', 'custom-elements.json', 'index.d.ts', 'cdn/job-elements.js']) {
      assert.ok(files.includes(file), `${file} is missing`);
    }

    for (const file of files.filter((name) => name.endsWith('.js'))) {
      for (const [, specifier] of fs.readFileSync(join(dist, file), 'utf8').matchAll(/(?:\bfrom|\bimport\(?) ?["'](\.[^"'`]+)["']/g)) {
        const imported = join(file, '..', specifier!).replaceAll('\\', '/');
        assert.ok(files.includes(imported), `${file} imports ${specifier}, which is not packed`);
      }
    }
  });

  it('has what the README imports', () => {
    const { exports } = JSON.parse(fs.readFileSync(join(dist, 'package.json'), 'utf8'));
    const named = [...fs.readFileSync(join(root, 'README.md'), 'utf8').matchAll(/(?:import|from) '(job-elements[^']*)'/g)].map(([, name]) => name!);
    assert.notEqual(named.length, 0);
    for (const name of named) assert.ok(name.replace('job-elements', '.') in exports, name);
  });

  it('carries the licences of the packages whose code is in it', () => {
    const bundled = { 'third-party-licenses.md': ['media-chrome'], 'cdn/third-party-licenses.md': ['lit', 'media-chrome', 'zod'], 'demo/third-party-licenses.md': ['lit'] };
    for (const [file, names] of Object.entries(bundled)) {
      const text = fs.readFileSync(join(dist, file), 'utf8');
      for (const name of names) assert.match(text, new RegExp(`^## ${name} - .+ \\((MIT|BSD-3-Clause)\\)$`, 'm'), `${file}: ${name}`);
      assert.match(text, /Permission is hereby granted|Redistributions/);
    }
  });

  it('describes every element in its manifest', () => {
    const { modules } = JSON.parse(fs.readFileSync(join(dist, 'custom-elements.json'), 'utf8'));
    const described = new Map<string, string>();
    for (const { path, declarations } of modules) {
      for (const { tagName } of declarations) if (tagName) described.set(tagName, path);
    }
    // One is a part that <job-create-form> brings along: a page can style it.
    assert.deepEqual([...described.keys()].sort(), [...tags, 'job-create-bulk'].sort());
    for (const path of described.values()) assert.ok(fs.existsSync(join(dist, path)), path);
  });
});
