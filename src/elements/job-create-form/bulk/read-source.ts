import { decode } from './decode.ts';
import type * as delimitedModule from './read-delimited.ts';
import { looksLikeJsonLines, readJson, readJsonLines } from './read-json.ts';
import { Slices } from './slices.ts';
import { MAX_BYTES, SourceError, type SourceTable } from './source.ts';

/**
 * Reads a file, or text that was pasted, whatever its format: what it begins with tells, not what it is called. Rejects with
 * `SourceError`, or with the signal's reason. The page stays responsive meanwhile.
 */
export async function readSource(source: Blob | string, signal?: AbortSignal): Promise<SourceTable> {
  const size = typeof source === 'string' ? source.length : source.size;
  if (size > MAX_BYTES) throw new SourceError('too-large');
  const text = typeof source === 'string' ? source.replace(/^\ufeff/, '') : await textOf(source, signal);
  const sign = /\S/.exec(text)?.[0];
  if (sign === undefined) throw new SourceError('empty');
  if (sign === '{' && looksLikeJsonLines(text)) return readJsonLines(text, signal);
  if (sign === '{' || sign === '[') return readJson(text, signal);
  const { readDelimited } = await loadReader();
  return readDelimited(text, signal);
}

/** The parser is loaded when it is needed. */
async function loadReader(): Promise<typeof delimitedModule> {
  try {
    return await import('./read-delimited.ts');
  } catch {
    throw new SourceError('loading');
  }
}

async function textOf(blob: Blob, signal?: AbortSignal): Promise<string> {
  let buffer: ArrayBuffer;
  try {
    buffer = await blob.arrayBuffer();
  } catch {
    // A folder, or a file that has gone or changed since it was chosen.
    throw new SourceError('unreadable');
  }
  return decode(new Uint8Array(buffer), new Slices(signal));
}
