import { expect, html, oneEvent, waitUntil } from '@open-wc/testing';
import type { Job } from '../../src/core/job.ts';
import { readJob } from '../../src/core/read-job.ts';
import { $, fill, focused, formScene, send, sent, textIn as text, type, untilDone, type FormScene } from '../scenarios/create-form.ts';
import { expectAccessible } from '../support/axe.ts';

const options = ({ form }: FormScene, name: string): string[] => [...$<HTMLSelectElement>(form, `#${name}`).options].map((option) => option.text.trim());
const names = ({ form }: FormScene): string[] => [...form.shadowRoot!.querySelectorAll<HTMLLabelElement>('.field label')].map((label) => label.htmlFor || 'enable_subtitles');

/** Chooses the last entry of a list and types what is not in it. */
async function typeOther({ form }: FormScene, name: string, value: string): Promise<void> {
  const select = $<HTMLSelectElement>(form, `#${name}`);
  select.selectedIndex = select.options.length - 1;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await waitUntil(() => focused(form) === `${name}-other`, 'the line has the focus');
  await type(form, `${name}-other`, value);
}

describe('job-create-form: fields', () => {
  it('sends every field of a request', async () => {
    const all = await formScene();
    await fill(all.form, {
      platform: 'tiktok', language: 'de-DE', duration: '20', voice_provider: 'azure', voice_name: 'de-DE-KatjaNeural',
      background_music: 'calm', aspect_ratio: '4:5', resolution: '4k', template_id: 'paper', subtitle_style: 'boxed', priority: '10', script_id: 's-1',
    });
    send(all.form);
    await untilDone(all.form);
    expect(sent(all)[0]).to.deep.equal({
      video_request: {
        title: 'Bees', script_content: 'Bees dance to tell each other where the flowers are.', platform: 'tiktok', language: 'de-DE', duration: 20,
        voice_provider: 'azure', voice_name: 'de-DE-KatjaNeural', background_music: 'calm', aspect_ratio: '4:5', resolution: '4k', template_id: 'paper',
        enable_subtitles: true, subtitle_style: 'boxed', script_id: 's-1', user_id: 'user-1',
      },
      priority: 10,
    });
  });

  it('offers the voices of the provider and the language, and takes any other', async () => {
    const all = await formScene(html`<job-create-form open></job-create-form>`);
    expect(options(all, 'voice_name').slice(0, 3)).to.deep.equal(['Automatic', 'Jenny', 'Guy']);
    await type(all.form, 'language', 'ne-NP');
    expect(options(all, 'voice_name')).to.deep.equal(['Automatic', 'Hemkala', 'Sagar', 'Other…']);
    await type(all.form, 'voice_provider', 'elevenlabs');
    expect(options(all, 'voice_name'), 'it has none for Nepali').to.deep.equal(['Automatic', 'Other…']);
    await type(all.form, 'language', 'hi-IN');
    expect(options(all, 'voice_name')).to.include('Rachel');
    await typeOther(all, 'voice_name', 'My own voice');
    expect($(all.form, '#voice_name-other').getAttribute('aria-label')).to.equal('Voice: other');
    await fill(all.form);
    await expectAccessible(all.form);
    send(all.form);
    await untilDone(all.form);
    expect(sent(all)[0].video_request).to.include({ voice_provider: 'elevenlabs', voice_name: 'My own voice' });
  });

  it('sets a voice back that does not speak the language chosen since, and says so', async () => {
    const { form } = await formScene(html`<job-create-form open></job-create-form>`);
    await type(form, 'voice_name', 'en-US-JennyNeural');
    await type(form, 'language', 'fr-FR');
    expect($(form, '#voice_name').value).to.equal('');
    expect(text(form, '#voice_name-notice')).to.equal('The voice was set back: it does not speak this language.');
    await type(form, 'voice_name', 'fr-FR-HenriNeural');
    expect($(form, '#voice_name-notice')).to.equal(null);
  });

  it('takes the voices of the page', async () => {
    const voices = (provider: string, language: string) => [{ value: `${provider}/${language}/1`, label: 'Ours' }];
    const all = await formScene(html`<job-create-form .voices=${voices}></job-create-form>`);
    await type(all.form, 'voice_name', 'azure/en-US/1');
    expect(options(all, 'voice_name')).to.deep.equal(['Automatic', 'Ours', 'Other…']);
    expect(all.form.value.voice_name).to.equal('azure/en-US/1');
  });

  it('suggests shape and length for a platform, and never over what the user chose', async () => {
    const { form } = await formScene();
    const shape = (): string[] => ['aspect_ratio', 'duration'].map((name) => $(form, `#${name}`).value);
    expect(shape()).to.deep.equal(['16:9', '60']);
    await type(form, 'platform', 'youtube_shorts');
    expect(shape()).to.deep.equal(['9:16', '45']);
    await type(form, 'duration', '50');
    await type(form, 'platform', 'tiktok');
    expect(shape()).to.deep.equal(['9:16', '50']);
    await type(form, 'aspect_ratio', '1:1');
    await type(form, 'platform', 'youtube');
    expect(shape()).to.deep.equal(['1:1', '50']);
  });

  it('takes a platform and a language that are not in the list', async () => {
    const all = await formScene();
    await typeOther(all, 'platform', 'vimeo');
    await typeOther(all, 'language', 'not a tag');
    await fill(all.form);
    send(all.form);
    await waitUntil(() => text(all.form, '#language-problem') === 'Give the language as a tag such as en-US.');
    expect(focused(all.form)).to.equal('language-other');
    await type(all.form, 'language-other', 'sv-SE');
    send(all.form);
    await untilDone(all.form);
    expect(sent(all)[0].video_request).to.include({ platform: 'vimeo', language: 'sv-SE', duration: 60 });
    expect(sent(all)[0].video_request).to.not.have.property('aspect_ratio');
  });

  it('asks for a style of subtitles only where there are any', async () => {
    const all = await formScene();
    await type(all.form, 'subtitle_style', 'boxed');
    await type(all.form, 'enable_subtitles', 'false');
    expect($(all.form, '#subtitle_style')).to.equal(null);
    await fill(all.form);
    send(all.form);
    await untilDone(all.form);
    expect(sent(all)[0].video_request).to.include({ enable_subtitles: false });
    expect(sent(all)[0].video_request).to.not.have.property('subtitle_style');
  });

  it('says priorities as words', async () => {
    const all = await formScene(html`<job-create-form priority="7"></job-create-form>`);
    expect(options(all, 'priority')).to.deep.equal(['Automatic', 'Urgent', 'High', 'Normal', 'Low', 'Whenever there is time', 'Normal (7)']);
    expect($(all.form, '#priority').value).to.equal('7');
  });

  it('starts from its attributes, and keeps what is chosen among what may be chosen', async () => {
    const all = await formScene(
      html`<job-create-form platform="tiktok" language="sv-SE" duration="30" languages="en-US, ne-NP" platforms="tiktok vimeo"></job-create-form>`,
    );
    expect(options(all, 'platform')).to.deep.equal(['TikTok', 'vimeo', 'Other…']);
    expect(options(all, 'language')).to.deep.equal(['English (United States)', 'Nepali (Nepal)', 'Swedish (Sweden)', 'Other…']);
    expect([$(all.form, '#language').value, $(all.form, '#duration').value]).to.deep.equal(['sv-SE', '30']);
  });

  for (const bad of ['value="nonsense"', 'fields="[1]"', 'priority="high"', 'duration="long"', 'order="no such"', 'preset="none"', 'value=\'{"title":{"a":1},"duration":"x"}\'']) {
    it(`falls back for ${bad}`, async () => {
      const place = document.createElement('div');
      place.innerHTML = `<job-create-form ${bad}></job-create-form>`;
      const all = await formScene(html`${place.firstElementChild}`);
      expect($(all.form, '#title').value).to.equal('');
      expect($(all.form, '#priority').value).to.equal('5');
    });
  }
});

describe('job-create-form: what a page changes', () => {
  it('presets, hides, locks, orders and relabels by attribute', async () => {
    const all = await formScene(html`<job-create-form
      value='{"title":"Weekly news","voice_provider":"google","resolution":"1080p"}'
      hide="voice_provider template_id"
      lock="resolution platform title"
      order="duration title"
      fields='{"title":{"label":"Headline","hint":"As on the cover"},"resolution":{"group":"main"},"language":{"choices":["ne-NP",{"value":"mai","label":"Maithili"}]}}'
    ></job-create-form>`);
    expect(names(all).slice(0, 6)).to.deep.equal(['duration', 'title', 'script_content', 'platform', 'language', 'resolution']);
    expect(names(all)).to.not.include('template_id');
    expect(text(all.form, 'label[for=title]')).to.equal('Headline set by this page');
    expect(text(all.form, '#title-hint')).to.equal('As on the cover');
    const locked = ['title', 'platform', 'resolution'].map((name) => $(all.form, `#${name}`));
    expect(locked.map(({ readOnly, value }) => [readOnly, value])).to.deep.equal([[true, 'Weekly news'], [true, 'YouTube'], [true, 'Full HD, 1080p']]);
    expect(options(all, 'language')).to.deep.equal(['Nepali (Nepal)', 'Maithili', 'English (United States)', 'Other…']);
    await expectAccessible(all.form);
    await type(all.form, 'script_content', 'News.');
    all.form.prefill({ title: 'Not this', voice_provider: 'azure' });
    send(all.form);
    await untilDone(all.form);
    expect(sent(all)[0].video_request).to.include({ title: 'Weekly news', voice_provider: 'google', resolution: '1080p' });
  });

  it('and the same by property', async () => {
    const all = await formScene();
    Object.assign(all.form, {
      hide: ['voice_provider'], lock: ['language'], order: ['script_content'], language: 'ne-NP',
      fields: { script_content: { label: 'Words' }, priority: { hidden: true }, duration: { order: -1 }, aspect_ratio: { locked: true } },
    });
    await all.form.updateComplete;
    expect(names(all).slice(0, 5)).to.deep.equal(['script_content', 'duration', 'title', 'platform', 'language']);
    expect(names(all)).to.not.include('priority');
    expect(text(all.form, 'label[for=script_content]')).to.equal('Words');
    expect($(all.form, '#aspect_ratio').readOnly).to.equal(true);
  });

  it('says what is wrong with a field that is hidden', async () => {
    const { form, double } = await formScene(html`<job-create-form hide="title"></job-create-form>`);
    await type(form, 'script_content', 'Words.');
    send(form);
    await waitUntil(() => text(form, '[part~=refusal]') === 'Title: Give the video a title.');
    expect(double.count('POST')).to.equal(0);
  });

  it('sends fields of its own, checks them by their own word, and keeps them with the draft', async () => {
    const own = html`<job-create-form>
      <div slot="fields">
        <label>Campaign <input name="campaign" required /></label>
        <label><input type="checkbox" name="paid" /> Paid</label>
        <label><input type="checkbox" name="tags" value="a" checked /> A</label>
        <label><input type="checkbox" name="tags" value="b" checked /> B</label>
        <label>Budget <input type="number" name="budget" value="20" /></label>
        <label>Not this <input name="off" value="x" disabled /></label>
      </div>
    </job-create-form>`;
    const all = await formScene(own);
    const campaign = all.form.querySelector('input')!;
    await fill(all.form);
    send(all.form);
    await waitUntil(() => document.activeElement === campaign, 'the first bad one has the focus');
    expect(all.double.count('POST')).to.equal(0);
    campaign.value = 'spring';
    campaign.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    await all.clock.advance(1_000);
    all.form.closest('job-provider')!.remove();

    const again = await formScene(own, { world: all, keep: true });
    await again.form.updateComplete;
    await waitUntil(() => again.form.querySelector('input')!.value === 'spring');
    send(again.form);
    await untilDone(again.form);
    expect(sent(again)[0].video_request['metadata']).to.deep.equal({ campaign: 'spring', tags: ['a', 'b'], budget: 20 });
  });

  it('sends them under another key if told so', async () => {
    const all = await formScene(html`<job-create-form own-key="extra"><input slot="fields" name="a" value="1" aria-label="A" /></job-create-form>`);
    await fill(all.form);
    send(all.form);
    await untilDone(all.form);
    expect(sent(all)[0].video_request['extra']).to.deep.equal({ a: '1' });
  });

  it('puts values in as if they had been typed, and replaces all by `value`', async () => {
    const { form } = await formScene();
    await fill(form, { resolution: '4k' });
    form.prefill({ duration: 5, enable_subtitles: false });
    await form.updateComplete;
    expect(form.value).to.include({ title: 'Bees', resolution: '4k', duration: 5, enable_subtitles: false });
    form.value = { title: 'Other' };
    await form.updateComplete;
    expect(form.value).to.deep.include({ title: 'Other', duration: 60, enable_subtitles: true });
    expect(form.value).to.not.have.property('resolution');
    expect($(form, '#resolution').value).to.equal('');
  });

  it('opens with the inputs of a job, to make the like of it', async () => {
    const { form } = await formScene();
    const job = readJob({
      job_id: 'a', status: 'success', duration: 40, title: 'Bees', platform: 'tiktok', priority: 2, script_id: 's-9',
      video_request: { script_content: 'They dance.', language: 'ne-NP', duration: 12, template_id: 'ink', title: 'Old name', user_id: 'x' },
    }) as Job;
    form.fillFrom(job);
    await form.updateComplete;
    expect(form.value).to.include({ title: 'Bees', script_content: 'They dance.', platform: 'tiktok', priority: 2, language: 'ne-NP', duration: 12, template_id: 'ink' });
    expect(form.value, 'another job has a script of its own').to.not.have.property('script_id');
  });

  it('dispatches `input` and `change` like a native control', async () => {
    const { form } = await formScene();
    const input = oneEvent(form, 'input');
    const change = oneEvent(form.parentElement!, 'change');
    await type(form, 'title', 'B');
    expect((await input).target).to.equal(form);
    expect((await change).target).to.equal(form);
  });
});

describe('job-create-form: one or many', () => {
  const radios = ({ form }: FormScene): HTMLInputElement[] => [...form.shadowRoot!.querySelectorAll<HTMLInputElement>('.mode input')];

  it('offers many only where the page wants it', async () => {
    expect(radios(await formScene())).to.have.length(0);
  });

  it('brings the part for many when it is asked for, tells it what the page and the user have said, and keeps both', async () => {
    const all = await formScene(html`<job-create-form bulk lock="resolution" value='{"resolution":"720p"}' .extras=${{ campaign: 'spring' }}></job-create-form>`);
    await fill(all.form, { platform: 'tiktok' });
    expect($(all.form, 'job-create-bulk')).to.equal(null);
    radios(all)[1].click();
    await waitUntil(() => $(all.form, 'job-create-bulk'), 'its code comes', { timeout: 10_000 });
    expect(all.form.mode).to.equal('bulk');
    const panel = $<HTMLElement & { defaults: object; locked: string[] }>(all.form, 'job-create-bulk');
    expect(panel.defaults).to.include({ platform: 'tiktok', resolution: '720p', campaign: 'spring', language: 'en-US' });
    expect(panel.defaults, 'each row has its own').to.not.have.any.keys('title', 'script_content', 'aspect_ratio', 'duration');
    expect(panel.locked).to.deep.equal(['resolution']);
    expect($<HTMLElement>(all.form, 'form').hidden).to.equal(true);
    radios(all)[0].click();
    await all.form.updateComplete;
    expect($<HTMLElement>(all.form, 'form').hidden).to.equal(false);
    expect($(all.form, '#title').value).to.equal('Bees');
    expect($<HTMLElement>(all.form, 'job-create-bulk'), 'a list that is being sent goes on').to.equal(panel);
    expect(panel.hidden).to.equal(true);
  });

  it('can show many from the start', async () => {
    const all = await formScene(html`<job-create-form bulk mode="bulk"></job-create-form>`);
    await waitUntil(() => $(all.form, 'job-create-bulk'), 'its code comes', { timeout: 10_000 });
    expect(radios(all).map(({ checked }) => checked)).to.deep.equal([false, true]);
  });
});
