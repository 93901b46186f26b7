import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { findFfmpeg } from '../../src/render/ffmpeg.ts';
import { render } from '../../src/render/render.ts';
import { RenderError, type RenderOutput, type RenderProgress, type VideoRequest } from '../../src/render/types.ts';
import { readMp4, type Mp4 } from './mp4.ts';
import { videoRequest } from './support.ts';

const run = promisify(execFile);
const posix = process.platform !== 'win32';

let root: string;
let count = 0;
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'render-'));
});
after(() => rm(root, { recursive: true, force: true }));

async function newDirectory(): Promise<string> {
  const directory = join(root, String(count++));
  await mkdir(directory);
  return directory;
}

interface Made {
  output: RenderOutput;
  progress: RenderProgress[];
  workDir: string;
  mp4: Mp4;
  milliseconds: number;
}

async function make(change: Partial<VideoRequest>): Promise<Made> {
  const workDir = await newDirectory();
  const progress: RenderProgress[] = [];
  const started = performance.now();
  const output = await render(
    { jobId: 'job', video: videoRequest(change), workDir },
    { onProgress: (one) => progress.push(one), signal: new AbortController().signal, logger: pino({ level: 'silent' }) },
  );
  return { output, progress, workDir, mp4: readMp4(await readFile(output.videoPath)), milliseconds: performance.now() - started };
}

/** Command lines of running processes that name a directory. */
async function processesNaming(directory: string): Promise<string[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,args=']);
  return stdout.split('\n').filter((line) => line.includes(directory) && !line.includes(' ps '));
}

/** Waits until a condition holds, for things that other processes do. */
async function until(condition: () => Promise<boolean>, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    if (await condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return condition();
}

describe('a video', () => {
  let made: Made;
  before(async () => {
    made = await make({ duration: 6, background_music: 'none' });
  });

  it('is H.264 High and AAC, of the asked length, and starts fast', () => {
    const { mp4, output } = made;
    assert.deepEqual(mp4.video, { codec: 'avc1', profile: 100, width: 1280, height: 720, frames: 144 });
    assert.deepEqual(mp4.audio, { codec: 'mp4a', channels: 2, rate: 48_000 });
    assert.ok(Math.abs(mp4.duration - 6) < 0.1, String(mp4.duration));
    assert.ok(mp4.order.indexOf('moov') < mp4.order.indexOf('mdat'), mp4.order.join());
    assert.equal(output.duration, 6);
    assert.equal(output.resolution, '1280x720');
  });

  it('has colours that players agree on', async () => {
    const ffmpeg = await findFfmpeg(process.env, root);
    const { stderr } = await run(ffmpeg, ['-hide_banner', '-i', made.output.videoPath]).catch((error: { stderr: string }) => error);
    assert.match(stderr, /Video: h264 \(High\).*yuv420p\(tv, bt709[,)]/);
  });

  it('speaks during its scenes and is silent under its title', async () => {
    assert.equal(made.output.voice.engine, 'flite');
    const ffmpeg = await findFfmpeg(process.env, root);
    const { stdout } = await run(ffmpeg, ['-loglevel', 'error', '-i', made.output.videoPath, '-ac', '1', '-ar', '8000', '-f', 's16le', '-'], {
      encoding: 'buffer',
      maxBuffer: 4_000_000,
    });
    const loudness = (from: number, to: number): number => {
      let sum = 0;
      for (let i = Math.round(from * 8000); i < to * 8000; i++) sum += (stdout.readInt16LE(i * 2) / 32768) ** 2;
      return Math.sqrt(sum / (to - from) / 8000);
    };
    assert.ok(loudness(0, 0.9) < 0.002);
    assert.ok(loudness(1.5, 5.5) > 0.03);
  });

  it('comes with captions at the times of its scenes, and a JPEG', async () => {
    const vtt = await readFile(made.output.captionsPath!, 'utf8');
    const times = [...vtt.matchAll(/^00:00:(\d\d\.\d{3}) --> 00:00:(\d\d\.\d{3})$/gm)].map(([, from, to]) => [Number(from), Number(to)]);
    assert.equal(times.length, 2);
    assert.ok(times[0]![0]! > 0.5, 'after the title');
    assert.equal(times[1]![0], times[0]![1]);
    assert.equal(times[1]![1], 6);
    assert.match(vtt, /Wet air meets a slope and rises\.\n/);
    const jpeg = await readFile(made.output.thumbnailPath);
    assert.equal(jpeg.readUInt16BE(0), 0xffd8);
    assert.ok(jpeg.length > 10_000);
  });

  it('reports its work in named steps, often, never backwards', () => {
    const { progress, milliseconds } = made;
    assert.deepEqual([...new Set(progress.map(({ step }) => step))], ['script', 'narration', 'scenes', 'encode', 'thumbnail', 'finish']);
    for (const [i, one] of progress.entries()) assert.ok(one.progress >= (progress[i - 1]?.progress ?? 0));
    assert.equal(progress.at(-1)!.progress, 1);
    assert.ok(progress.at(-1)!.steps.every(({ status, progress: share }) => status === 'success' && share === 1));
    assert.ok(progress.length > (milliseconds / 1000) * 4 * 0.6, `${progress.length} reports in ${milliseconds} ms`);
  });

  it('leaves nothing behind but its files', async () => {
    assert.deepEqual((await readdir(made.workDir)).sort(), ['captions.vtt', 'thumbnail.jpg', 'video.mp4']);
    if (posix) assert.deepEqual(await processesNaming(made.workDir), []);
  });
});

describe('shapes', () => {
  for (const [aspect_ratio, size] of [['9:16', [720, 1280]], ['1:1', [720, 720]], ['4:5', [720, 900]]] as const) {
    it(`makes ${aspect_ratio}`, async () => {
      const { mp4, output } = await make({ aspect_ratio, duration: 1, script_content: 'Rain.' });
      assert.deepEqual([mp4.video.width, mp4.video.height], size);
      assert.equal(output.resolution, size.join('x'));
      assert.ok(Math.abs(mp4.duration - 1) < 0.1);
    });
  }
});

describe('encoders', () => {
  it('includes the one from npm', async (test) => {
    let path: string;
    try {
      path = (createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg') as { path: string }).path;
    } catch {
      return test.skip('the optional package is not installed');
    }
    const before = process.env.FFMPEG_PATH;
    process.env.FFMPEG_PATH = path;
    try {
      const { mp4 } = await make({ duration: 1, script_content: 'Rain.', background_music: 'calm' });
      assert.equal(mp4.video.profile, 100);
      assert.ok(mp4.order.indexOf('moov') < mp4.order.indexOf('mdat'));
    } finally {
      if (before === undefined) delete process.env.FFMPEG_PATH;
      else process.env.FFMPEG_PATH = before;
    }
  });

  it('does not pass over one that is set and does not work', async () => {
    await assert.rejects(findFfmpeg({ FFMPEG_PATH: join(root, 'none'), PATH: process.env.PATH }, root), (error) => {
      return error instanceof RenderError && error.permanent && /FFMPEG_PATH/.test(error.message);
    });
  });
});

describe('failures', () => {
  it('of a request that cannot be made are permanent, quick and say why', async () => {
    for (const [change, reason] of [
      [{ template_id: 'cinema' }, /no template "cinema"/],
      [{ duration: 1, script_content: 'One. Two. Three. Four.' }, /at least 2 s/],
    ] as const) {
      const started = performance.now();
      await assert.rejects(make(change), (error) => error instanceof RenderError && error.permanent && reason.test(error.message));
      assert.ok(performance.now() - started < 4000);
    }
  });

  it('of the renderer itself are not permanent, and leave no file', { skip: !posix }, async () => {
    const workDir = await newDirectory();
    const logged: { pid?: number }[] = [];
    const logger = pino({ level: 'debug' }, { write: (line: string) => void logged.push(JSON.parse(line) as { pid?: number }) });
    const crashed = render(
      { jobId: 'job', video: videoRequest({ duration: 60 }), workDir },
      {
        onProgress: ({ step }) => {
          if (step === 'encode') process.kill(logged.findLast(({ pid }) => pid !== undefined && pid !== process.pid)!.pid!, 'SIGKILL');
        },
        signal: new AbortController().signal,
        logger,
      },
    );
    await assert.rejects(crashed, (error) => error instanceof RenderError && !error.permanent);
    assert.deepEqual(await readdir(workDir), []);
    assert.ok(await until(async () => (await processesNaming(workDir)).length === 0, 1000));
  });
});

describe('ending early', () => {
  it('takes less than a second when cancelled, and leaves no process and no file', async () => {
    const workDir = await newDirectory();
    const cancel = new AbortController();
    let cancelled = 0;
    const rendering = render(
      { jobId: 'job', video: videoRequest({ duration: 60 }), workDir },
      {
        onProgress: ({ step, steps }) => {
          if (step !== 'encode' || steps[3]!.progress < 0.02 || cancelled) return;
          cancelled = performance.now();
          cancel.abort(new Error('no longer wanted'));
        },
        signal: cancel.signal,
        logger: pino({ level: 'silent' }),
      },
    );
    await assert.rejects(rendering, /no longer wanted/);
    const milliseconds = performance.now() - cancelled;
    assert.ok(milliseconds < 1000, `${milliseconds} ms`);
    assert.deepEqual(await readdir(workDir), []);
    if (posix) assert.deepEqual(await processesNaming(workDir), []);
  });

  it('does not even begin when it is cancelled before', async () => {
    const workDir = await newDirectory();
    const request = { jobId: 'job', video: videoRequest(), workDir };
    await assert.rejects(render(request, { onProgress: () => assert.fail(), signal: AbortSignal.abort(new Error('early')), logger: pino({ level: 'silent' }) }), /early/);
  });

  it('ends renderer and encoder when the service dies by kill -9', { skip: !posix }, async () => {
    const workDir = await newDirectory();
    const service = spawn(process.execPath, [fileURLToPath(new URL('./dying-service.ts', import.meta.url)), workDir], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(service.stdout, 'data'); // it says so when the encoder has begun
    assert.ok((await processesNaming(workDir)).length >= 2, 'service and encoder run');
    service.kill('SIGKILL');
    await once(service, 'exit');
    assert.ok(await until(async () => (await processesNaming(workDir)).length === 0, 2000), String(await processesNaming(workDir)));
  });
});
