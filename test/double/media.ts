import type { DoubleAnswer } from './routes.ts';

export interface MediaFiles {
  video: Uint8Array;
  thumbnail: Uint8Array;
  captions: string;
}

/** Enough bytes to ask for a part of; no player can play them. A server double may be given a real file. */
export const PLAIN_MEDIA: MediaFiles = {
  video: Uint8Array.from({ length: 4096 }, (_, index) => index % 256),
  thumbnail: Uint8Array.of(0xff, 0xd8, 0xff, 0xd9),
  captions: 'WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n',
};

export function answerMedia(files: MediaFiles, kind: 'download' | 'thumbnail' | 'captions', range?: string): DoubleAnswer {
  if (kind === 'thumbnail') return whole(files.thumbnail, 'image/jpeg');
  if (kind === 'captions') return whole(new TextEncoder().encode(files.captions), 'text/vtt; charset=utf-8');
  const size = files.video.length;
  const headers = { 'content-type': 'video/mp4', 'accept-ranges': 'bytes' };
  const parts = /^bytes=(\d*)-(\d*)$/.exec(range ?? '');
  if (!parts || (!parts[1] && !parts[2])) return { ...whole(files.video, 'video/mp4') };
  const [, from = '', to = ''] = parts;
  const start = from ? Number(from) : Math.max(0, size - Number(to));
  const end = from && to ? Math.min(Number(to), size - 1) : size - 1;
  if (start > end) return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` }, body: '' };
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${start}-${end}/${size}` },
    body: files.video.subarray(start, end + 1),
  };
}

function whole(body: Uint8Array, type: string): DoubleAnswer {
  return { status: 200, headers: { 'content-type': type, 'accept-ranges': 'bytes' }, body };
}
