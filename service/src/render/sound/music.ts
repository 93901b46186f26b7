/** Quiet chords, made up as they play: nothing to license, nothing to ship. */

interface Mood {
  /** Chords as semitones above the ground tone. */
  chords: readonly (readonly number[])[];
  /** Hertz. */
  ground: number;
  /** Seconds of a chord. */
  length: number;
}

const MOODS: Record<string, Mood> = {
  calm: { ground: 110, length: 7, chords: [[0, 7, 12, 16, 23], [-3, 9, 12, 16, 19], [-7, 5, 12, 17, 21], [-5, 7, 11, 14, 19]] },
  warm: { ground: 98, length: 8, chords: [[0, 7, 12, 16, 19], [5, 9, 12, 17, 21], [-3, 4, 12, 16, 21], [-5, 7, 11, 14, 19]] },
  bright: { ground: 130.81, length: 5, chords: [[0, 7, 12, 16, 19], [7, 11, 14, 19, 23], [9, 12, 16, 21, 24], [5, 9, 12, 17, 21]] },
};

export const DEFAULT_MUSIC = 'calm';
export const MUSIC_NAMES: readonly string[] = Object.keys(MOODS);

export function isMusic(name: string): boolean {
  return Object.hasOwn(MOODS, name);
}

/** Seconds that a chord takes to come and, over the next one, to go. */
const SWELL = 2.4;
const FADE_IN = 1.5;
const FADE_OUT = 2.5;

/** Adds the music to one stretch of a soundtrack, `left` and `right` starting at sample `from`. */
export function addMusic(name: string, left: Float32Array, right: Float32Array, from: number, rate: number, duration: number, level: number): void {
  const mood = MOODS[name];
  if (!mood) return;
  for (let i = 0; i < left.length; i++) {
    const time = (from + i) / rate;
    const edge = Math.min(1, time / FADE_IN, Math.max(0, duration - time) / FADE_OUT);
    if (edge <= 0) continue;
    const index = Math.floor(time / mood.length);
    const into = time - index * mood.length;
    const now = Math.min(1, into / SWELL);
    let l = 0;
    let r = 0;
    const play = (chord: readonly number[], strength: number): void => {
      for (const [voice, semitones] of chord.entries()) {
        const turn = 2 * Math.PI * mood.ground * 2 ** (semitones / 12) * time;
        const breath = strength * (1 + 0.25 * Math.sin(time * (0.5 + voice * 0.13) + voice)) * (voice === 0 ? 1 : 0.6);
        l += breath * (Math.sin(turn) + 0.18 * Math.sin(2 * turn));
        r += breath * (Math.sin(turn * 1.0012 + voice) + 0.18 * Math.sin(2 * turn));
      }
    };
    play(mood.chords[index % mood.chords.length]!, now);
    if (index > 0 && now < 1) play(mood.chords[(index - 1) % mood.chords.length]!, 1 - now);
    left[i]! += l * edge * level * 0.3;
    right[i]! += r * edge * level * 0.3;
  }
}
