import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import type { JobCreateForm } from '../../src/elements/job-create-form/job-create-form.ts';
import { loadSchema } from '../../src/elements/job-create-form/validation.ts';
import type { StrictWindow } from '../fixtures/strict-policy.ts';
import { makeWorld, type World } from '../scenarios/world.ts';
import { $, BEES, fill, focused, textIn as text, type, untilDone } from '../scenarios/create-form.ts';

interface Scene extends World {
  readonly outer: HTMLFormElement;
  readonly form: JobCreateForm;
  readonly submitted: FormData[];
}

/** The element inside a form of the page's. */
async function scene(content: TemplateResult = html`<job-create-form no-submit></job-create-form>`, value: object = {}): Promise<Scene> {
  localStorage.clear();
  const world = makeWorld();
  const page = await fixture(html`<job-provider .store=${world.store} user-id="user-1"><form>${content}<button>Go</button></form></job-provider>`);
  const outer = page.querySelector('form')!;
  const form = page.querySelector('job-create-form')!;
  const submitted: FormData[] = [];
  outer.addEventListener('submit', (event) => {
    event.preventDefault();
    submitted.push(new FormData(outer));
  });
  await loadSchema();
  form.prefill(value);
  await form.updateComplete;
  return { ...world, outer, form, submitted };
}

const entries = (data: FormData): Record<string, unknown> => Object.fromEntries(data);

describe('job-create-form in a form', () => {
  it('goes by its fields, and creates nothing by itself', async () => {
    const { outer, form, submitted, double } = await scene(undefined, { ...BEES, resolution: '4k' });
    expect(form.form).to.equal(outer);
    expect([...outer.elements]).to.include(form);
    expect($(form, '[part~=submit]')).to.equal(null);
    outer.requestSubmit();
    const { script_id: scriptId, ...sent } = entries(submitted[0]);
    expect(sent).to.deep.equal({
      ...BEES, language: 'en-US', platform: 'youtube', duration: '60', voice_provider: 'azure', aspect_ratio: '16:9', resolution: '4k',
      enable_subtitles: 'true', priority: '5', user_id: 'user-1',
    });
    expect(scriptId).to.match(/^script-[0-9a-f]{32}$/);
    expect(double.count('POST')).to.equal(0);
  });

  it('goes by its name as one request in JSON', async () => {
    const { outer, submitted } = await scene(html`<job-create-form no-submit name="video" .extras=${{ a: 1 }}></job-create-form>`, BEES);
    outer.requestSubmit();
    expect(Object.keys(entries(submitted[0]))).to.deep.equal(['video']);
    const request = JSON.parse(submitted[0].get('video') as string);
    expect(request.video_request).to.include({ ...BEES, duration: 60, a: 1 });
    expect(request.priority).to.equal(5);
  });

  it('carries the id of the job that it has created', async () => {
    const { form, outer, submitted } = await scene(html`<job-create-form></job-create-form>`);
    await fill(form);
    $<HTMLButtonElement>(form, '[part~=submit]').click();
    await untilDone(form);
    await form.updateComplete;
    expect(submitted, 'its own button is not that of the form around').to.have.length(0);
    outer.requestSubmit();
    expect(submitted[0].get('job_id')).to.equal($(form, 'job-status').getAttribute('job-id'));
  });

  it('keeps the form from being sent while something is wrong, shows it, and goes there', async () => {
    const { form, outer, submitted } = await scene(undefined, { title: 'Bees' });
    expect(form.checkValidity()).to.equal(false);
    await form.updateComplete;
    expect($(form, '[part~=problem]'), 'only asked').to.equal(null);
    expect(form.validity.valueMissing).to.equal(true);
    expect(form.validationMessage).to.equal('Write what is to be said.');
    outer.requestSubmit();
    await waitUntil(() => focused(form) === 'script_content');
    expect(text(form, '#script_content-problem')).to.equal('Write what is to be said.');
    expect(submitted).to.have.length(0);
    await type(form, 'script_content', 'They dance.');
    expect(form.validity.valid).to.equal(true);
    outer.requestSubmit();
    expect(submitted).to.have.length(1);
  });

  it('has the flags of what is wrong', async () => {
    const { form } = await scene(undefined, BEES);
    await type(form, 'duration', '5000');
    expect(form.validity.rangeOverflow).to.equal(true);
    await type(form, 'duration', '50');
    await type(form, 'title', 'x'.repeat(201));
    expect(form.validity.tooLong).to.equal(true);
    expect(form.reportValidity()).to.equal(false);
    await type(form, 'title', 'x');
    form.setCustomValidity('Not today.');
    expect([form.validity.customError, form.validationMessage]).to.deep.equal([true, 'Not today.']);
    form.setCustomValidity('');
    expect(form.checkValidity()).to.equal(true);
  });

  it('is left out when nobody wrote, unless it is required', async () => {
    const { form, outer, submitted } = await scene(undefined, { title: '  ' });
    outer.requestSubmit();
    expect(entries(submitted[0])).to.deep.equal({});
    form.required = true;
    await form.updateComplete;
    outer.requestSubmit();
    expect(submitted).to.have.length(1);
    expect(form.validity.valueMissing).to.equal(true);
  });

  it('is reset with the form to what the page gave', async () => {
    const { form, outer } = await scene(html`<job-create-form no-submit value='{"title":"Weekly news","duration":20}'></job-create-form>`);
    await type(form, 'title', 'Bees');
    await type(form, 'duration', '5000');
    form.reportValidity();
    await waitUntil(() => $(form, '[part~=problem]'));
    outer.reset();
    await form.updateComplete;
    expect([$(form, '#title').value, $(form, '#duration').value]).to.deep.equal(['Weekly news', '20']);
    expect($(form, '[part~=problem]')).to.equal(null);
  });

  it('is off in a disabled fieldset, and submits nothing', async () => {
    const { form, outer, submitted } = await scene(html`<fieldset disabled><job-create-form></job-create-form></fieldset>`, BEES);
    const controls = [...form.shadowRoot!.querySelectorAll<HTMLInputElement>('.field [part~=control], [part~=submit], #preset')];
    expect(controls.filter(({ disabled }) => !disabled)).to.deep.equal([]);
    expect(form.willValidate).to.equal(false);
    outer.requestSubmit();
    expect(entries(submitted[0])).to.deep.equal({});
    outer.querySelector('fieldset')!.disabled = false;
    await form.updateComplete;
    expect($(form, '#title').disabled).to.equal(false);
    form.disabled = true;
    await form.updateComplete;
    expect($(form, '#title').disabled).to.equal(true);
  });

  it('takes back what the browser kept of it', async () => {
    const { form } = await scene();
    form.formStateRestoreCallback(JSON.stringify({ title: 'Bees', duration: '7', nonsense: 'x' }));
    await form.updateComplete;
    expect(form.value).to.include({ title: 'Bees', duration: 7 });
    form.formStateRestoreCallback('{');
    expect(form.value).to.include({ title: 'Bees' });
  });

  it('sends the form around with Enter where it has no button of its own', async () => {
    const { form, submitted } = await scene(undefined, BEES);
    $(form, '#title').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }));
    expect(submitted).to.have.length(1);
  });
});

describe('job-create-form under a strict Content-Security-Policy', () => {
  it('checks, counts, folds out and shows problems, and nothing is reported', async () => {
    const frame = await fixture<HTMLIFrameElement>(
      html`<iframe title="Strict page" width="640" height="400" src=${new URL('../fixtures/strict-policy.html', import.meta.url).pathname}></iframe>`,
    );
    const page = frame.contentWindow as unknown as StrictWindow;
    await waitUntil(() => page.load, 'the page loads', { timeout: 10_000 });
    await page.load(new URL('../../src/elements/job-create-form/define.ts', import.meta.url).href);
    const form = page.document.createElement('job-create-form');
    Object.assign(form, { apiUrl: '/nowhere', userId: 'user-1', open: true, bulk: true, noDraft: true });
    page.document.body.append(form);
    await form.updateComplete;
    await form.submit();
    await waitUntil(() => $(form, '#title-problem'), 'the schema has come and found something', { timeout: 10_000 });
    form.prefill({ script_content: 'Word '.repeat(50), duration: 5000 });
    await form.submit();
    await waitUntil(() => text(form, '#duration-problem') === 'Give a whole number from 1 to 3,600.', 'found by the schema', { timeout: 10_000 });
    form.mode = 'bulk';
    await waitUntil(() => $(form, 'job-create-bulk'), 'the part for many has come', { timeout: 10_000 });
    expect(page.violations).to.deep.equal([]);
  });
});
