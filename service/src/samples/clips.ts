import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Logger } from 'pino';
import type { StoredResult } from '../jobs/record.ts';
import { outputToWire } from '../jobs/wire.ts';
import type { Render, VideoRequest } from '../render/types.ts';

/** A new name for another look, so that nobody keeps the old one. */
const CLIPS = [
  { name: 'sample-wide-1', aspect_ratio: '16:9' },
  { name: 'sample-upright-1', aspect_ratio: '9:16' },
] as const;

const request = (aspect_ratio: '16:9' | '9:16'): VideoRequest => ({
  script_id: 'sample', user_id: 'sample', title: 'A sample video', script_content: 'This is a sample. It is short. It really plays.', language: 'en-US',
  platform: 'youtube', duration: 5, voice_provider: 'google', resolution: '720p', aspect_ratio,
});

export interface ClipOptions {
  /** Where clips are kept between calls: making one takes some seconds. */
  cacheDirectory: string;
  /** The media folder of the service; the clips lie in its folder `samples`. */
  mediaDirectory: string;
  render: Render;
  logger: Logger;
}

/** Two short videos, really rendered once and shared by all sample jobs. Rejects where this machine cannot make videos. */
export async function prepareClips({ cacheDirectory, mediaDirectory, render, logger }: ClipOptions): Promise<StoredResult[]> {
  const results: StoredResult[] = [];
  for (const { name, aspect_ratio } of CLIPS) {
    const kept = join(cacheDirectory, name);
    if (!existsSync(kept)) await make(kept, request(aspect_ratio), render, logger);
    const result = JSON.parse(await readFile(join(kept, 'result.json'), 'utf8')) as StoredResult;
    await cp(kept, join(mediaDirectory, 'samples', name), { recursive: true, filter: (path) => !path.endsWith('result.json') });
    const keyOf = (file: string): string => `samples/${name}/${file}`;
    const { video, thumbnail, captions } = result.files;
    results.push({ files: { video: keyOf(video), thumbnail: keyOf(thumbnail), captions: captions && keyOf(captions) }, output: result.output });
  }
  return results;
}

async function make(target: string, video: VideoRequest, render: Render, logger: Logger): Promise<void> {
  const workDir = await mkdtemp(join(tmpdir(), 'job-sample-'));
  const unfinished = `${target}.${process.pid}`;
  try {
    const output = await render({ jobId: 'sample', video, workDir }, { onProgress: () => undefined, signal: new AbortController().signal, logger });
    await mkdir(unfinished, { recursive: true });
    const take = async (name: string, path: string): Promise<string> => {
      await cp(path, join(unfinished, name + extname(path)));
      return name + extname(path);
    };
    const files: StoredResult['files'] = {
      video: await take('video', output.videoPath),
      thumbnail: await take('thumbnail', output.thumbnailPath),
      captions: output.captionsPath === null ? null : await take('captions', output.captionsPath),
    };
    await writeFile(join(unfinished, 'result.json'), JSON.stringify({ files, output: outputToWire(output) } satisfies StoredResult));
    // Whole or not there at all. Another process may have been quicker: its clip is as good.
    await rename(unfinished, target).catch((error: unknown) => {
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(workDir, { recursive: true, force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
}
