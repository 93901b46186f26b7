import { expect, html, waitUntil } from '@open-wc/testing';
import { $, fill, focused, formScene, send, sent, textIn as text, type, untilDone, type FormScene } from '../scenarios/create-form.ts';
import { makeWorld } from '../scenarios/world.ts';
import { expectAccessible } from '../support/axe.ts';

/** The page is left and comes back. */
async function reload(before: FormScene, options: { userId?: string; content?: ReturnType<typeof html> } = {}): Promise<FormScene> {
  before.form.closest('job-provider')!.remove();
  const { content, ...rest } = options;
  return formScene(content, { world: before, keep: true, ...rest });
}

describe('job-create-form: the draft', () => {
  it('comes back after a reload, says so, and can be given up', async () => {
    const first = await formScene();
    await fill(first.form, { duration: '33', resolution: '4k' });
    await first.clock.advance(1_000);
    const second = await reload(first);
    expect(['title', 'duration', 'resolution'].map((name) => $(second.form, `#${name}`).value)).to.deep.equal(['Bees', '33', '4k']);
    expect(text(second.form, '[part~=restored]')).to.contain('What you had begun at');
    expect(text(second.form, '[part~=restored]')).to.not.contain('Sending it again');
    expect(text(second.form, '.chosen'), 'what is folded away can be seen').to.equal('4K');
    await expectAccessible(second.form);
    $<HTMLButtonElement>(second.form, '[part~=restored] button').click();
    await second.form.updateComplete;
    expect(['title', 'duration', 'resolution'].map((name) => $(second.form, `#${name}`).value)).to.deep.equal(['', '60', '']);
    await waitUntil(() => focused(second.form) === 'title');
    const third = await reload(second);
    expect($(third.form, '[part~=restored]')).to.equal(null);
  });

  it('is kept also when the page is left in the middle of a word', async () => {
    const first = await formScene();
    await type(first.form, 'title', 'Be');
    window.dispatchEvent(new Event('pagehide'));
    const key = Object.keys(localStorage).find((name) => name.includes('draft'))!;
    expect(JSON.parse(localStorage.getItem(key)!).texts).to.deep.equal({ title: 'Be' });
  });

  it('belongs to its user, and to its form', async () => {
    const first = await formScene();
    await fill(first.form);
    const other = await reload(first, { userId: 'user-2' });
    expect($(other.form, '#title').value).to.equal('');
    const back = await reload(other);
    expect($(back.form, '#title').value).to.equal('Bees');
    const apart = await reload(back, { content: html`<job-create-form draft-key="second"></job-create-form>` });
    expect($(apart.form, '#title').value).to.equal('');
    const none = await reload(apart, { content: html`<job-create-form no-draft></job-create-form>` });
    expect($(none.form, '#title').value).to.equal('');
  });

  it('of another user goes from sight when the user changes', async () => {
    const { form } = await formScene();
    await fill(form);
    form.userId = 'user-2';
    await form.updateComplete;
    expect($(form, '#title').value).to.equal('');
    form.userId = 'user-1';
    await form.updateComplete;
    await form.updateComplete;
    expect($(form, '#title').value).to.equal('Bees');
  });

  it('stays when the element is moved in the document', async () => {
    const { form } = await formScene();
    await fill(form);
    const place = document.createElement('div');
    form.parentElement!.append(place);
    form.remove();
    form.open = true;
    await form.updateComplete;
    place.append(form);
    await form.updateComplete;
    expect($(form, '#title').value).to.equal('Bees');
    expect($(form, '[part~=restored]')).to.equal(null);
  });

  it('is gone once a job has been created of it', async () => {
    const first = await formScene();
    await fill(first.form);
    send(first.form);
    await untilDone(first.form);
    await first.clock.advance(1_000);
    const second = await reload(first);
    expect($(second.form, '#title').value).to.equal('');
    expect(Object.keys(localStorage).filter((key) => key.includes('draft'))).to.deep.equal([]);
  });

  it('never sets what the page has locked or hidden', async () => {
    const first = await formScene();
    await fill(first.form, { resolution: '4k', platform: 'tiktok' });
    const second = await reload(first, {
      content: html`<job-create-form lock="resolution" hide="platform" value='{"resolution":"720p"}'></job-create-form>`,
    });
    expect($(second.form, '#title').value).to.equal('Bees');
    send(second.form);
    await untilDone(second.form);
    expect(sent(second)[0].video_request).to.include({ resolution: '720p', platform: 'youtube' });
  });

  it('lives without storage', async () => {
    const { setItem, getItem } = Storage.prototype;
    Storage.prototype.setItem = Storage.prototype.getItem = () => {
      throw new DOMException('Denied', 'SecurityError');
    };
    try {
      const all = await formScene();
      await fill(all.form);
      await all.clock.advance(1_000);
      send(all.form);
      await untilDone(all.form);
    } finally {
      Object.assign(Storage.prototype, { setItem, getItem });
    }
  });
});

const optionsIn = (all: FormScene): Record<string, string[]> =>
  Object.fromEntries([...all.form.shadowRoot!.querySelectorAll('#preset optgroup')].map((group) => [
    (group as HTMLOptGroupElement).label,
    [...group.querySelectorAll('option')].map((option) => option.textContent!.trim()),
  ]));

async function choose(all: FormScene, name: string): Promise<void> {
  const select = $<HTMLSelectElement>(all.form, '#preset');
  select.value = [...select.options].find((option) => option.textContent!.trim() === name)!.value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await all.form.updateComplete;
}

async function press(all: FormScene, word: string): Promise<void> {
  const found = [...all.form.shadowRoot!.querySelectorAll<HTMLButtonElement>('[part~=presets] button')].find((one) => one.textContent!.trim() === word);
  expect(found, word).to.not.equal(undefined);
  found!.click();
  await all.form.updateComplete;
}

async function nameIt(all: FormScene, name: string): Promise<void> {
  const input = $(all.form, '#preset-name');
  expect(focused(all.form)).to.equal('preset-name');
  input.value = name;
  const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true });
  expect(input.dispatchEvent(enter), 'Enter does not send the form').to.equal(false);
  await waitUntil(() => !$(all.form, '#preset-name'));
}

describe('job-create-form: presets', () => {
  it('that are built in fill in with one choice, and leave title and script', async () => {
    const all = await formScene();
    expect(optionsIn(all)).to.deep.equal({ 'Built in': ['Explainer for YouTube', 'Short clip, upright', 'Square post', 'Quick draft'] });
    await fill(all.form);
    await choose(all, 'Square post');
    expect(['title', 'platform', 'aspect_ratio', 'duration', 'resolution'].map((name) => $(all.form, `#${name}`).value)).to.deep.equal([
      'Bees', 'instagram', '1:1', '30', '1080p',
    ]);
    expect(text(all.form, '.note')).to.equal('“Square post” has been filled in.');
    expect($<HTMLSelectElement>(all.form, '#preset').selectedOptions[0].text.trim()).to.equal('Square post');
  });

  it('of the page are offered, and one can be there from the start', async () => {
    const presets = [{ id: 'brand', name: 'Our <b>brand</b>', values: { template_id: 'paper', priority: 3 } }];
    const all = await formScene(html`<job-create-form .presets=${presets} preset="brand"></job-create-form>`);
    expect(optionsIn(all)['From this page']).to.deep.equal(['Our <b>brand</b>']);
    expect($(all.form, '#template_id').value).to.equal('paper');
    expect(all.form.value).to.include({ priority: 3 });
  });

  it('are left out where the page wants none', async () => {
    const { form } = await formScene(html`<job-create-form no-presets></job-create-form>`);
    expect($(form, '[part~=presets]')).to.equal(null);
  });

  const kept = [
    ['in the browser', {}],
    ['on the service where it keeps some', { offers: { templates: true } }],
  ] as const;
  for (const [place, options] of kept) {
    it(`of the user's own are saved, renamed and deleted ${place}`, async () => {
      const all = await formScene(undefined, { world: makeWorld(options) });
      await fill(all.form, { duration: '25', template_id: 'ink', priority: '8' });
      await press(all, 'Save as preset');
      await expectAccessible(all.form);
      await nameIt(all, 'Mine');
      expect(all.double.count('POST', '/api/v1/jobs/'), 'Enter saves the preset and sends nothing').to.equal(0);
      expect(optionsIn(all)['Yours']).to.deep.equal(['Mine']);
      expect(text(all.form, '.note')).to.equal('“Mine” has been saved.');
      expect(all.double.requests.some(({ path }) => path.endsWith('/templates'))).to.equal('offers' in options);
      expect(JSON.stringify(Object.entries(localStorage)).includes('Mine')).to.equal(!('offers' in options));

      await press(all, 'Rename');
      expect($(all.form, '#preset-name').value).to.equal('Mine');
      await nameIt(all, 'Ours');
      expect(optionsIn(all)['Yours']).to.deep.equal(['Ours']);

      // After a reload, from where it lies.
      const again = await reload(all);
      again.form.reset();
      $(again.form, '#title').focus();
      await waitUntil(() => optionsIn(again)['Yours']?.[0] === 'Ours');
      await choose(again, 'Ours');
      expect(again.form.value).to.include({ duration: 25, template_id: 'ink', priority: 8 });
      expect(again.form.value.title, 'what is said is no part of it').to.equal(undefined);

      await press(again, 'Delete');
      expect(focused(again.form), 'the careful answer').to.equal('preset-keep');
      expect(text(again.form, '#preset-question')).to.equal('Delete “Ours”?');
      await press(again, 'Delete');
      await waitUntil(() => optionsIn(again)['Yours'] === undefined);
    });
  }

  it('belong to their user', async () => {
    const all = await formScene();
    await press(all, 'Save as preset');
    await nameIt(all, 'Mine');
    const other = await reload(all, { userId: 'user-2' });
    expect(optionsIn(other)['Yours']).to.equal(undefined);
  });

  it('ask before they are deleted, leave with Escape, and say when they cannot be kept', async () => {
    const all = await formScene(undefined, { world: makeWorld({ offers: { templates: true } }) });
    await press(all, 'Save as preset');
    $(all.form, '#preset-name').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await waitUntil(() => focused(all.form) === 'preset');
    await press(all, 'Save as preset');
    all.double.fault({ method: 'POST', path: /templates/, status: 403 });
    $(all.form, '#preset-name').value = 'Mine';
    await press(all, 'Save');
    await waitUntil(() => text(all.form, '[part~=presets] [role=alert]') === 'The preset could not be saved.');
    expect($(all.form, '#preset-name').value, 'the name is not lost').to.equal('Mine');
  });
});
