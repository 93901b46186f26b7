import { MAX_TEMPO, pace, type Pace, type PaceInput } from './pacing.ts';
import type { Scene } from './script.ts';
import type { Sound } from './sound/wav.ts';
import type { Voice } from './voice/voice.ts';

export interface Narration {
  pace: Pace;
  /** One per scene; `null`: the video stays silent. */
  sounds: Sound[] | null;
  /** How much faster than natural the voice speaks. */
  tempo: number;
  reason?: string;
}

/** A difference in tempo that nobody hears. */
const CLOSE_ENOUGH = 0.03;
const PASSES = 3;

const length = ({ rate, samples }: Sound): number => samples.length / rate;

/** Says every scene, at the tempo that fits the asked duration. */
export async function narrate(
  voice: Voice,
  scenes: readonly Scene[],
  times: Omit<PaceInput, 'spoken'>,
  onProgress: (said: number, of: number, pass: number) => void,
): Promise<Narration> {
  const silent = pace({ ...times, spoken: null });
  let tempo = 1;
  for (let pass = 1; ; pass++) {
    const sounds: Sound[] = [];
    let total = 0;
    for (const [i, scene] of scenes.entries()) {
      onProgress(i, scenes.length, pass);
      const sound = await voice.speak(scene.text, tempo);
      sounds.push(sound);
      total += length(sound) * tempo;
      // No use in saying the rest of a script that can never fit.
      if (total > times.duration * MAX_TEMPO * 1.1) return tooLong(silent, scenes, i, total);
    }
    const planned = pace({ ...times, spoken: sounds.map((sound) => length(sound) * tempo) });
    if (!planned.speechFits) return tooLong(silent, scenes, scenes.length - 1, total);
    if (Math.abs(planned.tempo / tempo - 1) <= CLOSE_ENOUGH || pass === PASSES) return { pace: planned, sounds, tempo };
    // A little more than is needed, since engines keep to a tempo only roughly.
    tempo = Math.min(MAX_TEMPO, planned.tempo > 1 ? planned.tempo * 1.015 : planned.tempo);
  }
}

function tooLong(silent: Pace, scenes: readonly Scene[], last: number, seconds: number): Narration {
  const share = scenes.slice(0, last + 1).reduce((sum, { text }) => sum + text.length, 0) / scenes.reduce((sum, { text }) => sum + text.length, 0);
  const needed = Math.ceil(seconds / share / MAX_TEMPO);
  return {
    pace: silent,
    sounds: null,
    tempo: 1,
    reason: `Saying the whole script takes at least ${needed} s, even at the fastest tempo that can be followed.`,
  };
}
