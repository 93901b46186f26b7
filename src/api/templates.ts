/** A user's templates, kept by the backend: where `serviceOffers(client)` has `templates`. */
import { JobApiError } from '../core/errors.ts';
import { readTime } from '../core/read-time.ts';
import { isRecord, readText } from '../core/read-values.ts';
import { apiError } from './http-error.ts';
import type { JobClient, RequestOptions } from './job-client.ts';
import { serviceOffers } from './offers.ts';
import { segment } from './urls.ts';
import type { TemplateContent } from './wire.ts';

export type { TemplateContent } from './wire.ts';

export interface Template {
  readonly id: string;
  /** Once per user, whatever its letters' case. */
  readonly name: string;
  /** Any fields of a request but `user_id` and `script_id`, as on the wire. As it was stored: check it before you use it. */
  readonly content: TemplateContent;
  /** Ms since the epoch, `null` when not said. */
  readonly updatedAt: number | null;
}

/** By name. A template that cannot be read is left out. */
export async function listTemplates(client: JobClient, userId: string, options?: RequestOptions): Promise<Template[]> {
  const url = withUser(await route(client, options), userId);
  const wire = await client.transport.send({ method: 'GET', url, repeatable: true }, options);
  if (!isRecord(wire) || !Array.isArray(wire.templates)) throw apiError('malformed');
  return wire.templates.map(readTemplate).filter((template) => template !== null);
}

/**
 * Keeps `content` as a new template; with `id`, in place of what that template has, under a new name if one is given.
 * Rejects with the code `conflict` when another template of the user has the name, `not-found` when there is no such id,
 * `invalid` (and its `fields`) when the content is refused.
 */
export async function saveTemplate(
  client: JobClient,
  userId: string,
  template: { name: string; content: TemplateContent } | { id: string; name?: string; content: TemplateContent },
  options?: RequestOptions,
): Promise<Template> {
  return post(client, { user_id: userId, ...template }, options);
}

/** Rejects as `saveTemplate` does. */
export async function renameTemplate(client: JobClient, userId: string, id: string, name: string, options?: RequestOptions): Promise<Template> {
  return post(client, { user_id: userId, id, name }, options);
}

/** Removing what is not there is no error. */
export async function removeTemplate(client: JobClient, userId: string, id: string, options?: RequestOptions): Promise<void> {
  const base = (await route(client, options)).replace(/\/+$/, '');
  const url = withUser(`${base}/${segment(id)}`, userId);
  try {
    await client.transport.send({ method: 'DELETE', url, repeatable: true }, options);
  } catch (error) {
    if (!(error instanceof JobApiError) || error.code !== 'not-found') throw error;
  }
}

/** Sending the same once more changes nothing, so a lost request is repeated. */
async function post(client: JobClient, body: object, options?: RequestOptions): Promise<Template> {
  const url = await route(client, options);
  const wire = await client.transport.send({ method: 'POST', url, body, repeatable: true }, options);
  const template = readTemplate(wire);
  if (!template) throw apiError('malformed');
  return template;
}

async function route(client: JobClient, options?: RequestOptions): Promise<string> {
  const { templates } = await serviceOffers(client, options);
  if (templates === null) throw apiError('not-found', { detail: 'This backend keeps no templates.' });
  return templates;
}

function withUser(url: string, userId: string): string {
  const full = new URL(url);
  full.searchParams.set('user_id', userId);
  return full.href;
}

function readTemplate(wire: unknown): Template | null {
  const record = isRecord(wire) ? wire : {};
  const { content } = record;
  const id = readText(record.id);
  const name = readText(record.name);
  if (id === null || name === null || !isRecord(content) || !isRecord(content.video_request)) return null;
  return { id, name, content: content as unknown as TemplateContent, updatedAt: readTime(record.updated_at) };
}
