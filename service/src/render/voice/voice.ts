import type { Sound } from '../sound/wav.ts';

export interface Voice {
  engine: string;
  /** The engine's own name of the voice. */
  name: string;
  /** Says `text`, `tempo` times as fast as is natural. Silence at the ends is cut off. */
  speak(text: string, tempo: number, signal?: AbortSignal): Promise<Sound>;
}

/** A voice, or why there is none; `note` says where the voice is not the one that was asked for. */
export type VoiceChoice = { voice: Voice; note?: string } | { voice: null; reason: string };
