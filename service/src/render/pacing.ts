/**
 * When what is seen and said. Speech leads: scenes are as long as their sentences take to say, pauses and tempo give way within
 * reason, and the whole fills the asked duration to the frame.
 */

/** Seconds that every caption needs on the screen to be seen at all. */
export const MIN_CAPTION = 0.5;
/** Speech faster than this cannot be followed. */
export const MAX_TEMPO = 1.6;
/** Speech slower than this sounds ill. */
export const MIN_TEMPO = 0.92;

/** Silence before and after a sentence, in seconds: what is pleasant, and what is still bearable. */
const PAUSE = { natural: { lead: 0.3, tail: 0.5 }, least: { lead: 0.06, tail: 0.12 } };

export interface PaceInput {
  /** Seconds of the whole video. */
  duration: number;
  fps: number;
  /** Captions of each scene; a scene that needs several shows them one after the other. */
  captions: readonly number[];
  /** Seconds that each scene's sentence takes to say at the voice's natural tempo; `null` for a silent video. */
  spoken: readonly number[] | null;
  /** Seconds that a calm reader needs for each scene. Shares out a silent video. */
  reading: readonly number[];
}

/** Frames; the end is exclusive. */
export interface Span {
  start: number;
  end: number;
}

export interface ScenePace extends Span {
  /** Where its sentence is said; in a silent video, where it is read. */
  speech: Span;
}

export interface Pace {
  frames: number;
  title: Span;
  scenes: ScenePace[];
  outro: Span;
  /** How much faster than is natural the sentences are to be said. */
  tempo: number;
  /** `false`: no bearable tempo makes the speech fit; the times then are those of a silent video. */
  speechFits: boolean;
}

/** The shortest video that can show this many captions, in seconds. */
export function shortestDuration(captions: number): number {
  return captions * MIN_CAPTION;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const lerp = (from: number, to: number, at: number): number => from + (to - from) * at;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Seconds of what comes before and after the scenes. */
interface Frame {
  title: number;
  outro: number;
}

/** Title and outro lengths to try, the most generous first. Short videos have no room for an outro, the shortest none for a title. */
function frameCandidates(duration: number, captions: number): Frame[] {
  const room = duration - shortestDuration(captions);
  const title = duration < 3 ? 0 : clamp(duration * 0.14, 1, 3.2);
  const outro = duration < 12 ? 0 : clamp(duration * 0.06, 1.2, 2.4);
  const small = duration < 3 ? 0 : 1;
  return [
    { title, outro },
    { title, outro: 0 },
    { title: small, outro: 0 },
    { title: 0, outro: 0 },
  ].filter((candidate) => candidate.title + candidate.outro <= Math.max(0, room));
}

/** Seconds that each scene needs at a squeeze of 0 (natural) to 1 (as tight as can be). */
function spokenNeeds(spoken: readonly number[], captions: readonly number[], squeeze: number): number[] {
  const tempo = lerp(1, MAX_TEMPO, squeeze);
  const pause = lerp(
    PAUSE.natural.lead + PAUSE.natural.tail,
    PAUSE.least.lead + PAUSE.least.tail,
    Math.min(1, squeeze * 2), // pauses give way before the voice hurries
  );
  return spoken.map((length, i) => Math.max(length / tempo + pause, MIN_CAPTION * (captions[i] ?? 1)));
}

/** The smallest squeeze at which the speech fits into `body` seconds, or `null`. */
function findSqueeze(spoken: readonly number[], captions: readonly number[], body: number): number | null {
  if (sum(spokenNeeds(spoken, captions, 1)) > body) return null;
  if (sum(spokenNeeds(spoken, captions, 0)) <= body) return 0;
  let low = 0;
  let high = 1;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (sum(spokenNeeds(spoken, captions, middle)) <= body) high = middle;
    else low = middle;
  }
  return high;
}

/** The most generous frame that leaves the voice unhurried; else the one with a title that hurries it least; else none at all. */
function fitFrame(spoken: readonly number[], captions: readonly number[], duration: number, candidates: readonly Frame[]): { frame: Frame; squeeze: number } | null {
  let best: { frame: Frame; squeeze: number } | null = null;
  for (const frame of candidates) {
    const squeeze = findSqueeze(spoken, captions, duration - frame.title - frame.outro);
    if (squeeze === null) continue;
    if (!best || (frame.title > 0 && squeeze < best.squeeze)) best = { frame, squeeze };
    if (squeeze < 0.5) break;
  }
  return best;
}

/** Shares `body` seconds out in proportion to `weights`, but never below the floors. The floors together must fit. */
export function share(body: number, weights: readonly number[], floors: readonly number[]): number[] {
  const result = weights.map(() => 0);
  let open = weights.map((_, i) => i);
  let left = body;
  for (;;) {
    const total = sum(open.map((i) => weights[i]!)) || 1;
    const low = open.filter((i) => (left * weights[i]!) / total < floors[i]!);
    if (low.length === 0) {
      for (const i of open) result[i] = (left * weights[i]!) / total;
      return result;
    }
    for (const i of low) {
      result[i] = floors[i]!;
      left -= floors[i]!;
    }
    open = open.filter((i) => !low.includes(i));
    if (open.length === 0) return result;
  }
}

/** Turns lengths in seconds into frames whose edges fall where the seconds do, so that rounding never adds up. */
function place(lengths: readonly number[], from: number, to: number): Span[] {
  const total = sum(lengths);
  let at = 0;
  return lengths.map((length, i) => {
    const start = Math.round(lerp(from, to, at / total));
    at += length;
    return { start, end: i === lengths.length - 1 ? to : Math.round(lerp(from, to, at / total)) };
  });
}

/**
 * Plans the whole video. The captions must fit: `shortestDuration` of all captions is at most `duration`.
 */
export function pace(input: PaceInput): Pace {
  const { duration, fps, captions, spoken, reading } = input;
  const frames = Math.max(1, Math.round(duration * fps));
  const floors = captions.map(shortestDuration);
  const candidates = frameCandidates(duration, sum(captions));
  const fit = spoken && fitFrame(spoken, captions, duration, candidates);
  const { frame, squeeze } = fit || { frame: candidates[0]!, squeeze: null };
  const titleEnd = Math.round(frame.title * fps);
  const outroStart = frames - Math.round(frame.outro * fps);
  const body = (outroStart - titleEnd) / fps;
  const common = {
    frames,
    title: { start: 0, end: titleEnd },
    outro: { start: outroStart, end: frames },
  };

  if (!spoken || squeeze === null) {
    const spans = place(share(body, reading, floors), titleEnd, outroStart);
    const scenes = spans.map((span) => ({ ...span, speech: within(span, 0.25 * fps, 0.35 * fps) }));
    return { ...common, scenes, tempo: 1, speechFits: false };
  }

  let tempo = lerp(1, MAX_TEMPO, squeeze);
  let needs = spokenNeeds(spoken, captions, squeeze);
  const spare = body - sum(needs);
  if (squeeze === 0 && spare > 0) {
    // Half of the spare time may slow the voice down, the rest becomes pauses.
    tempo = clamp(sum(spoken) / (sum(spoken) + spare / 2), MIN_TEMPO, 1);
    needs = needs.map((need, i) => need + spoken[i]! / tempo - spoken[i]!);
  }
  const said = spoken.map((length) => length / tempo);
  const spans = place(share(body, needs, needs), titleEnd, outroStart);
  const scenes = spans.map((span, i) => {
    const room = (span.end - span.start) / fps - said[i]!;
    const lead = Math.max(0, room * (PAUSE.natural.lead / (PAUSE.natural.lead + PAUSE.natural.tail)));
    const start = span.start + Math.floor(Math.min(lead, 0.6) * fps);
    return { ...span, speech: { start, end: Math.min(span.end, start + Math.ceil(said[i]! * fps)) } };
  });
  return { ...common, scenes, tempo, speechFits: true };
}

/** A span with margins taken off, as far as half of it is left. */
function within(span: Span, before: number, after: number): Span {
  const length = span.end - span.start;
  const scale = Math.min(1, length / 2 / (before + after));
  const start = span.start + Math.floor(before * scale);
  return { start, end: Math.max(start + 1, span.end - Math.floor(after * scale)) };
}
