import type { TranslationOf } from '../terms.ts';
import type { NotificationsTerms } from './en.ts';

/** Nepali words of `<job-notifications>`. */
export const notificationsNe: TranslationOf<NotificationsTerms> = {
  'notices.label': 'सूचनाहरू',
  'notices.unread': 'सूचनाहरू, {count} नपढिएका',
  'notices.new': 'नयाँ',
  'notices.readAll': 'सबै पढिएको मान्नुहोस्',
  'notices.read': 'पढिएको मान्नुहोस्: {text}',
  'notices.close': 'बन्द गर्नुहोस्: {text}',
  'notices.closeAll': 'सबै बन्द गर्नुहोस्',
  'notices.more': 'थप {count}',
  'notices.show': 'देखाउनुहोस्',
  'notices.about': '{action}: {text}',
  'notices.empty.title': 'नयाँ केही छैन',
  'notices.empty.text': 'काम सकिएपछि यहाँ थाहा पाउनुहुन्छ।',
  'notices.desktop': 'डेस्कटप सूचना',
  'notices.desktop.text': 'तपाईं अर्को पृष्ठ हेर्दै हुनुहुँदा।',
  'notices.desktop.denied': 'यो ब्राउजरले यस साइटका सूचना रोक्छ। ब्राउजरको सेटिङमा अनुमति दिन सकिन्छ।',
  'notices.desktop.unsupported': 'यो ब्राउजरमा सूचना छैन। बरु पृष्ठको शीर्षक बदलिन्छ।',
};
