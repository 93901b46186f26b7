/**
 * Fonts come from npm packages, so that a video looks the same on every machine. Each package is cut into slices by Unicode range;
 * only the slices that a text needs are read.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { knownLanguage } from './language.ts';

const require = createRequire(import.meta.url);

/** Families in the order in which characters are looked for. */
const LATIN = 'inter';
const SCRIPTS = ['noto-sans-devanagari', 'noto-sans-arabic', 'noto-sans-bengali', 'noto-sans-tamil', 'noto-sans-thai'];
/** One Han character looks different in each language: the text's own language comes first. */
const HAN: Record<string, string> = {
  ja: 'noto-sans-jp',
  ko: 'noto-sans-kr',
  'zh-Hans': 'noto-sans-sc',
  'zh-Hant': 'noto-sans-tc',
};
const EMOJI = 'noto-emoji';

interface Slice {
  name: string;
  ranges: readonly (readonly [number, number])[];
}

const families = new Map<string, readonly Slice[]>();
/** Font files by slice name. */
const files = new Map<string, string>();
const registered = new Set<string>();

function parseRanges(text: string): (readonly [number, number])[] {
  return text.split(',').map((range) => {
    const [from = '', to = from] = range.trim().slice(2).split('-');
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
  });
}

/** The slices of one family; none when its package is not installed. */
function slicesOf(family: string): readonly Slice[] {
  const known = families.get(family);
  if (known) return known;
  let slices: Slice[] = [];
  try {
    const index = require.resolve(`@fontsource-variable/${family}/unicode.json`);
    const ranges = JSON.parse(readFileSync(index, 'utf8')) as Record<string, string>;
    slices = Object.entries(ranges).map(([subset, text]) => {
      const name = `${family}-${subset.replaceAll(/[[\]]/g, '')}`;
      files.set(name, join(dirname(index), 'files', `${name}-wght-normal.woff2`));
      return { name, ranges: parseRanges(text) };
    });
  } catch {
    slices = [];
  }
  families.set(family, slices);
  return slices;
}

function hanFamilies(language: string): string[] {
  const { language: code, script } = new Intl.Locale(knownLanguage(language)).maximize();
  const own = HAN[code === 'zh' || code === 'yue' ? `zh-${script ?? 'Hans'}` : code] ?? 'noto-sans-sc';
  return [own, ...Object.values(HAN).filter((family) => family !== own)];
}

function register(name: string): boolean {
  if (registered.has(name)) return true;
  const file = files.get(name);
  if (!file || !GlobalFonts.registerFromPath(file, name)) return false;
  registered.add(name);
  return true;
}

/** DejaVu has symbols and the smaller alphabets (Hebrew, Armenian, Georgian, …); two weights stand in for all. */
function registerDejavu(): void {
  for (const face of ['DejaVuSans', 'DejaVuSans-Bold']) {
    const key = `dejavu:${face}`;
    if (registered.has(key)) continue;
    GlobalFonts.registerFromPath(require.resolve(`dejavu-fonts-ttf/ttf/${face}.ttf`), 'dejavu');
    registered.add(key);
  }
}

const HAN_TEXT = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;
/** Alphabets that the Latin family has; the copies of them in the other families are not needed. */
const ALPHABETS = /-(?:latin|latin-ext|cyrillic|cyrillic-ext|greek|greek-ext|vietnamese|math)$/;

/** Loads what the text needs and gives the font family list for it, in the form that a canvas's `font` takes. */
export function fontStack(text: string, language: string): string {
  const points = [...new Set(text)].map((character) => character.codePointAt(0)!);
  const names = [`${LATIN}-latin`];
  const add = (family: string, wanted: readonly number[]): number[] => {
    const found = new Set<number>();
    for (const slice of slicesOf(family)) {
      if (family !== LATIN && ALPHABETS.test(slice.name)) continue;
      const hits = wanted.filter((point) => slice.ranges.some(([from, to]) => point >= from && point <= to));
      for (const hit of hits) found.add(hit);
      if (hits.length > 0) names.push(slice.name);
    }
    return wanted.filter((point) => !found.has(point));
  };
  add(LATIN, points);
  const beyondLatin = points.filter((point) => point > 0x24f);
  for (const family of SCRIPTS) add(family, beyondLatin);
  add(EMOJI, beyondLatin);
  if (HAN_TEXT.test(text)) {
    let open = beyondLatin;
    for (const family of hanFamilies(language)) open = add(family, open);
  }
  registerDejavu();
  return [...new Set(names)]
    .filter(register)
    .concat('dejavu')
    .map((name) => `"${name}"`)
    .join(', ');
}

/** A code point that no font has: what it looks like is the mark of a missing character. */
const NOWHERE = '\u{10fffe}';
const INVISIBLE = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{M}\p{Cc}]$/u;
const CELL = 40;

/** The characters of the text that no font here can draw, each once. Found by drawing them. */
export function missingCharacters(text: string, stack: string): string[] {
  const context = createCanvas(CELL, CELL).getContext('2d');
  context.font = `400 24px ${stack}`;
  context.textBaseline = 'middle';
  const look = (character: string): string => {
    context.clearRect(0, 0, CELL, CELL);
    context.fillText(character, 4, CELL / 2);
    return context.canvas.data().toString('latin1');
  };
  const nothing = look(NOWHERE);
  return [...new Set(text)].filter((character) => character > '~' && !INVISIBLE.test(character) && look(character) === nothing);
}

/** The text without the characters given, so that none is drawn as an empty box. */
export function without(text: string, characters: readonly string[]): string {
  if (characters.length === 0) return text;
  const gone = new Set(characters);
  return [...text].filter((character) => !gone.has(character)).join('').replaceAll(/\s+/g, ' ').trim();
}
