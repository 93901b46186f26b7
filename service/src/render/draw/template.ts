/** The looks that `template_id` chooses from, and the colours of one video. */
import { createHash } from 'node:crypto';

export interface Palette {
  /** Top-left and bottom-right of the ground. */
  ground: readonly [string, string];
  /** Soft lights over the ground, as "r, g, b". Empty for a still ground. */
  glows: readonly string[];
  /** Strength of the lights, 0..1. */
  glow: number;
  /** Text. */
  ink: string;
  /** Lines, marks, what is done of the progress line. */
  accent: string;
  /** Strength of text that is not said yet, 0..1. */
  waiting: number;
  /** Ground of boxed captions. */
  plate: string;
}

const onDark = { ink: '#ffffff', glow: 0.55, waiting: 0.42, plate: '#000000' };
const onLight = { ink: '#1d1b1a', glow: 0.75, waiting: 0.36, plate: '#ffffff' };
const still = { ink: '#f7f5f0', glows: [], glow: 0, waiting: 0.38, plate: '#2c2f36' };

const TEMPLATES: Record<string, readonly Palette[]> = {
  aurora: [
    { ...onDark, ground: ['#0a1024', '#0d1f3c'], glows: ['38, 94, 255', '16, 168, 160', '104, 62, 214'], accent: '#7fe7dc' },
    { ...onDark, ground: ['#150a22', '#23103d'], glows: ['126, 66, 232', '206, 52, 138', '48, 92, 220'], accent: '#f0b6ff' },
    { ...onDark, ground: ['#06140f', '#0b2a22'], glows: ['16, 140, 92', '10, 108, 120', '120, 150, 30'], accent: '#b5f2c0' },
    { ...onDark, ground: ['#190b10', '#2c1019'], glows: ['214, 70, 44', '176, 28, 92', '196, 120, 30'], accent: '#ffc596' },
  ],
  paper: [
    { ...onLight, ground: ['#faf6ef', '#f0e8dc'], glows: ['255, 205, 170', '190, 224, 218', '226, 210, 244'], accent: '#c2410c' },
    { ...onLight, ground: ['#f5f8fa', '#e6edf2'], glows: ['190, 216, 250', '206, 236, 222', '236, 222, 246'], accent: '#1d4ed8' },
    { ...onLight, ground: ['#f6f8f1', '#e8eee0'], glows: ['214, 234, 180', '250, 226, 176', '190, 228, 220'], accent: '#15803d' },
  ],
  ink: [
    { ...still, ground: ['#101114', '#191b20'], accent: '#f5c451' },
    { ...still, ground: ['#101114', '#191b20'], accent: '#6ecbff' },
    { ...still, ground: ['#101114', '#191b20'], accent: '#ff8f7a' },
  ],
};

export const DEFAULT_TEMPLATE = 'aurora';
export const TEMPLATE_NAMES: readonly string[] = Object.keys(TEMPLATES);

export function isTemplate(name: string): boolean {
  return Object.hasOwn(TEMPLATES, name);
}

/** The same `seed` always gets the same colours. */
export function paletteFor(template: string, seed: string): Palette {
  const palettes = TEMPLATES[isTemplate(template) ? template : DEFAULT_TEMPLATE]!;
  const pick = createHash('sha256').update(seed).digest().readUInt32BE(0);
  return palettes[pick % palettes.length]!;
}
