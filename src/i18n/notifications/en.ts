import type { TermTable } from '../terms.ts';

/** English words of `<job-notifications>`. */
export const notificationsEn = {
  'notices.label': 'Notifications',
  'notices.unread': { one: 'Notifications, {count} unread', other: 'Notifications, {count} unread' },
  'notices.new': 'New',
  'notices.readAll': 'Mark all as read',
  'notices.read': 'Mark as read: {text}',
  'notices.close': 'Close: {text}',
  'notices.closeAll': 'Close all',
  'notices.more': { one: '{count} more', other: '{count} more' },
  'notices.show': 'Show',
  'notices.about': '{action}: {text}',
  'notices.empty.title': 'Nothing new',
  'notices.empty.text': 'When a job ends, you read it here.',
  'notices.desktop': 'Desktop notifications',
  'notices.desktop.text': 'When you look at another page.',
  'notices.desktop.denied': 'This browser blocks notifications for this site. You can allow them in its settings.',
  'notices.desktop.unsupported': 'This browser has no notifications. The title of the page will change instead.',
} as const satisfies TermTable;

export type NotificationsTerms = typeof notificationsEn;
