/** Sound in memory: one channel of 16-bit samples. */
export interface Sound {
  /** Samples a second. */
  rate: number;
  samples: Int16Array;
}

/** Reads a PCM WAV file of one channel and 16 bits, as the speech engines write it. */
export function readWav(file: Buffer): Sound {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') throw new Error('not a WAV file');
  let rate = 0;
  for (let at = 12; at + 8 <= file.length; ) {
    const name = file.toString('latin1', at, at + 4);
    // An engine that streams does not know its size beforehand and claims more than there is.
    const size = Math.min(file.readUInt32LE(at + 4), file.length - at - 8);
    if (name === 'fmt ') {
      if (file.readUInt16LE(at + 10) !== 1 || file.readUInt16LE(at + 22) !== 16) throw new Error('not one channel of 16 bits');
      rate = file.readUInt32LE(at + 12);
    } else if (name === 'data' && rate > 0) {
      const samples = new Int16Array(Math.floor(size / 2));
      for (let i = 0; i < samples.length; i++) samples[i] = file.readInt16LE(at + 8 + i * 2);
      return { rate, samples };
    }
    at += 8 + size + (size % 2);
  }
  throw new Error('a WAV file without sound');
}

/** The header of a WAV file that holds `frames` samples of each channel. */
export function wavHeader(rate: number, channels: number, frames: number): Buffer {
  const header = Buffer.alloc(44);
  const bytes = frames * channels * 2;
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + bytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * channels * 2, 28);
  header.writeUInt16LE(channels * 2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(bytes, 40);
  return header;
}

/** Cuts the silence off both ends, so that pauses are the planner's alone. */
export function trim({ rate, samples }: Sound, threshold = 180): Sound {
  let start = 0;
  let end = samples.length;
  while (start < end && Math.abs(samples[start]!) < threshold) start++;
  while (end > start && Math.abs(samples[end - 1]!) < threshold) end--;
  const margin = Math.round(rate * 0.01);
  return { rate, samples: samples.slice(Math.max(0, start - margin), Math.min(samples.length, end + margin)) };
}
