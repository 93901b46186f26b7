/** The process that draws. It lives as long as its parent, and no longer: then it takes the encoder along. */
import { setPriority } from 'node:os';
import { makeVideo } from './pipeline.ts';
import { endOwnGroup } from './process-group.ts';
import { RenderError, type RenderOutput, type RenderProgress, type RenderRequest } from './types.ts';

/** What the child tells its parent. */
export type ChildMessage =
  | { type: 'progress'; progress: RenderProgress }
  | { type: 'done'; output: RenderOutput }
  | { type: 'failed'; message: string; permanent: boolean; detail: string };

const GENERAL_MESSAGE = 'The video could not be made because of a fault in the renderer.';

process.on('disconnect', endOwnGroup);
if (!process.connected) endOwnGroup();

/** The API and the database go first, without this work being starved on a busy machine. The encoder inherits it. */
const NICENESS = 5;
setPriority(NICENESS);

function send(message: ChildMessage, sent?: () => void): void {
  if (process.connected) process.send?.(message, undefined, undefined, sent);
}

process.once('message', (request: RenderRequest) => {
  makeVideo(request, (progress) => send({ type: 'progress', progress }))
    .then((output): ChildMessage => ({ type: 'done', output }))
    .catch((error: unknown): ChildMessage => ({
      type: 'failed',
      message: error instanceof RenderError ? error.message : GENERAL_MESSAGE,
      permanent: error instanceof RenderError && error.permanent,
      detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }))
    .then((message) => send(message, endOwnGroup));
});
