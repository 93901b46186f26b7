import type { TranslationOf } from '../terms.ts';
import type { PlayerTerms } from './en.ts';

/** Nepali words of `<job-player>`. */
export const playerNe: TranslationOf<PlayerTerms> = {
  'player.label': 'भिडियो प्लेयर',
  'player.play': 'चलाउनुहोस्',
  'player.pause': 'रोक्नुहोस्',
  'player.seek': 'स्थान',
  'player.position': '{total} मध्ये {time}',
  'player.mute': 'आवाज बन्द गर्नुहोस्',
  'player.unmute': 'आवाज खोल्नुहोस्',
  'player.volume': 'आवाज',
  'player.captions': 'उपशीर्षक',
  'player.pip': 'सानो झ्यालमा भिडियो',
  'player.fullscreen': 'पूरा स्क्रिन',
  'player.exitFullscreen': 'पूरा स्क्रिनबाट बाहिर',
  'player.problem': 'यो भिडियो यहाँ चलाउन सकिएन।',
  'player.tryAgain': 'फेरि प्रयास गर्नुहोस्',
  'player.download': 'भिडियो डाउनलोड गर्नुहोस्',
};
