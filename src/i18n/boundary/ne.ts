import type { TranslationOf } from '../terms.ts';
import type { BoundaryTerms } from './en.ts';

/** Nepali words of `<job-error-boundary>`. */
export const boundaryNe: TranslationOf<BoundaryTerms> = {
  'boundary.title': 'पृष्ठको यो भागले काम गर्न छोड्यो',
  'boundary.text': 'बाँकी पृष्ठ चलिरहन्छ।',
  'boundary.again': 'फेरि पनि असफल भयो। केही बेरमा फेरि प्रयास गर्न सकिन्छ।',
};
