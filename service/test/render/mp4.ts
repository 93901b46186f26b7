/** Reads what the tests want to know of an MP4 file, without a program to ask. */

interface Box {
  type: string;
  body: Buffer;
}

function boxes(data: Buffer): Box[] {
  const found: Box[] = [];
  for (let at = 0; at + 8 <= data.length; ) {
    const short = data.readUInt32BE(at);
    const head = short === 1 ? 16 : 8;
    const size = short === 1 ? Number(data.readBigUInt64BE(at + 8)) : short || data.length - at;
    found.push({ type: data.toString('latin1', at + 4, at + 8), body: data.subarray(at + head, at + size) });
    at += size;
  }
  return found;
}

function inside(data: Buffer, ...path: string[]): Buffer {
  const [type, ...rest] = path;
  if (type === undefined) return data;
  const box = boxes(data).find((one) => one.type === type);
  if (!box) throw new Error(`no box "${type}"`);
  return inside(box.body, ...rest);
}

export interface Mp4 {
  /** Types of the top-level boxes, in order. */
  order: string[];
  /** Seconds. */
  duration: number;
  video: { codec: string; profile: number; width: number; height: number; frames: number };
  audio: { codec: string; channels: number; rate: number };
}

export function readMp4(file: Buffer): Mp4 {
  const moov = inside(file, 'moov');
  const header = inside(moov, 'mvhd');
  const tracks = boxes(moov).filter(({ type }) => type === 'trak');
  const kind = ({ body }: Box): string => inside(body, 'mdia', 'hdlr').toString('latin1', 8, 12);
  const samples = (name: string): Buffer => {
    const track = tracks.find((one) => kind(one) === name);
    if (!track) throw new Error(`no track "${name}"`);
    return inside(track.body, 'mdia', 'minf', 'stbl');
  };
  const [picture] = boxes(inside(samples('vide'), 'stsd').subarray(8));
  const [sound] = boxes(inside(samples('soun'), 'stsd').subarray(8));
  const configuration = inside(picture!.body.subarray(78), 'avcC');
  return {
    order: boxes(file).map(({ type }) => type),
    duration: header.readUInt32BE(16) / header.readUInt32BE(12),
    video: {
      codec: picture!.type,
      profile: configuration[1]!,
      width: picture!.body.readUInt16BE(24),
      height: picture!.body.readUInt16BE(26),
      frames: inside(samples('vide'), 'stsz').readUInt32BE(8),
    },
    audio: { codec: sound!.type, channels: sound!.body.readUInt16BE(16), rate: sound!.body.readUInt16BE(24) },
  };
}
