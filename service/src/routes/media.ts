import { Readable } from 'node:stream';
import { extname } from 'node:path';
import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { create as contentDisposition } from 'content-disposition';
import type { Context } from 'hono';
import type { JobRecord } from '../jobs/record.ts';
import { mediaPath } from '../jobs/wire.ts';
import type { MediaKind } from '../jobs/wire.ts';
import type { StoredFile } from '../storage/storage.ts';
import { routeGroup } from './context.ts';
import type { Env, RouteContext } from './context.ts';
import { problem } from './errors.ts';
import { wantedRange } from './ranges.ts';
import { ErrorBody, JobParams, json } from './schemas.ts';

const CONTENT_TYPES: Record<string, string> = {
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.vtt': 'text/vtt; charset=utf-8',
};

const KINDS: Record<MediaKind, { operationId: string; summary: string; disposition: 'attachment' | 'inline' }> = {
  // Players ignore the disposition; a link to it saves the file even from a page on another origin.
  video: { operationId: 'downloadVideo', summary: 'The video', disposition: 'attachment' },
  thumbnail: { operationId: 'getThumbnail', summary: 'A still picture of the video', disposition: 'inline' },
  captions: { operationId: 'getCaptions', summary: 'The captions', disposition: 'inline' },
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The files of finished jobs. They never change while the job has them, so a player may keep what it got. */
export function mediaRoutes({ jobs, storage }: RouteContext): OpenAPIHono<Env> {
  const app = routeGroup();

  for (const kind of Object.keys(KINDS) as MediaKind[]) {
    const { operationId, summary } = KINDS[kind];
    const bytes = { '*/*': { schema: { type: 'string' as const, format: 'binary' } } };
    const route = createRoute({
      method: 'get',
      path: mediaPath('{job_id}', kind),
      operationId,
      tags: ['Media'],
      summary,
      request: { params: JobParams },
      responses: {
        200: { description: 'The whole file', content: bytes },
        206: { description: 'The bytes that the header Range asked for', content: bytes },
        304: { description: 'Unchanged since the ETag in If-None-Match' },
        404: json(ErrorBody, 'No such job, or the job has no such file'),
        416: { description: 'The header Range lies outside the file' },
      },
    });
    app.openapi(route, async (c): Promise<Response> => {
      const { job_id: id } = c.req.valid('param');
      const job = UUID.test(id) ? await jobs.record(id) : null;
      const key = job?.status === 'success' ? job.result?.files[kind] : undefined;
      const file = key ? await storage.open(key) : null;
      if (!job || !key || !file) return problem(c, 404, `There is no ${kind} at this address: the job is unknown, unfinished, expired or made none.`);
      return answerFile(c, { job, kind, key, file });
    });
  }

  return app;
}

function answerFile(c: Context, { job, kind, key, file }: { job: JobRecord; kind: MediaKind; key: string; file: StoredFile }): Response {
  const extension = extname(key);
  const etag = `"${job.attempt}-${kind}"`;
  const headers = new Headers({
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, max-age=3600',
    'Content-Disposition': contentDisposition(fileName(job.title) + extension, { type: KINDS[kind].disposition }),
    'Content-Type': CONTENT_TYPES[extension] ?? 'application/octet-stream',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    ETag: etag,
    ...(job.completed_at ? { 'Last-Modified': job.completed_at.toUTCString() } : {}),
  });
  if (matches(c.req.header('if-none-match'), etag)) return new Response(null, { status: 304, headers });

  const range = wantedRange({ header: c.req.header('range'), condition: c.req.header('if-range'), etag, modified: job.completed_at, size: file.size });
  if (range === 'outside') {
    headers.set('Content-Range', `bytes */${file.size}`);
    headers.delete('Content-Disposition');
    headers.set('Content-Type', 'application/json');
    return new Response(JSON.stringify({ detail: `The file has ${file.size} bytes; the range lies outside.` }), { status: 416, headers });
  }
  headers.set('Content-Length', String(range ? range.end - range.start + 1 : file.size));
  if (range) headers.set('Content-Range', `bytes ${range.start}-${range.end}/${file.size}`);
  const body = c.req.method === 'HEAD' || file.size === 0 ? null : (Readable.toWeb(file.read(range ?? undefined)) as ReadableStream);
  return new Response(body, { status: range ? 206 : 200, headers });
}

/** What a title may be called on a disk: no separators, no control characters, not too long. */
function fileName(title: string): string {
  return title.replace(/[\s\p{C}\\/:*?"<>|]+/gu, ' ').trim().slice(0, 100).replace(/^\.+|[.\s]+$/g, '') || 'video';
}

function matches(condition: string | undefined, etag: string): boolean {
  if (!condition) return false;
  return condition.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')));
}
