/** The making of one video, from the request to the files. Runs in a process of its own. */
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBrief, type Brief } from './brief.ts';
import { webvtt } from './captions.ts';
import { Encoder } from './encoder.ts';
import { findFfmpeg } from './ffmpeg.ts';
import { FILES } from './files.ts';
import { Film } from './film.ts';
import { frameSize } from './frame-size.ts';
import { narrate, type Narration } from './narration.ts';
import { pace } from './pacing.ts';
import { ProgressTracker, type StepCosts } from './progress.ts';
import { writeSoundtrack } from './sound/soundtrack.ts';
import { fontStack, missingCharacters, without } from './text/fonts.ts';
import { opticalLength, readingTime } from './text/language.ts';
import { cardsFor } from './timeline.ts';
import type { RenderOutput, RenderProgress, RenderRequest, VideoRequest } from './types.ts';
import { chooseVoice } from './voice/choose.ts';

const FPS = 24;
/** Samples a second of a soundtrack in which nobody speaks. */
const SILENT_RATE = 24_000;
/** Frames after which the memory of drawn frames is given back: the pixels lie outside of what the engine watches. */
const COLLECT_EVERY = 8;

const collect = (globalThis as { gc?: (options: { type: 'minor' }) => void }).gc;

/** Seconds that the steps are likely to take. Only their proportions matter. */
function expectedCosts(video: VideoRequest): StepCosts {
  const { width, height } = frameSize(video);
  const spoken = Math.min(opticalLength(video.script_content) / 15, video.duration * 1.6);
  return {
    script: 0.15,
    narration: 0.2 + spoken * 0.04 + video.duration * (video.background_music ? 0.03 : 0.005),
    scenes: 0.05,
    encode: 0.3 + video.duration * FPS * ((width * height) / 1e6) * 0.013,
    thumbnail: 0.03,
    finish: 0.02 + video.duration * 0.002,
  };
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export async function makeVideo(request: RenderRequest, onProgress: (progress: RenderProgress) => void): Promise<RenderOutput> {
  const progress = new ProgressTracker(expectedCosts(request.video), onProgress);
  try {
    return await make(request, progress);
  } catch (error) {
    progress.fail();
    throw error;
  }
}

async function make(request: RenderRequest, progress: ProgressTracker): Promise<RenderOutput> {
  const { video, workDir } = request;
  progress.start('script', 'Reading the script');
  const brief = readBrief(video);
  const scratch = join(workDir, FILES.scratch);
  await mkdir(scratch, { recursive: true });
  const ffmpeg = await findFfmpeg(process.env, scratch);
  const everything = [brief.title, ...brief.scenes.map(({ text }) => text)].join('\n');
  const stack = fontStack(`${everything}0123456789/…`, video.language);
  const missing = missingCharacters(everything, stack);

  progress.start('narration', 'Finding a voice');
  const { narration, voice } = await makeNarration(request, brief, scratch, everything, progress);
  const sound = join(scratch, 'sound.wav');
  progress.update(0.9, 'Mixing the sound');
  await writeSoundtrack(sound, {
    duration: narration.pace.frames / FPS,
    rate: narration.sounds?.[0]?.rate ?? SILENT_RATE,
    music: brief.music,
    speech: (narration.sounds ?? []).map((said, i) => {
      const scene = narration.pace.scenes[i]!;
      return { start: scene.speech.start / FPS, end: scene.end / FPS, sound: said };
    }),
  });

  progress.start('scenes', 'Setting the scenes');
  const cards = cardsFor(brief.scenes, narration.pace, FPS);
  const captionsPath = join(workDir, FILES.captions);
  await writeFile(captionsPath, webvtt(cards, FPS));
  const film = new Film({
    size: brief.size,
    fps: FPS,
    pace: narration.pace,
    title: without(brief.title, missing),
    cards: cards.map((card) => ({ ...card, text: without(card.text, missing) })),
    palette: brief.palette,
    captions: brief.captions,
    style: { stack, language: video.language },
  });

  const videoPath = join(workDir, FILES.video);
  await encode(film, narration, { ffmpeg, brief, sound, output: videoPath }, progress);

  progress.start('thumbnail', 'Making the thumbnail');
  const thumbnailPath = join(workDir, FILES.thumbnail);
  await writeFile(thumbnailPath, film.thumbnail());

  progress.start('finish', 'Finishing');
  const { size: fileSize } = await stat(videoPath);
  await rm(scratch, { recursive: true, force: true });
  progress.end('Finished');
  return {
    videoPath,
    thumbnailPath,
    captionsPath,
    duration: Number((narration.pace.frames / FPS).toFixed(3)),
    fileSize,
    resolution: `${brief.size.width}x${brief.size.height}`,
    voice,
    scenes: brief.scenes.length,
    template: brief.template,
    subtitle_style: brief.captions,
    background_music: brief.music,
    ...(brief.notes.length > 0 && { notes: brief.notes }),
    ...(missing.length > 0 && {
      missing_characters: missing.slice(0, 100).join(''),
      missing_characters_reason: 'No font on the server has these characters; they are left out of the picture, not of the caption file.',
    }),
  };
}

async function makeNarration(
  { video }: RenderRequest,
  brief: Brief,
  scratch: string,
  text: string,
  progress: ProgressTracker,
): Promise<{ narration: Narration; voice: RenderOutput['voice'] }> {
  const times = {
    duration: brief.duration,
    fps: FPS,
    captions: brief.scenes.map((scene) => scene.captions.length),
    reading: brief.scenes.map((scene) => readingTime(scene.text)),
  };
  const silent = (reason: string): { narration: Narration; voice: RenderOutput['voice'] } => ({
    narration: { pace: pace({ ...times, spoken: null }), sounds: null, tempo: 1 },
    voice: { engine: null, reason },
  });
  const choice = await chooseVoice({ language: video.language, name: video.voice_name ?? null, text, directory: join(scratch, 'voice') });
  if (!choice.voice) return silent(choice.reason);
  if (choice.note) brief.notes.push(choice.note);
  const { engine, name } = choice.voice;
  const narration = await narrate(choice.voice, brief.scenes, times, (said, of, pass) => {
    // Most scripts are said twice: once to know how long they are, once at the tempo that fits.
    progress.update(0.9 * (1 - 0.5 ** pass * (2 - said / of)), `Recording sentence ${said + 1} of ${of}`);
  });
  if (!narration.sounds) return { narration, voice: { engine: null, reason: narration.reason } };
  return { narration, voice: { engine, name, tempo: Number(narration.tempo.toFixed(2)) } };
}

async function encode(
  film: Film,
  { pace: { frames } }: Narration,
  { ffmpeg, brief, sound, output }: { ffmpeg: string; brief: Brief; sound: string; output: string },
  progress: ProgressTracker,
): Promise<void> {
  const total = frames / FPS;
  let drawn = 0;
  let encoded = 0;
  // The encoder looks ahead and reports twice a second only: what it has taken counts for half.
  const report = (): void => progress.update((drawn + encoded) / 2 / total, `Drawing and encoding ${clock(encoded)} of ${clock(total)}`);
  progress.start('encode', `Drawing and encoding ${clock(0)} of ${clock(total)}`);
  const encoder = new Encoder({
    ffmpeg,
    size: brief.size,
    fps: FPS,
    frames,
    sound,
    output,
    title: brief.title,
    onTime: (seconds) => {
      encoded = Math.max(encoded, Math.min(total, seconds));
      report();
    },
  });
  try {
    for (let frame = 0; frame < frames; frame++) {
      await encoder.write(film.frame(frame));
      drawn = (frame + 1) / FPS;
      report();
      if (frame % COLLECT_EVERY === COLLECT_EVERY - 1) collect?.({ type: 'minor' });
    }
    await encoder.finish();
  } catch (error) {
    encoder.kill();
    throw error;
  }
}
