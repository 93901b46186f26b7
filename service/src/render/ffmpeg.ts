/** Finding an ffmpeg that can make H.264 and AAC. */
import { execFile } from 'node:child_process';
import { access, chmod, constants, copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { RenderError } from './types.ts';

const run = promisify(execFile);
const NAME = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The one from npm. Where install scripts do not run it lacks the permission to be run: it is given, here or on a copy. */
async function installed(scratch: string): Promise<string | null> {
  let path: string;
  try {
    path = (createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg') as { path: string }).path;
  } catch {
    return null;
  }
  if (await isExecutable(path)) return path;
  try {
    await chmod(path, 0o755);
    return path;
  } catch {
    await mkdir(scratch, { recursive: true });
    const copy = join(scratch, basename(path));
    await copyFile(path, copy);
    await chmod(copy, 0o755);
    return copy;
  }
}

async function canEncode(path: string): Promise<boolean> {
  try {
    const { stdout } = await run(path, ['-hide_banner', '-encoders'], { timeout: 15_000, maxBuffer: 4_000_000 });
    return /\blibx264\b/.test(stdout) && /\baac\b/.test(stdout);
  } catch {
    return false;
  }
}

/**
 * The first that works of `FFMPEG_PATH`, ffmpeg on PATH, and the npm package. `scratch` takes a copy where one is needed.
 * Throws a permanent `RenderError` when there is none; a set `FFMPEG_PATH` that does not work is never passed over in silence.
 */
export async function findFfmpeg(env: NodeJS.ProcessEnv, scratch: string): Promise<string> {
  if (env.FFMPEG_PATH) {
    if (await canEncode(env.FFMPEG_PATH)) return env.FFMPEG_PATH;
    throw new RenderError('The video encoder that the server is set up to use (FFMPEG_PATH) does not run or cannot make H.264 and AAC.', { permanent: true });
  }
  for (const directory of (env.PATH ?? '').split(delimiter)) {
    const path = join(directory, NAME);
    if (directory && (await isExecutable(path)) && (await canEncode(path))) return path;
  }
  const own = await installed(scratch);
  if (own && (await canEncode(own))) return own;
  throw new RenderError('There is no video encoder on the server. Install ffmpeg with libx264, or set FFMPEG_PATH.', { permanent: true });
}
