/**
 * One element each, as an author writes it. The API's address leads nowhere, so that server and browser know the same:
 * nothing yet.
 */
export const scenarios: Record<string, string> = {
  'job-status without a job': '<job-status></job-status>',
  'job-status of a job not yet read': '<job-status job-id="7c3a" api-url="http://127.0.0.1:9"></job-status>',
  'job-status, compact, in Nepali': '<job-status lang="ne" variant="compact" job-id="7c3a" api-url="http://127.0.0.1:9"></job-status>',
  'job-status, inline': '<job-status variant="inline" job-id="7c3a" api-url="http://127.0.0.1:9"></job-status>',
  'job-status, bar': '<job-status variant="bar" job-id="7c3a" api-url="http://127.0.0.1:9"></job-status>',
  'job-player with nothing to play': '<job-player></job-player>',
  'job-player of a video': '<job-player src="http://127.0.0.1:9/a.mp4" label="A video"></job-player>',
  'job-create-form': '<job-create-form api-url="http://127.0.0.1:9"></job-create-form>',
  'job-create-form, unfolded, set by the page, in Nepali':
    '<job-create-form lang="ne" open bulk sync-fallback api-url="http://127.0.0.1:9" preset="short" value=\'{"title":"A","priority":2,"enable_subtitles":false}\' lock="title platform" hide="language" order="duration"></job-create-form>',
  'job-history': '<job-history user-id="u1" api-url="http://127.0.0.1:9"></job-history>',
  'job-error-boundary around a job-stats':
    '<job-error-boundary><job-stats api-url="http://127.0.0.1:9"></job-stats></job-error-boundary>',
  'job-notifications': '<job-notifications></job-notifications>',
  'job-notifications without a bell': '<job-notifications hide-bell></job-notifications>',
  'job-stats': '<job-stats api-url="http://127.0.0.1:9"></job-stats>',
  'job-history with a view of its own':
    '<job-history user-id="u1" status="failure" q="bees" page="2" url-state api-url="http://127.0.0.1:9"></job-history>',
  'job-provider around a job-status':
    '<job-provider api-url="http://127.0.0.1:9" user-id="u1"><job-status job-id="7c3a"></job-status></job-provider>',
};
