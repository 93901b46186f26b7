import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import type { TemplateResult } from 'lit';
import '../../src/elements/job-create-form/define.ts';
import '../../src/elements/job-provider/define.ts';
import type { JobCreateForm } from '../../src/elements/job-create-form/job-create-form.ts';
import { loadSchema } from '../../src/elements/job-create-form/validation.ts';
import type { JobCreatedEvent } from '../../src/events/events.ts';
import { makeWorld, type World } from '../scenarios/world.ts';
import { expectAccessible } from '../support/axe.ts';

interface Scene extends World {
  form: JobCreateForm;
}

async function scene(
  content: TemplateResult = html`<job-create-form></job-create-form>`,
  userId: string | null = 'user-1',
  world = makeWorld(),
): Promise<Scene> {
  const page = await fixture(html`<job-provider .store=${world.store} .userId=${userId}>${content}</job-provider>`);
  const form = page.querySelector('job-create-form')!;
  await loadSchema();
  await form.updateComplete;
  return { ...world, form };
}

const $ = <E extends Element = HTMLInputElement>(form: JobCreateForm, selector: string): E => form.shadowRoot!.querySelector<E>(selector)!;
const text = (form: JobCreateForm, selector: string): string | undefined =>
  form.shadowRoot!.querySelector(selector)?.textContent?.replace(/\s+/g, ' ').trim();
const focused = (form: JobCreateForm): string | undefined => form.shadowRoot!.activeElement?.id;

function type(form: JobCreateForm, name: string, value: string): void {
  const control = $(form, `#${name}`);
  control.value = value;
  control.dispatchEvent(new Event(control.localName === 'select' ? 'change' : 'input', { bubbles: true }));
}

function leave(form: JobCreateForm, name: string): void {
  $(form, `#${name}`).dispatchEvent(new FocusEvent('blur'));
}

function fill(form: JobCreateForm, values: Record<string, string> = {}): void {
  const all = { title: 'Bees', script_content: 'Bees dance to tell each other where the flowers are.', ...values };
  for (const [name, value] of Object.entries(all)) type(form, name, value);
}

const send = (form: JobCreateForm): void => $<HTMLButtonElement>(form, '[part~=submit]').click();
const sent = ({ double }: World): { video_request: Record<string, unknown>; priority?: number }[] =>
  double.requests.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body));
const keys = ({ double }: World): (string | undefined)[] =>
  double.requests.filter(({ method }) => method === 'POST').map(({ headers }) => headers['idempotency-key']);
const settle = async ({ form, clock }: Scene): Promise<void> => {
  await waitUntil(() => form.shadowRoot!.querySelector('form')?.getAttribute('aria-busy') !== 'true', 'it has been sent');
  await clock.flush();
  await form.updateComplete;
};

describe('job-create-form', () => {
  it('asks for five things, each with a label, and starts from its attributes', async () => {
    const { form } = await scene(
      html`<job-create-form platform="tiktok" language="sv-SE" duration="30" languages="en-US, ne-NP" platforms="tiktok vimeo"></job-create-form>`,
    );
    const labels = [...form.shadowRoot!.querySelectorAll('label')].map((label) => [label.htmlFor, label.textContent]);
    expect(labels).to.deep.equal([
      ['title', 'Title'],
      ['script_content', 'Script'],
      ['platform', 'Platform'],
      ['language', 'Language'],
      ['duration', 'Length in seconds'],
    ]);
    const options = (name: string): string[] => [...$<HTMLSelectElement>(form, `#${name}`).options].map(({ value }) => value);
    expect(options('platform')).to.deep.equal(['tiktok', 'vimeo']);
    expect(options('language'), 'what is chosen is always there to choose').to.deep.equal(['en-US', 'ne-NP', 'sv-SE']);
    expect($(form, '#language').value).to.equal('sv-SE');
    expect($(form, '#duration').value).to.equal('30');
    expect(text(form, '#language option')).to.equal('English (United States)');
  });

  it('says what is wrong when a field is left, beside it, and takes it back as soon as it is right', async () => {
    const { form } = await scene();
    leave(form, 'title');
    await waitUntil(() => text(form, '#title-problem') === 'Give the video a title.');
    expect($(form, '#title').getAttribute('aria-invalid')).to.equal('true');
    expect($(form, '#title').getAttribute('aria-describedby')).to.equal('title-problem');
    expect(form.shadowRoot!.querySelectorAll('[part~=problem]').length, 'only there').to.equal(1);
    type(form, 'title', 'B');
    await waitUntil(() => !$(form, '#title-problem'));
    expect($(form, '#title').hasAttribute('aria-invalid')).to.equal(false);
  });

  for (const [name, value, problem] of [
    ['title', '   ', 'Give the video a title.'],
    ['title', 'x'.repeat(201), 'At most 200 characters. Now there are 201.'],
    ['title', 'a\ud800b', 'Remove the characters that cannot be displayed.'],
    ['script_content', '', 'Write what is to be said.'],
    ['duration', '', 'Say how long the video is to be.'],
    ['duration', '0', 'Give a whole number from 1 to 3,600.'],
    ['duration', '1.5', 'Give a whole number from 1 to 3,600.'],
    ['duration', '3601', 'Give a whole number from 1 to 3,600.'],
  ] as const) {
    it(`refuses ${JSON.stringify(value.slice(0, 12))} as ${name}`, async () => {
      const { form, double } = await scene();
      fill(form, { [name]: value });
      send(form);
      await waitUntil(() => text(form, `#${name}-problem`) === problem, text(form, `#${name}-problem`));
      expect(double.count('POST')).to.equal(0);
    });
  }

  it('goes to the first bad field when it is sent, and says how many there are', async () => {
    const { form, double } = await scene();
    send(form);
    await waitUntil(() => focused(form) === 'title');
    expect(text(form, '[role=status]')).to.equal('2 fields need your attention.');
    expect(double.requests).to.deep.equal([]);
    type(form, 'title', 'Bees');
    send(form);
    await waitUntil(() => focused(form) === 'script_content');
    expect(text(form, '[role=status]')).to.equal('One field needs your attention.');
  });

  it('creates the job, tells the page, and hands over in place', async () => {
    const all = await scene(html`<job-create-form voice-provider="google" priority="2" .extras=${{ template_id: 'plain' }}></job-create-form>`);
    const { form, double } = all;
    fill(form, { title: '  Bees ', duration: '20', platform: 'tiktok', language: 'ne-NP' });
    const created = oneEvent(form.parentElement!, 'job-created') as Promise<JobCreatedEvent>;
    send(form);
    const { detail } = await created;
    expect(sent(all)).to.have.length(1);
    const { script_id: scriptId, ...video } = sent(all)[0].video_request;
    expect(video).to.deep.equal({
      title: 'Bees',
      script_content: 'Bees dance to tell each other where the flowers are.',
      platform: 'tiktok',
      language: 'ne-NP',
      duration: 20,
      voice_provider: 'google',
      template_id: 'plain',
      user_id: 'user-1',
    });
    expect(scriptId).to.match(/^script-[0-9a-f]{32}$/);
    expect(sent(all)[0].priority).to.equal(2);
    expect(detail.job.title).to.equal('Bees');
    expect(detail.request.video_request.script_id).to.equal(scriptId);
    expect(double.job(detail.job.id)).to.not.equal(undefined);

    await form.updateComplete;
    expect(form.shadowRoot!.querySelector('form')).to.equal(null);
    expect($(form, 'job-status').getAttribute('job-id')).to.equal(detail.job.id);
    expect(form.shadowRoot!.activeElement?.className, 'the focus stays in the widget').to.equal('done');
    expect($(form, '.done').getAttribute('aria-label')).to.equal('“Bees” has been taken up.');
  });

  it('starts over with the choices that were made', async () => {
    const all = await scene();
    const { form } = all;
    fill(form, { duration: '20', platform: 'instagram' });
    send(form);
    await waitUntil(() => $(form, '.done'));
    $<HTMLButtonElement>(form, '.done > button').click();
    await form.updateComplete;
    expect([$(form, '#title').value, $(form, '#script_content').value]).to.deep.equal(['', '']);
    expect([$(form, '#duration').value, $(form, '#platform').value]).to.deep.equal(['20', 'instagram']);
    expect(focused(form)).to.equal('title');
    fill(form);
    send(form);
    await waitUntil(() => $(form, '.done'));
    expect(new Set(keys(all)).size, 'the same again is another job').to.equal(2);
  });

  it('takes an example from the page as if it had been typed', async () => {
    const all = await scene();
    const { form } = all;
    send(form);
    await waitUntil(() => focused(form) === 'title');
    form.prefill({ title: 'Bees', script_content: 'They dance.', duration: '5' });
    await form.updateComplete;
    expect([$(form, '#title').value, $(form, '#duration').value, $(form, '#platform').value]).to.deep.equal(['Bees', '5', 'youtube']);
    expect($(form, '[part~=problem]')).to.equal(null);
    send(form);
    await waitUntil(() => $(form, '.done'));
    expect(sent(all)[0].video_request['duration']).to.equal(5);
  });

  it('creates one job however often it is sent', async () => {
    const all = await scene();
    const { form, double } = all;
    double.fault({ kind: 'hang', method: 'POST' });
    fill(form);
    send(form);
    send(form);
    form.shadowRoot!.querySelector('form')!.requestSubmit();
    await waitUntil(() => double.count('POST') === 1);
    expect(text(form, '[part~=submit]')).to.equal('Creating…');
    send(form);
    await all.clock.flush();
    expect(double.count('POST')).to.equal(1);
  });

  it('sends the same key again after no answer came, and another one for other content', async () => {
    const all = await scene();
    const { form, double, clock } = all;
    double.fault({ kind: 'network', times: 5, method: 'POST' });
    fill(form);
    send(form);
    await waitUntil(async () => {
      await clock.advance(10_000);
      return $(form, '[part~=refusal]');
    });
    expect(text(form, '[part~=refusal]')).to.contain('The video could not be created. The server did not answer.');
    double.fault({ status: 500, method: 'POST', times: 4 });
    send(form);
    await waitUntil(async () => {
      await clock.advance(10_000);
      return text(form, '[part~=refusal]')?.includes('The server had a problem.');
    });
    expect(new Set(keys(all)).size).to.equal(1);
    expect(new Set(sent(all).map(({ video_request: { script_id } }) => script_id)).size).to.equal(1);
    type(form, 'title', 'Other bees');
    send(form);
    await waitUntil(() => $(form, '.done'));
    expect(new Set(keys(all)).size).to.equal(2);
  });

  it('puts what the server refuses at its field, in the words of the server', async () => {
    const all = await scene();
    const { form, double } = all;
    const detail = [
      { loc: ['body', 'video_request', 'duration'], msg: 'Longer than your plan allows: <b>30 s</b>.', type: 'value_error' },
      { loc: ['body', 'video_request', 'template_id'], msg: 'No such template.', type: 'value_error' },
    ];
    double.fault({ status: 422, method: 'POST', body: { detail } });
    fill(form);
    send(form);
    await waitUntil(() => focused(form) === 'duration');
    await settle(all);
    expect(text(form, '#duration-problem')).to.equal('Longer than your plan allows: <b>30 s</b>.');
    expect(text(form, '[part~=refusal]')).to.contain('template_id: No such template.');
    expect($(form, '#title').value, 'nothing is lost').to.equal('Bees');
    send(form);
    await waitUntil(() => $(form, '.done'));
  });

  it('needs a user, its own before that of the provider', async () => {
    const nobody = await scene(undefined, null);
    fill(nobody.form);
    send(nobody.form);
    await settle(nobody);
    expect(text(nobody.form, '[role=status]')).to.equal('Videos can be created once a user is known.');
    expect(nobody.double.requests).to.deep.equal([]);

    const own = await scene(html`<job-create-form user-id="someone"></job-create-form>`);
    fill(own.form);
    send(own.form);
    await waitUntil(() => $(own.form, '.done'));
    expect(sent(own)[0].video_request['user_id']).to.equal('someone');
  });

  it('counts the words and says whether they fit the length', async () => {
    const { form } = await scene();
    const speech = (): string | undefined => text(form, '[part~=speech]');
    expect(speech()).to.equal('0 words');
    type(form, 'script_content', 'Word '.repeat(100));
    await form.updateComplete;
    expect(speech()).to.equal('100 words about 40 s spoken 20 s shorter than the video Set length to 40 s');
    $<HTMLButtonElement>(form, '[part~=speech] button').click();
    await form.updateComplete;
    expect($(form, '#duration').value).to.equal('40');
    expect(speech()).to.equal('100 words about 40 s spoken fits the length');
    expect(focused(form)).to.equal('duration');
    type(form, 'duration', '10');
    await form.updateComplete;
    expect(speech()).to.contain('30 s longer than the video');
    type(form, 'language', 'ja-JP');
    await form.updateComplete;
    expect(speech()).to.contain('400 characters');
  });

  it('speaks the language around it and changes with it', async () => {
    const { form } = await scene(html`<job-create-form lang="ne"></job-create-form>`);
    await waitUntil(() => text(form, 'label') === 'शीर्षक');
    leave(form, 'title');
    await waitUntil(() => text(form, '#title-problem') === 'भिडियोको शीर्षक लेख्नुहोस्।');
    form.lang = 'en';
    await waitUntil(() => text(form, '#title-problem') === 'Give the video a title.');
  });

  it('is accessible: empty, with problems, refused, and handed over', async () => {
    const all = await scene();
    const { form, double } = all;
    await expectAccessible(form);
    send(form);
    await waitUntil(() => focused(form) === 'title');
    await expectAccessible(form);
    fill(form);
    double.fault({ status: 400, method: 'POST', body: { detail: 'This service is closed on Sundays.' } });
    send(form);
    await waitUntil(() => $(form, '[part~=refusal]'));
    expect(text(form, '[part~=refusal]')).to.contain('This service is closed on Sundays.');
    await expectAccessible(form);
    send(form);
    await waitUntil(() => $(form, '.done'));
    await expectAccessible(form);
  });
});
