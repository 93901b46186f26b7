import { kindOf, type BulkField } from './fields.ts';

const YES = new Set('true|yes|y|1|on|x|✓|✔|ja|oui|si|sí|sim|はい|是|हो|हाँ|نعم|wahr|vrai|verdadero|verdadeiro'.split('|'));
const NO = new Set('false|no|n|0|off|✗|✘|nein|non|não|nao|いいえ|否|होइन|नहीं|لا|falsch|faux|falso'.split('|'));

/** The digits of other scripts, which spreadsheets in those languages write. */
const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]/g;

/**
 * What a cell says, as the request has it: `undefined` for nothing. What cannot be made sense of stays as it is, for the
 * schema to refuse.
 */
export function cellValue(field: BulkField, cell: unknown): unknown {
  if (cell === null || cell === undefined) return undefined;
  if (typeof cell !== 'string') return typeof cell === 'number' && kindOf(field) === 'text' ? String(cell) : cell;
  const text = cell.trim();
  if (text === '') return undefined;
  switch (kindOf(field)) {
    case 'word':
      return text.toLowerCase().replace(/[\s-]+/g, '_').replace(/^you_tube/, 'youtube').replace(/^tik_tok/, 'tiktok');
    case 'tag':
      return text.replaceAll('_', '-');
    case 'seconds':
      return seconds(text);
    case 'number':
      return number(text) ?? text;
    case 'ratio':
      return ratio(text);
    case 'flag':
      return flag(text);
    default:
      return text;
  }
}

/** Digits of any script to ours. */
function ownDigits(text: string): string {
  return text.replace(OTHER_DIGITS, (digit) => String((digit.codePointAt(0) as number) % 16 - (digit >= '\u0966' && digit <= '\u096f' ? 6 : 0)));
}

/** "12", "12.5", "12,5". With three digits behind the sign nobody knows whether it parts thousands: no number. */
function number(text: string): number | null {
  const plain = ownDigits(text).replace(/[\s\u00a0']/g, '');
  if (!/^-?\d+([.,]\d+)?$/.test(plain) || /[.,]\d{3}$/.test(plain)) return null;
  return Number(plain.replace(',', '.'));
}

/** Seconds, with or without their name, or `1:30`, `0:01:30`. */
function seconds(text: string): unknown {
  const plain = ownDigits(text);
  const clock = /^(?:(\d{1,2}):)?(\d{1,2}):(\d{2})$/.exec(plain);
  if (clock) return Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  return number(plain.replace(/\s*(s|sec|secs|seconds?|sek|sekunden|secondes?|segundos?|秒|सेकेन्ड|से)\.?$/i, '')) ?? text;
}

/** Spreadsheets take 16:9 for a time of day and write 16:09 or 16:09:00. */
function ratio(text: string): string {
  const parts = /^0?(\d{1,2})\s*[:x×/]\s*0?(\d{1,2})(?::00)?$/i.exec(ownDigits(text));
  return parts ? `${Number(parts[1])}:${Number(parts[2])}` : text;
}

function flag(text: string): unknown {
  const word = text.toLowerCase();
  if (YES.has(word)) return true;
  return NO.has(word) ? false : text;
}

/** A cell as text, for people and for reports. */
export function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}
