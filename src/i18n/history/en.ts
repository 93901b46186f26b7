import type { TermTable } from '../terms.ts';

/** English words of `<job-history>`. */
export const historyEn = {
  'history.label': 'Videos',
  'history.video': 'Video',
  'history.status': 'Status',
  'history.progress': 'Progress',
  'history.created': 'Created',
  'history.unknownTime': 'unknown',
  'history.newest': { one: 'The newest of {total}', other: 'The newest {count} of {total}' },

  'history.empty.title': 'No videos yet',
  'history.empty.text': 'What you create appears here, the newest first.',
  'history.noUser': 'Videos are shown once a user is known.',
  'history.error.title': 'The videos could not be loaded',
  'history.retry': 'Try again',
} as const satisfies TermTable;

export type HistoryTerms = typeof historyEn;
