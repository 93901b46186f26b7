/** `npm run seed`: fills the service with sample jobs to look at, whether `npm start` runs or not. */
import './lib/modern-node.mjs';
import { parseArgs } from 'node:util';

const HELP = `npm run seed -- [options]

  --jobs N      how many sample jobs to add (300)
  --user U      whose they are (demo); the demo page shows them at /?user=U
  --data DIR    data directory of the service (JOB_SERVICE_DATA, else .data)
  --no-media    without videos
  --remove      takes sample jobs back: those of --user, or all

With DATABASE_URL they go into that PostgreSQL database. Sample jobs stand still: no worker takes them, and they stay until removed.`;

/**
 * @param {string} text
 * @returns {never}
 */
function fail(text) {
  console.error(text);
  process.exit(1);
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        jobs: { type: 'string', default: '300' },
        user: { type: 'string' },
        data: { type: 'string' },
        media: { type: 'boolean', default: true },
        remove: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
      allowNegative: true,
    }).values;
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
  }
}

const { jobs, user, data, media, remove, help } = readArguments();
if (help) {
  console.log(HELP);
  process.exit(0);
}
const count = Number(jobs);
if (!Number.isInteger(count) || count < 1 || count > 100_000) fail('--jobs must be a whole number from 1 to 100000.');
if (user !== undefined && (user === '' || user.length > 200)) fail('--user must have 1 to 200 characters.');

// Only now: an older Node could not read them.
const { readConfig } = await import('../service/src/config.ts');
const { createLogger } = await import('../service/src/log.ts');
const { seedJobs, unseedJobs } = await import('../service/src/samples/seed-jobs.ts');

try {
  const config = readConfig({ ...process.env, ...(data === undefined ? {} : { JOB_SERVICE_DATA: data }) });
  const logger = createLogger('warn', true);
  const onNoMedia = (/** @type {string} */ reason) => console.log(`No videos can be made here, so the finished jobs have none: ${reason}`);
  const done = remove
    ? await unseedJobs({ config, userId: user ?? null, logger })
    : await seedJobs({ config, jobs: count, userId: user ?? 'demo', media, logger, onNoMedia });
  const where = done.url ?? (config.databaseUrl === null ? config.dataDirectory : 'the database of DATABASE_URL');
  console.log(remove ? `${done.jobs} sample jobs removed from ${where}` : `${done.jobs} sample jobs added to ${where}`);
  const page = `/?user=${encodeURIComponent(user ?? 'demo')}`;
  if (!remove) console.log(done.url ? `See them at ${done.url}${page}` : `See them with \`npm start\`, at its address followed by ${page}`);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
