import type { TranslationOf } from '../terms.ts';
import type { CreateFormTerms } from './en.ts';

/** Nepali words of `<job-create-form>`. */
export const createFormNe: TranslationOf<CreateFormTerms> = {
  'form.label': 'नयाँ भिडियो',
  'form.submit': 'भिडियो बनाउनुहोस्',
  'form.submitting': 'पठाइँदै छ…',
  'form.another': 'अर्को भिडियो बनाउनुहोस्',
  'form.created': '“{title}” को काम सुरु गरियो।',
  'form.problems': {
    one: 'एउटा ठाउँ सच्याउनुपर्छ।',
    other: '{count} वटा ठाउँ सच्याउनुपर्छ।',
  },
  'form.refused': 'भिडियो बनाउन सकिएन।',
  'form.retryHint': 'केही हराएको छैन: फेरि पठाउन सक्नुहुन्छ।',
  'form.noUser': 'प्रयोगकर्ता थाहा भएपछि मात्र भिडियो बनाउन मिल्छ।',

  'form.title': 'शीर्षक',
  'form.script': 'स्क्रिप्ट',
  'form.script.hint': 'भिडियोमा भनिने कुरा। हरेक वाक्य एउटा दृश्य बन्छ।',
  'form.platform': 'प्लेटफर्म',
  'form.language': 'भाषा',
  'form.duration': 'अवधि (सेकेन्डमा)',

  'platform.youtube': 'YouTube',
  'platform.youtube_shorts': 'YouTube Shorts',
  'platform.tiktok': 'TikTok',
  'platform.instagram': 'Instagram',

  'speech.words': '{count} शब्द',
  'speech.characters': '{count} अक्षर',
  'speech.spoken': 'बोल्दा करिब {time}',
  'speech.fits': 'अवधिसँग मिल्छ',
  'speech.long': 'भिडियोभन्दा {time} लामो',
  'speech.short': 'भिडियोभन्दा {time} छोटो',
  'speech.use': 'अवधि {time} राख्नुहोस्',

  'problem.title.required': 'भिडियोको शीर्षक लेख्नुहोस्।',
  'problem.script_content.required': 'भिडियोमा भनिने कुरा लेख्नुहोस्।',
  'problem.duration.required': 'भिडियो कति लामो हुने हो, लेख्नुहोस्।',
  'problem.required': 'यो ठाउँ भर्नुहोस्।',
  'problem.too_long': 'बढीमा {count} अक्षर। अहिले {now} छन्।',
  'problem.range': '{min} देखि {max} सम्मको पूर्ण सङ्ख्या लेख्नुहोस्।',
  'problem.text': 'देखाउन नमिल्ने अक्षरहरू हटाउनुहोस्।',
  'problem.choice': 'सूचीबाट एउटा छान्नुहोस्।',
};
