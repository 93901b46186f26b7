/** Sets a text into a box: the largest size at which it fits, in lines of about the same length. */
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { breakable, direction, graphemes } from './language.ts';

export interface TextStyle {
  /** Font family list, from `fontStack`. */
  stack: string;
  /** CSS weight, 100 to 900. */
  weight: number;
  /** BCP 47, chooses where lines break and how shared characters look. */
  language: string;
}

export interface TextBox {
  width: number;
  height: number;
  /** Pixels; the text takes the largest size between them at which it fits. */
  largest: number;
  smallest: number;
}

export interface TextLine {
  text: string;
  width: number;
}

export interface TextBlock {
  lines: TextLine[];
  /** Baseline to baseline, in pixels. */
  leading: number;
  width: number;
  height: number;
  face: Face;
}

/** All that a canvas must be told to draw a text. */
export interface Face extends TextStyle {
  size: number;
  dir: 'ltr' | 'rtl';
  /** Pixels between letters, negative when closer. */
  tracking: number;
}

const TALL_SCRIPTS = /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Thai}\p{Script=Arabic}]/u;
const WIDE_SCRIPTS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** Scripts whose letters may be set a little closer; joined and stacked scripts must not be. */
const LOOSE_LETTERS = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]*$/u;

/** Line height in ems: marks above and below the letters need room. */
function lineHeight(text: string): number {
  if (TALL_SCRIPTS.test(text)) return 1.5;
  return WIDE_SCRIPTS.test(text) ? 1.38 : 1.2;
}

/** One endless word must not make the whole text tiny: below this share of the largest size it is cut instead. */
const CUTS_BELOW = 0.6;

let measuring: SKRSContext2D | undefined;

function faceFor(text: string, style: TextStyle, size: number): Face {
  const tracking = size >= 28 && LOOSE_LETTERS.test(text) ? -0.015 * size : 0;
  return { ...style, size, dir: direction(text), tracking };
}

function useFace(context: SKRSContext2D, face: Face): void {
  context.font = `${face.weight} ${face.size}px ${face.stack}`;
  context.lang = face.language;
  context.direction = face.dir;
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  context.letterSpacing = `${face.tracking.toFixed(2)}px`;
}

type Measure = (text: string) => number;

function measurer(face: Face): Measure {
  measuring ??= createCanvas(1, 1).getContext('2d');
  const context = measuring;
  useFace(context, face);
  return (part) => context.measureText(part).width;
}

/** Fills lines one after the other. A piece wider than a line is cut between characters. */
function wrap(pieces: readonly string[], width: number, measure: Measure): TextLine[] {
  const lines: TextLine[] = [];
  let open = '';
  const close = (): void => {
    const text = open.trim();
    if (text) lines.push({ text, width: measure(text) });
    open = '';
  };
  for (const piece of pieces) {
    if (measure((open + piece).trimEnd()) <= width) {
      open += piece;
      continue;
    }
    close();
    if (measure(piece.trimEnd()) <= width) {
      open = piece;
      continue;
    }
    for (const character of graphemes(piece)) {
      if (open && measure(open + character) > width) close();
      open += character;
    }
  }
  close();
  return lines;
}

/** The same number of lines, but none much shorter than the others. */
function balance(pieces: readonly string[], lines: TextLine[], width: number, measure: Measure): TextLine[] {
  if (lines.length < 2) return lines;
  let low = Math.max(width / lines.length, ...pieces.map((piece) => Math.min(width, measure(piece.trimEnd()))));
  let high = width;
  let best = lines;
  for (let i = 0; i < 8; i++) {
    const middle = (low + high) / 2;
    const tried = wrap(pieces, middle, measure);
    if (tried.length <= lines.length && tried.every((line) => line.width <= middle)) {
      best = tried;
      high = middle;
    } else {
      low = middle;
    }
  }
  return best;
}

/** What does not fit at the smallest size is cut off with an ellipsis. */
function shorten(lines: TextLine[], count: number, width: number, measure: Measure): TextLine[] {
  if (lines.length <= count) return lines;
  const kept = lines.slice(0, count);
  const characters = graphemes(kept.at(-1)!.text);
  while (characters.length > 0 && measure(`${characters.join('').trimEnd()}…`) > width) characters.pop();
  const text = `${characters.join('').trimEnd()}…`;
  kept[kept.length - 1] = { text, width: measure(text) };
  return kept;
}

export function layoutText(text: string, box: TextBox, style: TextStyle): TextBlock {
  const pieces = breakable(text, style.language);
  const ems = lineHeight(text);
  const fits = (size: number): boolean => {
    const measure = measurer(faceFor(text, style, size));
    if (size > box.largest * CUTS_BELOW && pieces.some((piece) => measure(piece.trimEnd()) > box.width)) return false;
    return wrap(pieces, box.width, measure).length * size * ems <= box.height;
  };
  let low = Math.floor(box.smallest);
  let high = Math.max(low, Math.floor(box.largest));
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  // A last line of one short word looks lost: a little smaller may avoid it.
  const first = setLines(pieces, text, box, style, low, ems);
  for (const share of [1, 0.95, 0.9, 0.85, 0.8]) {
    const size = Math.floor(low * share);
    const block = share === 1 ? first : size >= box.smallest ? setLines(pieces, text, box, style, size, ems) : first;
    if (block.lines.length < 2 || block.lines.at(-1)!.width > block.width * 0.4) return block;
  }
  return first;
}

function setLines(pieces: readonly string[], text: string, box: TextBox, style: TextStyle, size: number, ems: number): TextBlock {
  const face = faceFor(text, style, size);
  const measure = measurer(face);
  const leading = size * ems;
  const room = Math.max(1, Math.floor(box.height / leading));
  const wrapped = wrap(pieces, box.width, measure);
  const lines = wrapped.length > room ? shorten(wrapped, room, box.width, measure) : balance(pieces, wrapped, box.width, measure);
  const width = Math.max(0, ...lines.map((line) => line.width));
  return { lines, leading, width, height: lines.length * leading, face };
}

/** Where a line starts when the block stands in a column from `left`, `width` wide: at the side where reading starts. */
export function lineStart(block: TextBlock, line: TextLine, left: number, width: number): number {
  return block.face.dir === 'rtl' ? left + width - line.width : left;
}

/** Draws the block with its top at `top`, in the present fill. */
export function drawBlock(context: SKRSContext2D, block: TextBlock, left: number, top: number, width: number): void {
  useFace(context, block.face);
  for (const [i, line] of block.lines.entries()) {
    const baseline = top + i * block.leading + block.leading / 2 + block.face.size * 0.34;
    context.fillText(line.text, lineStart(block, line, left, width), baseline);
  }
}
