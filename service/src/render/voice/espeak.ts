/** espeak-ng, where it is installed: many languages, found on PATH. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readWav, trim, type Sound } from '../sound/wav.ts';
import { knownLanguage } from '../text/language.ts';
import type { Voice } from './voice.ts';

const run = promisify(execFile);
const PROGRAM = 'espeak-ng';
/** The program's own words a minute at tempo 1. */
const NATURAL_SPEED = 165;
const LONGEST_SENTENCE_MS = 60_000;

/** Voices that are better than the one that bears the language's name. */
const BETTER: Record<string, string> = { zh: 'cmn-latn-pinyin', cmn: 'cmn-latn-pinyin', yue: 'yue-latn-jyutping', no: 'nb' };

/** The language tags of the installed voices; empty when the program is not there. */
export async function espeakVoices(): Promise<string[]> {
  try {
    const { stdout } = await run(PROGRAM, ['--voices'], { timeout: 10_000 });
    return stdout
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => columns.length > 4 && !columns[4]!.startsWith('mb/')) // those need data that may not be there
      .map((columns) => columns[1]!);
  } catch {
    return [];
  }
}

/** The voice nearest to a BCP 47 tag: the tag itself, then the language with its script or region dropped. */
export function matchVoice(voices: readonly string[], tag: string): string | null {
  const known = knownLanguage(tag);
  const byName = new Map(voices.map((voice) => [voice.toLowerCase(), voice]));
  const parts = known.toLowerCase().split('-');
  const wanted: string[] = [];
  for (let count = parts.length; count > 0; count--) {
    const candidate = parts.slice(0, count).join('-');
    if (count === 1 && BETTER[candidate]) wanted.push(BETTER[candidate]);
    wanted.push(candidate);
  }
  const language = parts[0]!;
  wanted.push(`${language}-${language}`);
  for (const name of wanted) if (byName.has(name)) return byName.get(name)!;
  return voices.find((voice) => voice.toLowerCase().startsWith(`${language}-`)) ?? null;
}

export class EspeakVoice implements Voice {
  readonly engine = 'espeak-ng';
  readonly name: string;
  private readonly directory: string;

  constructor(name: string, directory: string) {
    this.name = name;
    this.directory = directory;
  }

  async speak(text: string, tempo: number, signal?: AbortSignal): Promise<Sound> {
    await mkdir(this.directory, { recursive: true });
    const path = join(this.directory, 'said.wav');
    const speed = Math.round(Math.min(450, Math.max(80, NATURAL_SPEED * tempo)));
    try {
      const said = run(PROGRAM, ['-v', this.name, '-s', String(speed), '-w', path, '--stdin'], { timeout: LONGEST_SENTENCE_MS, signal });
      said.child.stdin?.end(text);
      await said;
      return trim(readWav(await readFile(path)));
    } finally {
      await rm(path, { force: true });
    }
  }
}
