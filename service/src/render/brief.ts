/** From the request to what will be made, with everything that can be refused refused before any work is done. */
import { CAPTION_STYLES, type CaptionStyle } from './draw/caption-card.ts';
import { DEFAULT_TEMPLATE, isTemplate, paletteFor, TEMPLATE_NAMES, type Palette } from './draw/template.ts';
import { frameSize, type FrameSize } from './frame-size.ts';
import { shortestDuration } from './pacing.ts';
import { readScript, type Scene } from './script.ts';
import { DEFAULT_MUSIC, isMusic, MUSIC_NAMES } from './sound/music.ts';
import { RenderError, type VideoRequest } from './types.ts';

export interface Brief {
  title: string;
  scenes: Scene[];
  /** Seconds. */
  duration: number;
  size: FrameSize;
  palette: Palette;
  template: string;
  /** `null`: no captions in the picture. */
  captions: CaptionStyle | null;
  music: string | null;
  /** What was done otherwise than asked, in sentences for people. */
  notes: string[];
}

/** Words that mean "as you like" in a field that names a choice. */
const UNSAID = new Set(['', 'default', 'auto']);
const NONE = new Set(['none', 'off', 'no', 'false']);

const wish = (value: string | null | undefined): string => value?.trim().toLowerCase() ?? '';

/**
 * Throws a permanent `RenderError` for a template that is not known (it is the look of the whole video, so another one would not
 * be what was asked), for a script without a word, and for a duration too short to show the script. Lesser wishes that cannot be
 * met fall back and are noted.
 */
export function readBrief(video: VideoRequest): Brief {
  const notes: string[] = [];
  const template = UNSAID.has(wish(video.template_id)) ? DEFAULT_TEMPLATE : wish(video.template_id);
  if (!isTemplate(template)) {
    throw new RenderError(`There is no template "${video.template_id}". Known templates: ${TEMPLATE_NAMES.join(', ')}.`, { permanent: true });
  }
  const scenes = readScript(video.script_content, video.language);
  if (scenes.length === 0) throw new RenderError('The script has no words to show.', { permanent: true });
  const count = scenes.reduce((sum, scene) => sum + scene.captions.length, 0);
  const least = Math.ceil(shortestDuration(count));
  if (video.duration < least) {
    throw new RenderError(
      `The script is too long for ${video.duration} s: its ${count} captions need at least ${least} s. Ask for a longer video or shorten the script.`,
      { permanent: true },
    );
  }
  return {
    title: video.title.replaceAll(/\s+/g, ' ').trim(),
    scenes,
    duration: video.duration,
    size: frameSize(video),
    palette: paletteFor(template, `${video.script_id}\n${video.title}`),
    template,
    captions: captionStyle(video, notes),
    music: musicFor(video, notes),
    notes,
  };
}

function captionStyle(video: VideoRequest, notes: string[]): CaptionStyle | null {
  const asked = wish(video.subtitle_style);
  if (video.enable_subtitles === false || NONE.has(asked)) return null;
  const known = CAPTION_STYLES.find((style) => style === asked);
  if (known) return known;
  if (!UNSAID.has(asked)) notes.push(`The subtitle style "${video.subtitle_style}" is not known; "${CAPTION_STYLES[0]}" was used. Known: ${CAPTION_STYLES.join(', ')}.`);
  return CAPTION_STYLES[0]!;
}

function musicFor(video: VideoRequest, notes: string[]): string | null {
  const asked = wish(video.background_music);
  if (asked === '' || NONE.has(asked)) return null;
  if (isMusic(asked)) return asked;
  if (!UNSAID.has(asked)) notes.push(`The music "${video.background_music}" is not known; "${DEFAULT_MUSIC}" was used. Known: ${MUSIC_NAMES.join(', ')}.`);
  return DEFAULT_MUSIC;
}
