import { fixture, html, waitUntil } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import '../../src/elements/job-create-form/define.ts';
import '../../src/elements/job-provider/define.ts';
import { voiceTable } from '../../src/elements/job-create-form/choices.ts';
import type { JobCreateForm } from '../../src/elements/job-create-form/job-create-form.ts';
import { loadSchema } from '../../src/elements/job-create-form/validation.ts';
import { makeWorld, type World } from './world.ts';

/** A form before a backend in memory. */
export interface FormScene extends World {
  readonly form: JobCreateForm;
}

export const BEES = { title: 'Bees', script_content: 'Bees dance to tell each other where the flowers are.' };

/** Puts a form on the page, of a user, at a backend; what was kept of forms before is forgotten unless told otherwise. */
export async function formScene(
  content: TemplateResult = html`<job-create-form></job-create-form>`,
  { userId = 'user-1', world = makeWorld(), keep = false }: { userId?: string | null; world?: World; keep?: boolean } = {},
): Promise<FormScene> {
  if (!keep) localStorage.clear();
  const page = await fixture(html`<job-provider .store=${world.store} .userId=${userId}>${content}</job-provider>`);
  const form = page.querySelector('job-create-form')!;
  await loadSchema();
  await voiceTable.load();
  form.requestUpdate();
  await form.updateComplete;
  return { ...world, form };
}

export const $ = <E extends Element = HTMLInputElement>(form: JobCreateForm, selector: string): E =>
  form.shadowRoot!.querySelector<E>(selector)!;

export const textIn = (form: JobCreateForm, selector: string): string | undefined =>
  form.shadowRoot!.querySelector(selector)?.textContent?.replace(/\s+/g, ' ').trim();

export const focused = (form: JobCreateForm): string | undefined => form.shadowRoot!.activeElement?.id;

/** Types into a control, or chooses or ticks it. */
export async function type(form: JobCreateForm, name: string, value: string): Promise<void> {
  const control = $(form, `#${name}`);
  if (control.type === 'checkbox') control.checked = value === 'true';
  else control.value = value;
  if (control.localName !== 'select' && control.type !== 'checkbox') control.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
  await form.updateComplete;
}

export function leave(form: JobCreateForm, name: string): void {
  $(form, `#${name}`).dispatchEvent(new FocusEvent('blur'));
}

export async function fill(form: JobCreateForm, values: Record<string, string> = {}): Promise<void> {
  for (const [name, value] of Object.entries({ ...BEES, ...values })) await type(form, name, value);
}

export const send = (form: JobCreateForm): void => $<HTMLButtonElement>(form, '[part~=submit]').click();

const created = ({ double }: World) => double.requests.filter(({ method, path }) => method === 'POST' && path === '/api/v1/jobs/');

export interface Sent {
  video_request: Record<string, unknown>;
  priority?: number;
}

/** What was asked to be created, in order. */
export const sent = (world: World): Sent[] => created(world).map(({ body }) => JSON.parse(body) as Sent);

export const keys = (world: World): (string | undefined)[] => created(world).map(({ headers }) => headers['idempotency-key']);

/** Waits until the job has taken the form's place. */
export const untilDone = (form: JobCreateForm): Promise<void> => waitUntil(() => $(form, '.done'), 'a job has been created');

export const untilShown = (form: JobCreateForm, selector: string): Promise<void> => waitUntil(() => $(form, selector), `${selector} is shown`);

export async function settle({ form, clock }: FormScene): Promise<void> {
  await waitUntil(() => form.shadowRoot!.querySelector('form')?.getAttribute('aria-busy') !== 'true', 'it has been sent');
  await clock.flush();
  await form.updateComplete;
}
