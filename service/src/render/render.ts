/** Makes a video of a request, in a process of its own, so that a crash while drawing leaves the service standing. */
import { fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChildMessage } from './child.ts';
import { FILES } from './files.ts';
import { endGroup } from './process-group.ts';
import { RenderError, type Render, type RenderOutput } from './types.ts';

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));
/** What the child may know of the environment: no secret of the service is among it. */
const PASSED_ON = ['PATH', 'FFMPEG_PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'SystemRoot', 'ESPEAK_DATA_PATH'];
/** `--expose-gc` lets the child give the memory of drawn frames back in time. */
const NODE_OPTIONS = ['--disable-warning=ExperimentalWarning', '--expose-gc', '--max-old-space-size=768'];
/** Characters of the child's complaints that are kept for the log. */
const KEPT_ERRORS = 4000;

export const render: Render = async (request, { onProgress, signal, logger }) => {
  signal.throwIfAborted();
  const env = Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
  const child = fork(CHILD, [], { execArgv: NODE_OPTIONS, env, detached: true, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  logger.debug({ jobId: request.jobId, pid: child.pid }, 'renderer started');
  let complaints = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    complaints = (complaints + chunk).slice(-KEPT_ERRORS);
  });
  const abort = (): void => endGroup(child);
  signal.addEventListener('abort', abort, { once: true });
  try {
    const output = await new Promise<RenderOutput>((resolve, reject) => {
      let answer: ChildMessage | undefined;
      child.on('message', (message: ChildMessage) => {
        if (message.type === 'progress') {
          if (!signal.aborted) onProgress(message.progress);
          return;
        }
        answer = message;
      });
      child.once('error', (cause) => reject(new RenderError('The renderer could not be started.', { permanent: false, cause })));
      // 'close' comes when the child and all that holds its pipes are gone.
      child.once('close', (code, ended) => {
        if (signal.aborted) reject(signal.reason);
        else if (answer?.type === 'done') resolve(answer.output);
        else if (answer?.type === 'failed') {
          const { message, permanent, detail } = answer;
          reject(new RenderError(message, { permanent, cause: new Error(detail) }));
        } else {
          const cause = new Error(`The child ended with ${ended ?? code}. ${complaints}`.trim());
          reject(new RenderError('The renderer stopped unexpectedly.', { permanent: false, cause }));
        }
      });
      child.send(request, (error) => {
        if (error) logger.debug({ jobId: request.jobId, err: error }, 'the renderer ended before it was told what to do');
      });
    });
    signal.throwIfAborted();
    return output;
  } catch (error) {
    endGroup(child);
    await removeFiles(request.workDir);
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
};

async function removeFiles(workDir: string): Promise<void> {
  await Promise.all(Object.values(FILES).map((name) => rm(join(workDir, name), { recursive: true, force: true, maxRetries: 3 })));
}
