import { SourceError } from './source.ts';
import type { Slices } from './slices.ts';

const PIECE = 262_144;
const SAMPLE = 4_096;

/**
 * The text of a file in UTF-8 or UTF-16, by its byte order mark or, without one, by where its zeros are. What is neither is
 * read as Windows-1252, in which old spreadsheets write.
 */
export async function decode(bytes: Uint8Array, slices: Slices): Promise<string> {
  const encoding = detect(bytes);
  if (encoding !== 'utf-8') return run(bytes, encoding, false, slices);
  try {
    return await run(bytes, 'utf-8', true, slices);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return run(bytes, 'windows-1252', false, slices);
  }
}

function detect(bytes: Uint8Array): string {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  // A workbook is a zip archive; an old one begins with the mark of a compound document.
  if ((a === 0x50 && b === 0x4b && c === 3 && d === 4) || (a === 0xd0 && b === 0xcf && c === 0x11 && d === 0xe0)) {
    throw new SourceError('binary');
  }
  const zeros = [0, 0];
  const length = Math.min(SAMPLE, bytes.length);
  for (let index = 0; index < length; index++) if (bytes[index] === 0) zeros[index % 2]!++;
  const [even, odd] = zeros as [number, number];
  if (even + odd === 0) return 'utf-8';
  // Blanks, digits and separators have their zero byte always on the same side.
  if (odd > length / 40 && even === 0) return 'utf-16le';
  if (even > length / 40 && odd === 0) return 'utf-16be';
  throw new SourceError('binary');
}

async function run(bytes: Uint8Array, encoding: string, fatal: boolean, slices: Slices): Promise<string> {
  // Takes a byte order mark away by itself.
  const decoder = new TextDecoder(encoding, { fatal });
  let text = '';
  for (let start = 0; start < bytes.length; start += PIECE) {
    text += decoder.decode(bytes.subarray(start, start + PIECE), { stream: true });
    await slices.breathe();
  }
  return text + decoder.decode();
}
