import { RETAINED_304_HEADERS, etag } from 'hono/etag';

/** Without its CORS headers a page on another origin could not use the answer. */
const RETAINED = [...RETAINED_304_HEADERS, 'access-control-allow-origin', 'access-control-expose-headers', 'x-request-id'];

/** Gives answers an `ETag`, and answers 304 to who has that one already. */
export const tagged = etag({ retainedHeaders: RETAINED });
