import { expect, html, oneEvent, waitUntil } from '@open-wc/testing';
import type { JobCreateFailedEvent, JobCreateRequestEvent } from '../../src/events/events.ts';
import { JobStore } from '../../src/store/job-store.ts';
import { JobDouble } from '../double/job-double.ts';
import { $, fill, focused, formScene, keys, send, sent, settle, textIn as text, type, untilDone, untilShown, type FormScene } from '../scenarios/create-form.ts';
import { makeWorld, type World } from '../scenarios/world.ts';
import { expectAccessible } from '../support/axe.ts';

const CREATE = { method: 'POST', path: /\/api\/v1\/jobs\/$/ };

/** A backend that is not on this machine, so that the browser's network counts. */
function farWorld(): World {
  const world = makeWorld();
  const double = new JobDouble({ clock: world.clock, baseUrl: 'https://jobs.example' });
  return { ...world, double, store: new JobStore({ apiUrl: double.baseUrl, fetch: double.fetch, clock: world.clock, pollInterval: 3_000 }) };
}

/** What the browser says of its network. */
function setOnline(online: boolean): void {
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => online });
  window.dispatchEvent(new Event(online ? 'online' : 'offline'));
}

const button = (form: FormScene['form'], part: string): HTMLButtonElement => $(form, `[part~=${part}] button`);

describe('job-create-form: sending', () => {
  afterEach(() => {
    delete (navigator as { onLine?: boolean }).onLine;
  });

  it('creates one job however often it is sent', async () => {
    const all = await formScene();
    const { form, double } = all;
    double.fault({ kind: 'hang', method: 'POST' });
    await fill(form);
    send(form);
    send(form);
    form.shadowRoot!.querySelector('form')!.requestSubmit();
    void form.submit();
    await waitUntil(() => double.count('POST') === 1);
    await form.updateComplete;
    expect(text(form, '[part~=submit]')).to.equal('Creating…');
    send(form);
    await all.clock.flush();
    expect(double.count('POST')).to.equal(1);
  });

  it('sends the same key again after no answer came, and another one for other content', async () => {
    const all = await formScene();
    const { form, double, clock } = all;
    double.fault({ kind: 'network', times: 5, method: 'POST' });
    await fill(form);
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
    await type(form, 'title', 'Other bees');
    expect($(form, '[part~=refusal]'), 'what was refused is another').to.equal(null);
    send(form);
    await untilDone(form);
    expect(new Set(keys(all)).size).to.equal(2);
  });

  it('the same again after success is another job', async () => {
    const all = await formScene();
    const { form } = all;
    for (let round = 0; round < 2; round++) {
      await fill(form);
      send(form);
      await untilDone(form);
      $<HTMLButtonElement>(form, '[part~=another]').click();
      await form.updateComplete;
    }
    expect(new Set(keys(all)).size).to.equal(2);
  });

  it('an unfinished submission keeps its key across a reload, and says so', async () => {
    const all = await formScene();
    all.double.fault({ kind: 'hang', method: 'POST' });
    await fill(all.form);
    send(all.form);
    await waitUntil(() => all.double.count('POST') === 1);
    all.form.remove();

    const again = await formScene(undefined, { world: all, keep: true });
    await waitUntil(() => text(again.form, '[part~=restored]'));
    expect(text(again.form, '[part~=restored]')).to.contain('Sending it again creates no second video.');
    send(again.form);
    await untilDone(again.form);
    expect(keys(again)).to.have.length(2);
    expect(new Set(keys(again)).size).to.equal(1);
    expect(new Set(sent(again).map(({ video_request: { script_id } }) => script_id)).size).to.equal(1);
  });

  it('puts what the server refuses at its field, in the words of the server; the rest stands above the button', async () => {
    const all = await formScene(html`<job-create-form hide="template_id"></job-create-form>`);
    const { form, double } = all;
    const detail = [
      { loc: ['body', 'video_request', 'duration'], msg: 'Longer than your plan allows: <b>30 s</b>.', type: 'value_error' },
      { loc: ['body', 'video_request', 'template_id'], msg: 'No such template.', type: 'value_error' },
      { loc: ['header', 'x-plan'], msg: 'No plan.', type: 'missing' },
    ];
    double.fault({ status: 422, method: 'POST', body: { detail } });
    await fill(form);
    const failed = oneEvent(form, 'job-create-failed') as Promise<JobCreateFailedEvent>;
    send(form);
    await waitUntil(() => focused(form) === 'duration');
    await settle(all);
    expect(text(form, '#duration-problem')).to.equal('Longer than your plan allows: <b>30 s</b>.');
    expect($(form, '#duration').getAttribute('aria-describedby')).to.equal('duration-problem');
    expect(text(form, '[part~=refusal]')).to.contain('template_id: No such template.').and.to.contain('header.x-plan: No plan.');
    expect($(form, '#title').value, 'nothing is lost').to.equal('Bees');
    expect((await failed).detail.error.code).to.equal('invalid');
    send(form);
    await untilDone(form);
  });

  it('unfolds a folded field that the server refuses', async () => {
    const { form, double } = await formScene();
    double.fault({ status: 422, method: 'POST', body: { detail: [{ loc: ['body', 'video_request', 'resolution'], msg: 'Too fine.', type: 'x' }] } });
    await fill(form);
    send(form);
    await waitUntil(() => focused(form) === 'resolution');
    expect($<HTMLDetailsElement>(form, 'details').open).to.equal(true);
  });

  it('waits as told when the service asks for a pause, counts down, and sends by itself with the same key', async () => {
    const all = await formScene();
    const { form, double, clock } = all;
    double.fault({ status: 429, ...CREATE, retryAfter: 30 });
    await fill(form);
    send(form);
    await untilShown(form, '[part~=pause]');
    await form.updateComplete;
    expect(text(form, '[part~=pause] p')).to.equal('The service asks for a pause. It is sent again in 30 s.');
    expect($(form, '[part~=submit]').getAttribute('aria-disabled')).to.equal('true');
    await expectAccessible(form);
    await clock.advance(10_000);
    await form.updateComplete;
    expect(text(form, '[part~=pause] p')).to.contain('in 20 s');
    send(form);
    await clock.advance(19_000);
    expect(sent(all), 'not before its time, not even by hand').to.have.length(1);
    await clock.advance(2_000);
    await untilDone(form);
    expect(sent(all)).to.have.length(2);
    expect(new Set(keys(all)).size).to.equal(1);
  });

  it('does not send what is being edited, or what the user has stopped, when the pause is over', async () => {
    const all = await formScene();
    const { form, double, clock } = all;
    double.fault({ status: 429, ...CREATE, retryAfter: 30 });
    await fill(form);
    send(form);
    await untilShown(form, '[part~=pause]');
    await type(form, 'title', 'Other bees');
    expect(text(form, '[part~=pause] p')).to.equal('The service asks for a pause. You can send again in 30 s.');
    await clock.advance(31_000);
    await form.updateComplete;
    expect(sent(all)).to.have.length(1);
    expect($(form, '[part~=pause]')).to.equal(null);

    double.fault({ status: 429, ...CREATE, retryAfter: 30 });
    send(form);
    await untilShown(form, '[part~=pause]');
    button(form, 'pause').click();
    await clock.advance(31_000);
    expect(sent(all)).to.have.length(2);
  });

  it('keeps everything while offline, and sends when it is back if that is wanted', async () => {
    const all = await formScene(undefined, { world: farWorld() });
    const { form, double } = all;
    await fill(form);
    setOnline(false);
    send(form);
    await untilShown(form, '[part~=offline]');
    await settle(all);
    expect(text(form, '[part~=offline] p')).to.equal('You are offline. What you have filled in is kept.');
    expect($(form, '#title').value).to.equal('Bees');
    expect(double.count('POST')).to.equal(0);
    await expectAccessible(form);
    button(form, 'offline').click();
    await form.updateComplete;
    expect(text(form, '[part~=offline] p')).to.equal('You are offline. It is sent as soon as you are back.');
    setOnline(true);
    await untilDone(form);
    expect(double.count('POST')).to.equal(1);
  });

  it('offers to send when the network is back, and does not by itself', async () => {
    const all = await formScene(undefined, { world: farWorld() });
    const { form, double } = all;
    await fill(form);
    setOnline(false);
    send(form);
    await untilShown(form, '[part~=offline]');
    await settle(all);
    setOnline(true);
    await form.updateComplete;
    expect(text(form, '[part~=offline] p')).to.equal('You are back online.');
    expect(double.count('POST')).to.equal(0);
    button(form, 'offline').click();
    await untilDone(form);
  });

  it('a network that goes away on the way says so, and the same key is sent again', async () => {
    const all = await formScene(undefined, { world: farWorld() });
    const { form, double } = all;
    double.fault({ kind: 'hang', method: 'POST' });
    await fill(form);
    send(form);
    await waitUntil(() => double.count('POST') === 1);
    setOnline(false);
    await untilShown(form, '[part~=offline]');
    await settle(all);
    setOnline(true);
    await form.updateComplete;
    button(form, 'offline').click();
    await untilDone(form);
    expect(new Set(keys(all)).size).to.equal(1);
    expect(keys(all)).to.have.length(2);
  });

  it('asks the page before it sends', async () => {
    const all = await formScene();
    const { form, double } = all;
    await fill(form);
    const asked: unknown[] = [];
    form.addEventListener('job-create-request', (event: JobCreateRequestEvent) => {
      asked.push(event.detail.request.video_request.title);
      event.preventDefault();
    });
    send(form);
    await waitUntil(() => asked.length === 1);
    await settle(all);
    expect(asked).to.deep.equal(['Bees']);
    expect(double.count('POST')).to.equal(0);
    expect($(form, '#title').value).to.equal('Bees');
  });
});

describe('job-create-form: the synchronous fallback', () => {
  const withFallback = html`<job-create-form sync-fallback></job-create-form>`;
  const GENERATE = /\/videos\/generate$/;

  async function waiting(fault: object, content = withFallback): Promise<FormScene> {
    const all = await formScene(content, { world: makeWorld({ offers: { generate: true } }) });
    all.double.fault({ ...CREATE, times: 10, ...fault });
    await fill(all.form);
    send(all.form);
    return all;
  }

  for (const [name, fault] of [
    ['the queue is not available', { status: 503 }],
    ['there is no such route', { status: 404 }],
    ['no answer comes', { kind: 'network' }],
  ] as const) {
    it(`makes the video directly when ${name}, says that it waits, and shows the result`, async () => {
      const all = await waiting(fault);
      const { form, double, clock } = all;
      await waitUntil(async () => {
        await clock.advance(5_000);
        return $(form, '[part~=generating]');
      });
      await form.updateComplete;
      expect(text(form, '[part~=generating]')).to.contain('The job queue is not available, so the video is made directly.');
      expect($(form, '[role=progressbar]').hasAttribute('aria-valuenow')).to.equal(false);
      expect($(form, '[part~=submit]').getAttribute('aria-disabled')).to.equal('true');
      await expectAccessible(form);
      await waitUntil(() => double.count('POST', GENERATE) === 1);
      const { body } = double.requests.find(({ path }) => GENERATE.test(path))!;
      expect(JSON.parse(body)).to.include({ title: 'Bees', user_id: 'user-1', duration: 60 });
      await clock.advance(4_000);
      await form.updateComplete;
      expect(text(form, '[part~=generating] [role=timer]')).to.contain('Waiting for');

      const created = oneEvent(form, 'job-created');
      const [job] = (await double.client().listJobs({ userId: 'user-1' })).jobs;
      double.finish(job.id);
      await untilDone(form);
      expect((await created).detail.job.status).to.equal('success');
      expect($(form, 'job-status').getAttribute('job-id')).to.equal(job.id);
      await waitUntil(() => $(form, 'job-status').shadowRoot!.querySelector('[part~=result]'), 'the result is shown');
    });
  }

  it('does so only where the page allows it, and for no other reason', async () => {
    const without = await waiting({ status: 404 }, html`<job-create-form></job-create-form>`);
    await untilShown(without.form, '[part~=refusal]');
    expect(without.double.count('POST', GENERATE)).to.equal(0);

    const forbidden = await waiting({ status: 403 });
    await untilShown(forbidden.form, '[part~=refusal]');
    expect(forbidden.double.count('POST', GENERATE)).to.equal(0);
  });

  it('makes no second video where the answer to the first broke off', async () => {
    const { form, clock, double } = await waiting({ kind: 'cut' });
    await waitUntil(async () => {
      await clock.advance(5_000);
      return $(form, '[part~=refusal]');
    });
    expect(double.count('POST', GENERATE)).to.equal(0);
    expect((await double.client().listJobs({ userId: 'user-1' })).jobs).to.have.length(1);
  });

  it('can be stopped, and nothing is lost', async () => {
    const { form } = await waiting({ status: 404 });
    await untilShown(form, '[part~=generating]');
    await form.updateComplete;
    button(form, 'generating').click();
    await waitUntil(() => !$(form, '[part~=generating]'));
    expect($(form, '#title').value).to.equal('Bees');
    expect($(form, '[part~=refusal]')).to.equal(null);
  });

  it('tells why when that fails, too', async () => {
    const all = await waiting({ status: 404 });
    all.double.fault({ method: 'POST', path: GENERATE, status: 500, body: { detail: 'No ffmpeg.' } });
    await untilShown(all.form, '[part~=refusal]');
    expect(text(all.form, '[part~=refusal]')).to.contain('No ffmpeg.');
  });
});
