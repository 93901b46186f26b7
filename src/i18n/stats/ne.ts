import type { TranslationOf } from '../terms.ts';
import type { StatsTerms } from './en.ts';

/** Nepali words of `<job-stats>`. */
export const statsNe: TranslationOf<StatsTerms> = {
  'stats.label': 'तथ्याङ्क',
  'stats.all': 'सबै',
  'stats.status': 'अवस्था',
  'stats.count': 'कामहरू',
  'stats.share': 'हिस्सा',
  'stats.byStatus': 'अवस्थाअनुसार कामहरू',
  'stats.waiting': 'लाइनमा {count}',
  'stats.running': '{count} हुँदै छ',
  'stats.asTable': 'तालिकामा देखाउनुहोस्',

  'stats.healthy': 'ठीक छ',
  'stats.unhealthy': 'ठीक छैन',
  'stats.healthUnknown': 'सेवाको हाल थाहा छैन',

  'stats.range': 'समयावधि',
  'stats.range.hour': 'पछिल्लो घण्टा',
  'stats.range.day': 'पछिल्ला २४ घण्टा',
  'stats.range.week': 'पछिल्ला ७ दिन',
  'stats.range.month': 'पछिल्ला ३० दिन',
  'stats.since': '{time} देखि, यस पृष्ठले देखेअनुसार।',
  'stats.collecting': 'चार्ट केही बेरमा सुरु हुन्छ: यस सेवाले इतिहास राख्दैन, त्यसैले अबदेखि के हुन्छ त्यही देखिन्छ।',
  'stats.historyFailed': 'इतिहास पढ्न सकिएन। चार्टले यस पृष्ठले देखेको कुरा देखाउँछ।',
  'stats.nothingCounted': 'यस अवधिमा अहिलेसम्म केही गनिएको छैन। सेवाले हरेक मिनेट गन्छ।',

  'stats.throughput': 'सकिएका कामहरू',
  'stats.perMinute': 'प्रति मिनेट {count}',
  'stats.perHour': 'प्रति घण्टा {count}',
  'stats.failureRate': 'असफलता दर',
  'stats.failed': '{total} मध्ये {failed} असफल',
  'stats.depth': 'लाइनको लम्बाइ',
  'stats.longest': 'बढीमा {count}',
  'stats.noneEnded': 'केही सकिएन',
  'stats.time': 'समय',
  'stats.ended': 'सकिए',
  'stats.mean': 'औसत',
  'stats.most': 'बढीमा',
  'stats.notCounted': 'गनिएको छैन',
  'stats.span': '{from} देखि {to}',
  'stats.of': '{name}: {value}',

  'stats.empty.title': 'अहिलेसम्म कुनै काम छैन',
  'stats.empty.text': 'काम आउनेबित्तिकै यहाँ गनिन्छ।',
  'stats.error.title': 'तथ्याङ्क लोड गर्न सकिएन',
  'stats.error.none': 'यो सेवाले कामहरू गन्दैन।',
};
