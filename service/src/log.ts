import { pino } from 'pino';
import type { Logger } from 'pino';
import pretty from 'pino-pretty';
import type { Config } from './config.ts';

/**
 * The log goes to standard error, so that standard output has the one line for people. On a terminal: readable, and only what
 * needs attention. Elsewhere: one JSON object per line. It never holds headers, bodies, or the database's address.
 */
export function createLogger(level: Config['logLevel'], terminal = process.stderr.isTTY === true): Logger {
  if (terminal) return pino({ level: level ?? 'warn' }, pretty({ destination: 2, sync: true, ignore: 'pid,hostname' }));
  return pino({ level: level ?? 'info' }, pino.destination({ dest: 2, sync: true }));
}
