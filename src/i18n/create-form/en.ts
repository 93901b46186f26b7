import type { TermTable } from '../terms.ts';

/** English words of `<job-create-form>`. */
export const createFormEn = {
  'form.label': 'New video',
  'form.submit': 'Create video',
  'form.submitting': 'Creating…',
  'form.another': 'Create another video',
  'form.created': '“{title}” has been taken up.',
  'form.problems': {
    one: 'One field needs your attention.',
    other: '{count} fields need your attention.',
  },
  'form.refused': 'The video could not be created.',
  'form.retryHint': 'Nothing is lost: you can send it again.',
  'form.noUser': 'Videos can be created once a user is known.',

  'form.title': 'Title',
  'form.script': 'Script',
  'form.script.hint': 'What is to be said. Each sentence becomes a scene.',
  'form.platform': 'Platform',
  'form.language': 'Language',
  'form.duration': 'Length in seconds',

  'platform.youtube': 'YouTube',
  'platform.youtube_shorts': 'YouTube Shorts',
  'platform.tiktok': 'TikTok',
  'platform.instagram': 'Instagram',

  'speech.words': { one: '{count} word', other: '{count} words' },
  'speech.characters': { one: '{count} character', other: '{count} characters' },
  'speech.spoken': 'about {time} spoken',
  'speech.fits': 'fits the length',
  'speech.long': '{time} longer than the video',
  'speech.short': '{time} shorter than the video',
  'speech.use': 'Set length to {time}',

  'problem.title.required': 'Give the video a title.',
  'problem.script_content.required': 'Write what is to be said.',
  'problem.duration.required': 'Say how long the video is to be.',
  'problem.required': 'Fill in this field.',
  'problem.too_long': { one: 'At most {count} character.', other: 'At most {count} characters. Now there are {now}.' },
  'problem.range': 'Give a whole number from {min} to {max}.',
  'problem.text': 'Remove the characters that cannot be displayed.',
  'problem.choice': 'Choose one of the list.',
} as const satisfies TermTable;

export type CreateFormTerms = typeof createFormEn;
