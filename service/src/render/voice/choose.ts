import { knownLanguage } from '../text/language.ts';
import { EspeakVoice, espeakVoices, matchVoice } from './espeak.ts';
import { FLITE_VOICES, FliteVoice } from './flite.ts';
import type { VoiceChoice } from './voice.ts';

export interface VoiceWish {
  /** BCP 47. */
  language: string;
  name: string | null;
  /** All that is to be said. */
  text: string;
  /** For the engines' files. */
  directory: string;
}

/** At least half of the letters. */
function writtenInLatin(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  const latin = text.match(/\p{Script=Latin}/gu) ?? [];
  return latin.length * 2 >= letters.length;
}

function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** English is read by the voice that is always there, other languages by espeak-ng where it is installed, else nobody reads. */
export async function chooseVoice(wish: VoiceWish): Promise<VoiceChoice> {
  const tag = knownLanguage(wish.language);
  const language = tag.split('-')[0]!;
  const asked = wish.name?.trim().toLowerCase() ?? '';
  if (language === 'en') {
    if (!writtenInLatin(wish.text)) return { voice: null, reason: 'The English voice cannot read this script: it is not in Latin letters.' };
    const name = FLITE_VOICES.find((voice) => asked === voice || asked === `flite-${voice}`);
    try {
      const voice = await FliteVoice.load(name ?? FLITE_VOICES[0]!, wish.directory);
      return asked && !name ? { voice, note: otherVoice(wish.name!, voice.name) } : { voice };
    } catch {
      // Without the package, espeak-ng may still be there.
    }
  }
  const voices = await espeakVoices();
  if (voices.length === 0) return { voice: null, reason: `No voice for ${languageName(tag)} is installed (espeak-ng has many).` };
  const name = matchVoice(voices, asked && voices.includes(asked) ? asked : tag);
  if (!name) return { voice: null, reason: `espeak-ng has no voice for ${languageName(tag)}.` };
  if (language === 'ja' && /\p{Script=Han}/u.test(wish.text)) {
    return { voice: null, reason: 'espeak-ng cannot read kanji, so the Japanese narration would be wrong.' };
  }
  const voice = new EspeakVoice(name, wish.directory);
  return asked && asked !== name.toLowerCase() ? { voice, note: otherVoice(wish.name!, name) } : { voice };
}

function otherVoice(asked: string, used: string): string {
  return `The voice "${asked}" is not available offline; "${used}" was used.`;
}
