import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Render, RenderOutput, RenderProgress } from '../../src/render/types.ts';
import { RenderError } from '../../src/render/types.ts';

/** One call of the fake renderer, held open until the test ends it. */
export interface FakeRendering {
  jobId: string;
  title: string;
  workDir: string;
  signal: AbortSignal;
  progress(progress: number, step?: string): void;
  /** Ends it with a video of these bytes. */
  finish(video?: Uint8Array): Promise<void>;
  fail(message: string, options?: { permanent: boolean }): void;
  crash(error: Error): void;
}

/** A renderer that does what the test says. It stops when it is aborted, unless `stubborn`. */
export function fakeRender({ stubborn = false } = {}) {
  const started: FakeRendering[] = [];
  const waiting: ((rendering: FakeRendering) => void)[] = [];

  const render: Render = ({ jobId, video, workDir }, { onProgress, signal }) =>
    new Promise<RenderOutput>((resolve, reject) => {
      const stop = (): void => reject(signal.reason as Error);
      if (!stubborn && signal.aborted) stop();
      if (!stubborn) signal.addEventListener('abort', stop, { once: true });
      const rendering: FakeRendering = {
        jobId,
        title: video.title,
        workDir,
        signal,
        progress: (progress, step = 'scenes') => onProgress(progressAt(progress, step)),
        async finish(bytes = new Uint8Array([0, 1, 2, 3])) {
          resolve(await writeOutput(workDir, bytes));
        },
        fail: (message, options = { permanent: false }) => reject(new RenderError(message, options)),
        crash: reject,
      };
      const next = waiting.shift();
      if (next) next(rendering);
      else started.push(rendering);
    });

  return {
    render,
    /** The next rendering that starts, or has started and was not asked for yet. */
    next: (): Promise<FakeRendering> => {
      const ready = started.shift();
      return ready ? Promise.resolve(ready) : new Promise((resolve) => waiting.push(resolve));
    },
    /** Renderings that started and nobody asked for. */
    unasked: started,
  };
}

function progressAt(progress: number, step: string): RenderProgress {
  return { step, message: `Doing ${step}`, progress, steps: [{ name: step, status: 'processing', progress }] };
}

async function writeOutput(workDir: string, bytes: Uint8Array): Promise<RenderOutput> {
  const videoPath = join(workDir, 'out.mp4');
  const thumbnailPath = join(workDir, 'still.jpg');
  const captionsPath = join(workDir, 'words.vtt');
  await writeFile(videoPath, bytes);
  await writeFile(thumbnailPath, 'jpeg');
  await writeFile(captionsPath, 'WEBVTT\n');
  return {
    videoPath, thumbnailPath, captionsPath, duration: 1.5, fileSize: bytes.length, resolution: '1280x720',
    voice: { engine: null, reason: 'a fake' }, sceneCount: 3,
  };
}
