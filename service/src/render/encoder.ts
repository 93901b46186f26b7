import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { FrameSize } from './frame-size.ts';

export interface EncoderOptions {
  ffmpeg: string;
  size: FrameSize;
  fps: number;
  /** Frames in all. */
  frames: number;
  /** A WAV file as long as the video. */
  sound: string;
  output: string;
  title: string;
  /** Seconds of video that are encoded so far. */
  onTime(seconds: number): void;
}

/** More threads per video would take the cores from other videos and from the API. */
const THREADS = Math.min(4, Math.max(1, availableParallelism()));
/** Bytes of the encoder's complaints that are kept for the log. */
const KEPT_ERRORS = 4000;

/** The command line. It must suit ffmpeg 4 as well as newer ones, and give the same file for the same input. */
export function encoderArguments({ size, fps, frames, sound, output, title }: Omit<EncoderOptions, 'ffmpeg' | 'onTime'>): string[] {
  return [
    ...['-hide_banner', '-nostdin', '-loglevel', 'error', '-y', '-progress', 'pipe:1'],
    ...['-f', 'rawvideo', '-pix_fmt', 'rgba', '-s', `${size.width}x${size.height}`, '-r', String(fps), '-i', 'pipe:0'],
    ...['-i', sound, '-map', '0:v:0', '-map', '1:a:0', '-map_metadata', '-1'],
    // Without these, players take the colours for those of another standard.
    ...['-vf', 'scale=in_range=full:out_range=tv:out_color_matrix=bt709,format=yuv420p'],
    ...['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ...['-c:v', 'libx264', '-profile:v', 'high', '-preset', 'veryfast', '-crf', '18', '-x264-params', 'aq-mode=3', '-g', String(fps * 2)],
    ...['-threads', String(THREADS), '-filter_threads', '1'],
    ...['-c:a', 'aac', '-b:a', '128k', '-ar', '48000', '-ac', '2'],
    ...['-t', (frames / fps).toFixed(6), '-metadata', `title=${title}`],
    ...['-movflags', '+faststart', '-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact', '-f', 'mp4', output],
  ];
}

/** Reads ffmpeg's own progress reports. Its `out_time_ms` is microseconds in some versions, so the clock text is used. */
export function parseOutTime(report: string): number | null {
  const found = [...report.matchAll(/^out_time=(\d+):(\d\d):(\d\d(?:\.\d+)?)\s*$/gm)].at(-1);
  return found ? Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3]) : null;
}

/** One running encoder that takes frames and gives a file. */
export class Encoder {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly ended: Promise<void>;
  private errors = '';

  constructor(options: EncoderOptions) {
    this.child = spawn(options.ffmpeg, encoderArguments(options), { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
    let report = '';
    this.child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      report = (report + chunk).slice(-2000);
      const seconds = parseOutTime(report);
      if (seconds !== null) options.onTime(seconds);
    });
    this.child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      this.errors = (this.errors + chunk).slice(-KEPT_ERRORS);
    });
    // A broken pipe shows when the encoder ends; its exit tells why.
    this.child.stdin.on('error', () => undefined);
    this.ended = new Promise((resolve, reject) => {
      this.child.on('error', reject);
      this.child.on('close', (code, signal) => {
        if (code === 0) resolve();
        else reject(new Error(`ffmpeg ended with ${signal ?? code}: ${this.errors.trim() || 'it gave no reason'}`));
      });
    });
    // Whoever writes or finishes hears of it; until then it is nobody's to handle.
    this.ended.catch(() => undefined);
  }

  /** Hands a frame over; settles when the encoder has taken it, so that no more than one waits in memory. */
  async write(frame: Buffer): Promise<void> {
    const broken = await new Promise<Error | null | undefined>((resolve) => {
      this.child.stdin.write(frame, resolve);
    });
    if (!broken) return;
    await this.ended; // why it ended is the better reason
    throw broken;
  }

  /** No more frames: settles when the file is complete. */
  async finish(): Promise<void> {
    this.child.stdin.end();
    await this.ended;
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}
