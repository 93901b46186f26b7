import { expect, html, oneEvent, waitUntil } from '@open-wc/testing';
import type { JobCreatedEvent } from '../../src/events/events.ts';
import { $, fill, focused, formScene, leave, send, sent, settle, textIn as text, type, untilDone } from '../scenarios/create-form.ts';
import { expectAccessible } from '../support/axe.ts';

describe('job-create-form', () => {
  it('asks for what is required first, and folds the rest in groups', async () => {
    const { form } = await formScene();
    const labelsIn = (root: ParentNode): string[] => [...root.querySelectorAll('.field label')].map((label) => label.textContent!.trim());
    const details = $<HTMLDetailsElement>(form, 'details');
    const folded = labelsIn(details);
    const all = labelsIn(form.shadowRoot!);
    expect(all.slice(0, all.length - folded.length)).to.deep.equal(['Title', 'Script', 'Platform', 'Language', 'Length in seconds', 'Voice service']);
    expect(folded).to.deep.equal([
      'Voice', 'Background music', 'Shape', 'Resolution', 'Template', 'Show subtitles', 'Style of the subtitles', 'Priority', 'Script ID',
    ]);
    expect(details.open).to.equal(false);
    expect([...details.querySelectorAll('legend')].map((legend) => legend.textContent)).to.deep.equal([
      'Voice and sound', 'Picture', 'Subtitles', 'Job',
    ]);
  });

  it('says what is wrong when a field is left, beside it, and takes it back as soon as it is right', async () => {
    const { form } = await formScene();
    leave(form, 'title');
    await waitUntil(() => text(form, '#title-problem') === 'Give the video a title.');
    expect($(form, '#title').getAttribute('aria-invalid')).to.equal('true');
    expect($(form, '#title').getAttribute('aria-describedby')).to.equal('title-problem');
    expect(form.shadowRoot!.querySelectorAll('[part~=problem]').length, 'only there').to.equal(1);
    await type(form, 'title', 'B');
    await waitUntil(() => !$(form, '#title-problem'));
    expect($(form, '#title').hasAttribute('aria-invalid')).to.equal(false);
  });

  for (const [name, value, problem] of [
    ['title', '   ', 'Give the video a title.'],
    ['title', 'x'.repeat(201), 'At most 200 characters. Now there are 201.'],
    ['title', 'a\ud800b', 'Remove the characters that cannot be displayed.'],
    ['script_content', '', 'Write what is to be said.'],
    ['script_content', 'x'.repeat(50_001), 'At most 50,000 characters. Now there are 50,001.'],
    ['duration', '', 'Say how long the video is to be.'],
    ['duration', '0', 'Give a whole number from 1 to 3,600.'],
    ['duration', '1.5', 'Give a whole number from 1 to 3,600.'],
    ['duration', '3601', 'Give a whole number from 1 to 3,600.'],
    ['script_id', 'x'.repeat(201), 'At most 200 characters. Now there are 201.'],
  ] as const) {
    it(`refuses ${JSON.stringify(value.slice(0, 12))} as ${name}`, async () => {
      const { form, double } = await formScene();
      await fill(form, { [name]: value });
      send(form);
      await waitUntil(() => text(form, `#${name}-problem`) === problem, text(form, `#${name}-problem`));
      expect(double.count('POST')).to.equal(0);
    });
  }

  it('goes to the first bad field when it is sent, and says how many there are', async () => {
    const { form, double } = await formScene();
    send(form);
    await waitUntil(() => focused(form) === 'title');
    expect(text(form, '.note')).to.equal('2 fields need your attention.');
    expect(double.count('POST')).to.equal(0);
    await type(form, 'title', 'Bees');
    send(form);
    await waitUntil(() => focused(form) === 'script_content');
    expect(text(form, '.note')).to.equal('One field needs your attention.');
  });

  it('unfolds what hides a bad field', async () => {
    const { form } = await formScene();
    await fill(form, { script_id: 'x'.repeat(201) });
    send(form);
    await waitUntil(() => focused(form) === 'script_id');
    expect($<HTMLDetailsElement>(form, 'details').open).to.equal(true);
  });

  it('creates the job, tells the page, and hands over in place', async () => {
    const all = await formScene(html`<job-create-form voice-provider="google" priority="2" .extras=${{ campaign: 'spring' }}></job-create-form>`);
    const { form, double } = all;
    await fill(form, { title: '  Bees ', duration: '20', platform: 'tiktok', language: 'ne-NP' });
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
      aspect_ratio: '9:16',
      enable_subtitles: true,
      campaign: 'spring',
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
    const all = await formScene();
    const { form } = all;
    await fill(form, { duration: '20', platform: 'instagram', script_id: 'mine' });
    send(form);
    await untilDone(form);
    $<HTMLButtonElement>(form, '[part~=another]').click();
    await form.updateComplete;
    expect(['title', 'script_content', 'script_id'].map((name) => $(form, `#${name}`).value)).to.deep.equal(['', '', '']);
    expect([$(form, '#duration').value, $(form, '#platform').value]).to.deep.equal(['20', 'instagram']);
    expect(focused(form)).to.equal('title');
    await fill(form);
    send(form);
    await untilDone(form);
    expect(sent(all)).to.have.length(2);
  });

  it('needs a user, its own before that of the provider', async () => {
    const nobody = await formScene(undefined, { userId: null });
    await fill(nobody.form);
    send(nobody.form);
    await settle(nobody);
    expect(text(nobody.form, '.note')).to.equal('Videos can be created once a user is known.');
    expect(nobody.double.requests).to.deep.equal([]);

    const own = await formScene(html`<job-create-form user-id="someone"></job-create-form>`);
    await fill(own.form);
    send(own.form);
    await untilDone(own.form);
    expect(sent(own)[0].video_request['user_id']).to.equal('someone');
  });

  it('counts the words and says whether they fit the length', async () => {
    const { form } = await formScene();
    const speech = (): string | undefined => text(form, '[part~=speech]');
    expect(speech()).to.equal('0 words');
    await type(form, 'script_content', 'Word '.repeat(100));
    expect(speech()).to.equal('100 words about 40 s spoken 20 s shorter than the video Set length to 40 s');
    $<HTMLButtonElement>(form, '[part~=speech] button').click();
    await form.updateComplete;
    expect($(form, '#duration').value).to.equal('40');
    expect(speech()).to.equal('100 words about 40 s spoken fits the length');
    expect(focused(form)).to.equal('duration');
    await type(form, 'duration', '10');
    expect(speech()).to.contain('30 s longer than the video');
    await type(form, 'language', 'ja-JP');
    expect(speech()).to.contain('400 characters');
    await type(form, 'language', 'ne-NP');
    expect(speech(), 'another pace in another language').to.contain('about 52 s spoken');
  });

  it('speaks the language around it and changes with it', async () => {
    const { form } = await formScene(html`<job-create-form lang="ne"></job-create-form>`);
    await waitUntil(() => text(form, '#title-problem, label[for=title]') === 'शीर्षक');
    leave(form, 'title');
    await waitUntil(() => text(form, '#title-problem') === 'भिडियोको शीर्षक लेख्नुहोस्।');
    form.lang = 'en';
    await waitUntil(() => text(form, '#title-problem') === 'Give the video a title.');
  });

  it('is accessible: empty, unfolded, with problems, refused, and handed over', async function () {
    this.timeout(60_000); // ten rounds of axe
    const all = await formScene(html`<job-create-form bulk lock="resolution" value='{"resolution":"4k"}'></job-create-form>`);
    const { form, double } = all;
    await expectAccessible(form);
    form.open = true;
    await form.updateComplete;
    await expectAccessible(form);
    send(form);
    await waitUntil(() => focused(form) === 'title');
    await expectAccessible(form);
    await fill(form);
    double.fault({ status: 400, method: 'POST', body: { detail: 'This service is closed on Sundays.' } });
    send(form);
    await waitUntil(() => $(form, '[part~=refusal]'));
    expect(text(form, '[part~=refusal]')).to.contain('This service is closed on Sundays.');
    await expectAccessible(form);
    send(form);
    await untilDone(form);
    await expectAccessible(form);
  });
});
