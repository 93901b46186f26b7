import { open } from 'node:fs/promises';
import { addMusic } from './music.ts';
import { wavHeader, type Sound } from './wav.ts';

export interface Soundtrack {
  /** Seconds. */
  duration: number;
  /** Samples a second. */
  rate: number;
  /** What is said, and from which second to which; sounds do not overlap. */
  speech: readonly { start: number; end: number; sound: Sound }[];
  /** A name from `MUSIC_NAMES`, or none. */
  music: string | null;
}

/** How loud speech is to be: the mean of what is not silence, 0..1. */
const SPEECH_LEVEL = 0.13;
const SPEECH_PEAK = 0.9;
const MUSIC_LEVEL = { alone: 0.14, under: 0.045 };
/** Seconds over which speech starts and ends, against clicks. */
const EDGE = 0.008;

function speechGain(speech: Soundtrack['speech']): number {
  let energy = 0;
  let count = 0;
  let peak = 1;
  for (const { sound } of speech) {
    for (const sample of sound.samples) {
      const size = Math.abs(sample);
      if (size > peak) peak = size;
      if (size < 300) continue;
      energy += size * size;
      count++;
    }
  }
  const mean = count > 0 ? Math.sqrt(energy / count) / 32768 : SPEECH_LEVEL;
  return Math.min(SPEECH_LEVEL / mean, (SPEECH_PEAK * 32768) / peak, 6);
}

/** Quiet sounds pass as they are; loud ones bend instead of being cut. */
function limit(value: number): number {
  const size = Math.abs(value);
  return size < 0.8 ? value : Math.sign(value) * (0.8 + 0.2 * Math.tanh((size - 0.8) / 0.2));
}

/** Mixes speech and music into a stereo WAV file, a second at a time, so that a long video needs no more memory than a short one. */
export async function writeSoundtrack(path: string, track: Soundtrack): Promise<void> {
  const { rate, speech, music, duration } = track;
  const total = Math.round(duration * rate);
  const gain = speechGain(speech) / 32768;
  const level = speech.length > 0 ? MUSIC_LEVEL.under : MUSIC_LEVEL.alone;
  const file = await open(path, 'w');
  try {
    await file.write(wavHeader(rate, 2, total));
    for (let from = 0; from < total; from += rate) {
      const length = Math.min(rate, total - from);
      const left = new Float32Array(length);
      const right = new Float32Array(length);
      for (const { start, end, sound } of speech) addSpeech(left, from, Math.round(start * rate), Math.round(end * rate), sound, gain);
      right.set(left);
      if (music) addMusic(music, left, right, from, rate, duration, level);
      const bytes = Buffer.alloc(length * 4);
      for (let i = 0; i < length; i++) {
        bytes.writeInt16LE(Math.round(limit(left[i]!) * 32767), i * 4);
        bytes.writeInt16LE(Math.round(limit(right[i]!) * 32767), i * 4 + 2);
      }
      await file.write(bytes);
    }
  } finally {
    await file.close();
  }
}

function addSpeech(block: Float32Array, from: number, start: number, end: number, sound: Sound, gain: number): void {
  const length = Math.min(sound.samples.length, end - start);
  const edge = Math.round(EDGE * sound.rate);
  const first = Math.max(0, from - start);
  const last = Math.min(length, from + block.length - start);
  for (let i = first; i < last; i++) {
    const fade = Math.min(1, (i + 1) / edge, (length - i) / edge);
    block[start + i - from]! += sound.samples[i]! * gain * fade;
  }
}
