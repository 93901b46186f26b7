/**
 * Voices of the three providers, by their own names, a few for each language: those that are offered, not all that there are. Any
 * other can be typed.
 */

export interface KnownVoice {
  /** As the provider calls it. */
  readonly value: string;
  /** For people. */
  readonly label: string;
}

/** Azure's voices are named after their language, a person and `Neural`. */
const AZURE: Readonly<Record<string, string>> = {
  'ar-EG': 'Salma Shakir',
  'ar-SA': 'Zariyah Hamed',
  'bn-BD': 'Nabanita Pradeep',
  'de-DE': 'Katja Conrad Amala Killian',
  'en-AU': 'Natasha William',
  'en-GB': 'Sonia Ryan Libby Thomas',
  'en-IN': 'Neerja Prabhat',
  'en-US': 'Jenny Guy Aria Davis Ana Christopher',
  'es-ES': 'Elvira Alvaro',
  'es-MX': 'Dalia Jorge',
  'fr-FR': 'Denise Henri Eloise',
  'hi-IN': 'Swara Madhur',
  'id-ID': 'Gadis Ardi',
  'it-IT': 'Elsa Diego Isabella',
  'ja-JP': 'Nanami Keita',
  'ko-KR': 'SunHi InJoon',
  'ne-NP': 'Hemkala Sagar',
  'nl-NL': 'Colette Maarten Fenna',
  'pl-PL': 'Zofia Marek Agnieszka',
  'pt-BR': 'Francisca Antonio',
  'pt-PT': 'Raquel Duarte',
  'ru-RU': 'Svetlana Dmitry',
  'sv-SE': 'Sofie Mattias',
  'tr-TR': 'Emel Ahmet',
  'uk-UA': 'Polina Ostap',
  'vi-VN': 'HoaiMy NamMinh',
  'zh-CN': 'Xiaoxiao Yunxi Xiaoyi Yunyang',
};

/** Google's are numbered by letters within a language and a kind. Its Chinese and Arabic have tags of their own. */
const GOOGLE: Readonly<Record<string, readonly [tag: string, kind: string, letters: string]>> = {
  'ar-SA': ['ar-XA', 'Wavenet', 'ABCD'],
  'de-DE': ['de-DE', 'Neural2', 'GH'],
  'en-AU': ['en-AU', 'Neural2', 'ABCD'],
  'en-GB': ['en-GB', 'Neural2', 'ABCD'],
  'en-IN': ['en-IN', 'Neural2', 'ABCD'],
  'en-US': ['en-US', 'Neural2', 'CDEFHJ'],
  'es-ES': ['es-ES', 'Neural2', 'AF'],
  'fr-FR': ['fr-FR', 'Neural2', 'FG'],
  'hi-IN': ['hi-IN', 'Neural2', 'ABCD'],
  'it-IT': ['it-IT', 'Neural2', 'AF'],
  'ja-JP': ['ja-JP', 'Neural2', 'BCD'],
  'ko-KR': ['ko-KR', 'Neural2', 'ABC'],
  'pt-BR': ['pt-BR', 'Neural2', 'ABC'],
  'zh-CN': ['cmn-CN', 'Wavenet', 'ABCD'],
};

/** Those that ElevenLabs gives to everybody. Each speaks every language of its multilingual models. */
const ELEVENLABS = 'Alice Bill Brian Charlie Daniel Eric George Jessica Laura Liam Lily Matilda Rachel Sarah Will';
const ELEVENLABS_LANGUAGES =
  'ar bg cs da de el en es fi fil fr hi hr id it ja ko ms nl pl pt ro ru sk sv ta tr uk zh';

const words = (list: string): string[] => list.split(' ');

/** What is offered for a provider and a language (BCP 47). Empty where none is known. */
export function voicesFor(provider: string, language: string): readonly KnownVoice[] {
  const [primary = '', region = ''] = language.split('-');
  const tag = region ? `${primary.toLowerCase()}-${region.toUpperCase()}` : primary.toLowerCase();
  if (provider === 'elevenlabs') {
    return words(ELEVENLABS_LANGUAGES).includes(primary.toLowerCase()) ? words(ELEVENLABS).map((name) => ({ value: name, label: name })) : [];
  }
  if (provider === 'azure') {
    const place = tagIn(AZURE, tag);
    return place ? words(AZURE[place]!).map((name) => ({ value: `${place}-${name}Neural`, label: name })) : [];
  }
  const place = provider === 'google' ? tagIn(GOOGLE, tag) : undefined;
  if (!place) return [];
  const [own, kind, letters] = GOOGLE[place]!;
  return [...letters].map((letter) => ({ value: `${own}-${kind}-${letter}`, label: `${kind} ${letter}` }));
}

/** The tag itself, or the first of its language. */
function tagIn(table: object, tag: string): string | undefined {
  const tags = Object.keys(table);
  return tags.find((known) => known === tag) ?? tags.find((known) => known.split('-', 1)[0] === tag.split('-', 1)[0]);
}
