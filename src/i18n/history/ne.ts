import type { TranslationOf } from '../terms.ts';
import type { HistoryTerms } from './en.ts';

/** Nepali words of `<job-history>`. */
export const historyNe: TranslationOf<HistoryTerms> = {
  'history.label': 'भिडियोहरू',
  'history.video': 'भिडियो',
  'history.status': 'अवस्था',
  'history.progress': 'प्रगति',
  'history.created': 'बनाएको समय',
  'history.unknownTime': 'थाहा छैन',
  'history.newest': '{total} मध्ये सबैभन्दा नयाँ {count}',

  'history.empty.title': 'अहिलेसम्म कुनै भिडियो छैन',
  'history.empty.text': 'तपाईंले बनाएका भिडियो यहाँ देखिन्छन्, नयाँ पहिले।',
  'history.noUser': 'प्रयोगकर्ता थाहा भएपछि भिडियोहरू देखिन्छन्।',
  'history.error.title': 'भिडियोहरू लोड गर्न सकिएन',
  'history.retry': 'फेरि प्रयास गर्नुहोस्',
};
