import { createRoute } from '@hono/zod-openapi';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { LIMITS, saveTemplateSchema, templateListSchema, templateSchema } from '../../../src/api/schema.ts';
import { UUID } from '../jobs/uuid.ts';
import { TEMPLATES_PATH } from '../jobs/wire.ts';
import { Templates } from '../templates/templates.ts';
import { routeGroup } from './context.ts';
import type { Env, RouteContext } from './context.ts';
import { problem } from './errors.ts';
import { ErrorBody, ValidationError, json } from './schemas.ts';

const Template = templateSchema.meta({ id: 'Template' });
const TemplateList = templateListSchema.extend({ templates: z.array(Template) }).meta({ id: 'TemplateList' });
const SaveTemplate = saveTemplateSchema.meta({
  id: 'SaveTemplate',
  example: { user_id: 'ann', name: 'Shorts', content: { video_request: { platform: 'youtube_shorts', duration: 45 }, priority: 3 } },
});

const UserQuery = z.object({ user_id: saveTemplateSchema.shape.user_id.meta({ description: 'Whose templates' }) });

const invalid = json(ValidationError, 'A value is wrong; `loc` names it and `msg` says what to do');
const NO_TEMPLATE = 'There is no such template.';

const listTemplates = createRoute({
  method: 'get',
  path: TEMPLATES_PATH,
  operationId: 'listTemplates',
  tags: ['Templates'],
  summary: "List a user's templates by name",
  request: { query: UserQuery },
  responses: { 200: json(TemplateList, 'All of them'), 422: invalid },
});

const saveTemplate = createRoute({
  method: 'post',
  path: TEMPLATES_PATH,
  operationId: 'saveTemplate',
  tags: ['Templates'],
  summary: 'Keep a template, or change one',
  description: `Without \`id\` a new one is made, of \`name\` and \`content\`; with \`id\` that one gets the name, the content, or both. A name is once per user, whatever its letters' case. A user may have ${LIMITS.template.perUser}. \`content\` holds any fields of a create request but \`user_id\` and \`script_id\`.`,
  request: { body: { required: true, content: { 'application/json': { schema: SaveTemplate } } } },
  responses: {
    200: json(Template, 'The template as it is now; also when it was sent before'),
    201: json(Template, 'The new template'),
    404: json(ErrorBody, 'The user has no template with this id'),
    409: json(ErrorBody, 'Another template of the user has this name'),
    413: json(ErrorBody, 'The body is too large'),
    415: json(ErrorBody, 'The body is not JSON'),
    422: invalid,
  },
});

const removeTemplate = createRoute({
  method: 'delete',
  path: `${TEMPLATES_PATH}/{template_id}`,
  operationId: 'removeTemplate',
  tags: ['Templates'],
  summary: 'Remove a template',
  request: { params: z.object({ template_id: z.string().meta({ description: 'Id of the template', format: 'uuid' }) }), query: UserQuery },
  responses: { 204: { description: 'It is gone' }, 404: json(ErrorBody, 'The user has no template with this id'), 422: invalid },
});

/** What users fill requests in with, kept for them. */
export function templateRoutes({ db }: RouteContext): OpenAPIHono<Env> {
  const app = routeGroup();
  const templates = new Templates(db);
  app.use(`${TEMPLATES_PATH}/*`, async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
  });

  app.openapi(listTemplates, async (c) => c.json({ templates: await templates.list(c.req.valid('query').user_id) }, 200));

  app.openapi(saveTemplate, async (c) => {
    const { id, name, content, user_id } = c.req.valid('json');
    if (!id && (!name || !content)) {
      const missing = [name ? null : (['name', 'Fill in the name.'] as const), content ? null : (['content', 'Give the content of the template.'] as const)];
      return c.json({ detail: missing.filter((one) => one !== null).map(([field, msg]) => ({ loc: ['body', field], msg, type: 'missing' })) }, 422);
    }
    const outcome = id
      ? UUID.test(id) ? await templates.change(id, { user_id, name, content }) : ({ kind: 'unknown' } as const)
      : await templates.create({ user_id, name: name as string, content: content as NonNullable<typeof content> });
    switch (outcome.kind) {
      case 'created':
        return c.json(outcome.template, 201);
      case 'changed':
        return c.json(outcome.template, 200);
      case 'unknown':
        return problem(c, 404, NO_TEMPLATE);
      case 'taken':
        return problem(c, 409, 'Another of your templates has this name. Choose another name, or change that one.');
      case 'full':
        return c.json({ detail: [{ loc: ['body'], msg: `You have ${LIMITS.template.perUser} templates, as many as are kept. Remove one first.`, type: 'too_many_templates' }] }, 422);
    }
  });

  app.openapi(removeTemplate, async (c) => {
    const { template_id: id } = c.req.valid('param');
    const removed = UUID.test(id) && (await templates.remove(c.req.valid('query').user_id, id));
    return removed ? c.body(null, 204) : problem(c, 404, NO_TEMPLATE);
  });

  return app;
}
