import type { TermTable } from '../terms.ts';

/** English words of `<job-stats>`. */
export const statsEn = {
  'stats.label': 'Statistics',
  'stats.all': 'All',
  'stats.status': 'Status',
  'stats.count': 'Jobs',
  'stats.share': 'Share',
  'stats.byStatus': 'Jobs by status',
  'stats.waiting': { one: '{count} in the queue', other: '{count} in the queue' },
  'stats.running': { one: '{count} running', other: '{count} running' },
  'stats.asTable': 'Show as a table',

  'stats.healthy': 'Healthy',
  'stats.unhealthy': 'Not healthy',
  'stats.healthUnknown': 'Health unknown',

  'stats.range': 'Time range',
  'stats.range.hour': 'Last hour',
  'stats.range.day': 'Last 24 hours',
  'stats.range.week': 'Last 7 days',
  'stats.range.month': 'Last 30 days',
  'stats.since': 'Since {time}, as this page saw it.',
  'stats.collecting': 'The charts begin in a moment: this service keeps no history, so they show what happens from now on.',
  'stats.historyFailed': 'The history could not be read. The charts show what this page saw.',
  'stats.nothingCounted': 'Nothing has been counted in this time yet. The service counts once a minute.',

  'stats.throughput': 'Jobs ended',
  'stats.perMinute': '{count} a minute',
  'stats.perHour': '{count} an hour',
  'stats.failureRate': 'Failure rate',
  'stats.failed': '{failed} of {total} failed',
  'stats.depth': 'Queue depth',
  'stats.longest': 'up to {count}',
  'stats.noneEnded': 'none ended',
  'stats.time': 'Time',
  'stats.ended': 'Ended',
  'stats.mean': 'Mean',
  'stats.most': 'Most',
  'stats.notCounted': 'not counted',
  'stats.span': '{from} to {to}',
  'stats.of': '{name}: {value}',

  'stats.empty.title': 'No jobs yet',
  'stats.empty.text': 'As soon as there is one, it is counted here.',
  'stats.error.title': 'The statistics could not be loaded',
  'stats.error.none': 'This service does not count its jobs.',
} as const satisfies TermTable;

export type StatsTerms = typeof statsEn;
