import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { LitElement } from 'lit';
import { EnvironmentController } from '../../src/controllers/environment-controller.ts';
import type { JobProvider } from '../../src/elements/job-provider/job-provider.ts';
import { readInterval } from '../../src/controllers/interval.ts';
import { JobStore } from '../../src/store/job-store.ts';
import { pageStores } from '../../src/store/registry.ts';

/** Shows nothing; knows where it stands. */
class TestSeeker extends LitElement {
  static override properties = { apiUrl: { attribute: 'api-url' }, token: {} };
  declare apiUrl: string;
  declare token: string;
  updates = 0;
  readonly controller = new EnvironmentController(this, () => ({ apiUrl: this.apiUrl, token: this.token }));

  get environment() {
    return this.controller.environment;
  }

  get address() {
    return this.controller.store?.apiUrl;
  }

  protected override updated(): void {
    this.updates++;
  }
}
customElements.define('test-seeker', TestSeeker);

class TestShadow extends LitElement {
  protected override render(): unknown {
    return html`<job-provider api-url="https://shadow.example"><slot></slot><test-seeker></test-seeker></job-provider>`;
  }
}
customElements.define('test-shadow', TestShadow);

class TestInner extends LitElement {
  protected override render(): unknown {
    return html`<test-seeker></test-seeker>`;
  }
}
customElements.define('test-inner', TestInner);

/** The tag may be undefined for now, so types come by hand. */
const load = () => import('../../src/elements/job-provider/define.ts');
const seekers = (root: ParentNode) => [...root.querySelectorAll<TestSeeker>('test-seeker')];
const settle = async (root: ParentNode) => {
  await Promise.all([...root.querySelectorAll<LitElement>('job-provider, test-seeker')].map((element) => element.updateComplete));
  await new Promise((resolve) => setTimeout(resolve));
};

async function place(content: unknown): Promise<{ root: HTMLElement; found: TestSeeker[] }> {
  const root = await fixture<HTMLElement>(html`<div>${content}</div>`);
  await settle(root);
  return { root, found: seekers(root) };
}

describe('a provider whose code comes late', () => {
  it('is waited for: nobody turns to another address meanwhile', async () => {
    const { root, found } = await place(html`
      <test-seeker></test-seeker>
      <job-provider api-url="https://a.example">
        <test-seeker></test-seeker>
        <test-seeker api-url="https://own.example"></test-seeker>
        <test-seeker token="mine"></test-seeker>
        <job-provider user-id="u-2"><test-seeker></test-seeker></job-provider>
        <test-inner></test-inner>
      </job-provider>
      <test-shadow><test-seeker></test-seeker></test-shadow>
    `);
    found.push(...seekers(root.querySelector('test-inner')!.shadowRoot!));
    await waitUntil(() => found[0]?.address !== undefined && found[2]?.address !== undefined);
    expect(found.map(({ address }) => address)).to.deep.equal([
      'http://localhost:8012',
      undefined,
      'https://own.example',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    await load();
    await settle(root);
    expect(found.map(({ address }) => address)).to.deep.equal([
      'http://localhost:8012',
      'https://a.example',
      'https://own.example',
      'https://a.example',
      'https://a.example',
      'https://shadow.example',
      'https://a.example',
    ]);
    expect(found[4]?.environment?.userId).to.equal('u-2');
    expect(found[4]?.controller.store).to.equal(found[1]?.controller.store);
    expect(found[3]?.controller.store).not.to.equal(found[1]?.controller.store);
  });
});

describe('job-provider', () => {
  before(load);

  it('has no box, and leaves its content to the page', async () => {
    const { root } = await place(html`<job-provider><p>Words</p></job-provider>`);
    const provider = root.querySelector('job-provider')!;
    expect(getComputedStyle(provider).display).to.equal('contents');
    expect(provider.shadowRoot?.querySelector('slot')).to.be.instanceOf(HTMLSlotElement);
  });

  it('gives what it was told, and tells of changes', async () => {
    const mediaUrl = () => 'https://media.example/x.mp4';
    const { root, found } = await place(html`
      <job-provider api-url="https://a.example/api" user-id="u-1" locale="ne" .mediaUrl=${mediaUrl}><test-seeker></test-seeker></job-provider>
    `);
    const [seeker] = found as [TestSeeker];
    expect(seeker.environment).to.include({ userId: 'u-1', locale: 'ne', mediaUrl });
    expect(seeker.address).to.equal('https://a.example/api');
    const provider = root.querySelector('job-provider')!;
    provider.setAttribute('api-url', 'https://b.example');
    provider.setAttribute('user-id', 'u-2');
    await settle(root);
    expect(seeker.environment?.userId).to.equal('u-2');
    expect(seeker.address).to.equal('https://b.example');
  });

  it('several stay apart, and equal ones share', async () => {
    const { found } = await place(html`
      <job-provider api-url="https://a.example"><test-seeker></test-seeker></job-provider>
      <job-provider api-url="https://b.example"><test-seeker></test-seeker></job-provider>
      <job-provider api-url="https://a.example/"><test-seeker></test-seeker></job-provider>
    `);
    const [a, b, again] = found.map(({ controller }) => controller.store);
    expect(a).not.to.equal(b);
    expect(again).to.equal(a);
  });

  it('takes over from the outer one what it does not set, but no token for another address', async () => {
    const getToken = () => 'secret';
    const { found } = await place(html`
      <job-provider api-url="https://a.example" user-id="u-1" locale="de" poll-interval="5s" .getToken=${getToken}>
        <test-seeker></test-seeker>
        <job-provider user-id="u-2"><test-seeker></test-seeker></job-provider>
        <job-provider api-url="https://b.example"><test-seeker></test-seeker></job-provider>
        <job-provider poll-interval="1s"><test-seeker></test-seeker></job-provider>
        <job-provider token="other"><test-seeker></test-seeker></job-provider>
      </job-provider>
    `);
    const [outer, user, elsewhere, faster, token] = found.map(({ environment }) => environment!);
    expect(user).to.include({ userId: 'u-2', locale: 'de', store: outer!.store });
    expect(elsewhere).to.include({ userId: 'u-1', locale: 'de' });
    expect(elsewhere!.store.apiUrl).to.equal('https://b.example');
    expect(elsewhere!.store.pollInterval).to.equal(5_000);
    expect(elsewhere!.config).not.to.have.property('token', 'secret');
    expect(elsewhere!.config?.getToken).to.equal(undefined);
    expect(faster!.store).to.equal(outer!.store);
    expect(outer!.store.pollInterval).to.equal(1_000);
    expect(token!.store).not.to.equal(outer!.store);
    expect(token!.store.apiUrl).to.equal('https://a.example');
  });

  it('inner ones follow when the outer one changes', async () => {
    const { root, found } = await place(html`
      <job-provider api-url="https://a.example" user-id="u-1">
        <job-provider locale="fr"><test-seeker></test-seeker></job-provider>
      </job-provider>
    `);
    root.querySelector('job-provider')!.setAttribute('api-url', 'https://c.example');
    root.querySelector('job-provider')!.setAttribute('user-id', 'u-9');
    await settle(root);
    await settle(root);
    expect(found[0]?.address).to.equal('https://c.example');
    expect(found[0]?.environment).to.include({ userId: 'u-9', locale: 'fr' });
  });

  it('is found through shadow roots, from inside and from the slot', async () => {
    const { root } = await place(html`<test-shadow><test-seeker></test-seeker></test-shadow>`);
    const shadow = root.querySelector('test-shadow')!.shadowRoot!;
    await settle(shadow);
    expect(seekers(shadow)[0]?.address).to.equal('https://shadow.example');
    expect(seekers(root)[0]?.address).to.equal('https://shadow.example');
  });

  it('elements that move get what their new place gives', async () => {
    const { root, found } = await place(html`
      <job-provider api-url="https://a.example"><test-seeker></test-seeker></job-provider>
      <job-provider api-url="https://b.example"></job-provider>
    `);
    const [seeker] = found as [TestSeeker];
    const [, other] = [...root.querySelectorAll('job-provider')] as [JobProvider, JobProvider];
    other.append(seeker);
    await settle(root);
    expect(seeker.address).to.equal('https://b.example');
    root.append(seeker);
    await settle(root);
    expect(seeker.address).to.equal('http://localhost:8012');
  });

  it('that comes into a new one waits for what that gives', async () => {
    const { root, found } = await place(html`<job-provider locale="de"><test-seeker></test-seeker></job-provider>`);
    const [seeker] = found as [TestSeeker];
    expect(seeker.address).to.equal('http://localhost:8012');
    const outer = document.createElement('job-provider');
    outer.apiUrl = 'https://a.example';
    outer.append(root.querySelector('job-provider')!);
    root.append(outer);
    expect(seeker.address).to.equal(undefined);
    await settle(root);
    expect(seeker.address).to.equal('https://a.example');
  });

  it('does not touch elements that have gone', async () => {
    const { root, found } = await place(html`<job-provider api-url="https://a.example"><test-seeker></test-seeker></job-provider>`);
    const [seeker] = found as [TestSeeker];
    seeker.remove();
    const { updates } = seeker;
    root.querySelector('job-provider')!.userId = 'u-5';
    await settle(root);
    await seeker.updateComplete;
    expect(seeker.updates).to.equal(updates);
  });

  it('that moves takes its elements along, without their losing anything', async () => {
    const { root, found } = await place(html`
      <section></section>
      <job-provider api-url="https://a.example"><test-seeker></test-seeker></job-provider>
    `);
    const [seeker] = found as [TestSeeker];
    const { store } = seeker.controller;
    root.querySelector('section')!.append(root.querySelector('job-provider')!);
    expect(seeker.controller.store).to.equal(store);
    await settle(root);
    expect(seeker.controller.store).to.equal(store);
  });

  it('an element of its own address or token does not take the provider’s token along', async () => {
    const { found } = await place(html`
      <job-provider api-url="https://a.example" token="secret" user-id="u-1">
        <test-seeker api-url="https://b.example"></test-seeker>
        <test-seeker token="own"></test-seeker>
      </job-provider>
    `);
    const [address, token] = found as [TestSeeker, TestSeeker];
    expect(address.address).to.equal('https://b.example');
    expect(address.environment?.config?.token).to.equal(null);
    expect(address.environment?.userId).to.equal('u-1');
    expect(token.address).to.equal('https://a.example');
    expect(token.environment?.config?.token).to.equal('own');
  });

  it('takes a store that the page made, also for providers inside', async () => {
    const store = new JobStore({ apiUrl: 'https://mine.example' });
    const { root, found } = await place(html`
      <job-provider .store=${store}>
        <test-seeker></test-seeker>
        <job-provider poll-interval="9s" user-id="u-3"><test-seeker></test-seeker></job-provider>
      </job-provider>
    `);
    expect(found.every(({ controller }) => controller.store === store)).to.equal(true);
    root.querySelector('job-provider')!.store = null;
    await settle(root);
    await settle(root);
    expect(found[1]?.address).to.equal('http://localhost:8012');
    store.close();
  });

  it('asks a function that is made anew at each render, and keeps its store', async () => {
    const { root, found } = await place(html`
      <job-provider api-url="https://arrow.example" .getToken=${() => 'one'}><test-seeker></test-seeker></job-provider>
    `);
    const [seeker] = found as [TestSeeker];
    const { store } = seeker.controller;
    const updates = seeker.updates;
    root.querySelector('job-provider')!.getToken = () => 'two';
    await settle(root);
    expect(seeker.controller.store).to.equal(store);
    expect(seeker.updates).to.equal(updates);
  });

  it('takes another store for another user who brings another function', async () => {
    const { root, found } = await place(html`
      <job-provider api-url="https://users.example" user-id="u-1" .getToken=${() => 'one'}><test-seeker></test-seeker></job-provider>
    `);
    const { store } = (found[0] as TestSeeker).controller;
    Object.assign(root.querySelector('job-provider')!, { userId: 'u-2', getToken: () => 'two' });
    await settle(root);
    expect(found[0]?.controller.store).not.to.equal(store);
  });

  it('properties that are set right after it was put in the page count from the first request', async () => {
    const root = await fixture<HTMLElement>(html`<div></div>`);
    const provider = document.createElement('job-provider');
    provider.append(document.createElement('test-seeker'));
    root.append(provider);
    provider.apiUrl = 'https://late.example';
    provider.token = 'secret';
    expect(seekers(root)[0]?.controller.store).to.equal(null);
    await settle(root);
    expect(seekers(root)[0]?.address).to.equal('https://late.example');
    expect(pageStores().filter(({ apiUrl }) => apiUrl === 'https://late.example').length).to.equal(1);
  });

  it('themes what is inside', async () => {
    const { root } = await place(html`
      <job-provider theme="dark"><p></p><job-provider theme="light"><b></b></job-provider></job-provider>
      <job-provider theme="neon"><i></i></job-provider>
    `);
    const scheme = (selector: string) => getComputedStyle(root.querySelector(selector)!).colorScheme;
    expect([scheme('p'), scheme('b'), scheme('i')]).to.deep.equal(['dark', 'light', 'normal']);
  });

  for (const [text, ms] of [
    ['3000', 3_000],
    ['3s', 3_000],
    [' 1.5 s ', 1_500],
    ['500ms', 500],
    ['1m', 60_000],
    ['1', 250],
    ['9e9m', undefined],
    ['99999m', 86_400_000],
    ['0', undefined],
    ['-3s', undefined],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
    [4_000, 4_000],
    [Number.NaN, undefined],
    [Infinity, undefined],
  ] as const) {
    it(`reads the interval ${JSON.stringify(text)} as ${ms}`, () => {
      expect(readInterval(text)).to.equal(ms);
    });
  }

  it('leaves the pace to the jobs when its interval cannot be read', async () => {
    const { found } = await place(html`<job-provider api-url="https://i.example" poll-interval="often"><test-seeker></test-seeker></job-provider>`);
    expect(found[0]?.controller.store?.pollInterval).to.equal(undefined);
  });

  it('leaves nothing behind after 100 times of coming and going', async () => {
    const root = await fixture<HTMLElement>(html`<div></div>`);
    const before = pageStores().length;
    const provider = document.createElement('job-provider');
    provider.apiUrl = 'https://leak.example';
    const [inside, own] = [document.createElement('test-seeker'), document.createElement('test-seeker') as TestSeeker];
    own.apiUrl = 'https://leak.example/own';
    provider.append(inside, own);
    const [count, restore] = countListeners(document);
    for (let i = 0; i < 100; i++) {
      root.append(provider);
      if (i % 3 === 0) await settle(root);
      provider.remove();
    }
    expect(count()).to.equal(0);
    restore();
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(pageStores().filter(({ apiUrl }) => apiUrl.startsWith('https://leak.example'))).to.deep.equal([]);
    expect(pageStores().length).to.be.at.most(before);
  });
});

/** How many listeners more than now an event target has. */
function countListeners(target: EventTarget): [count: () => number, restore: () => void] {
  const { addEventListener, removeEventListener } = target;
  let count = 0;
  Object.assign(target, {
    addEventListener(...args: Parameters<typeof addEventListener>) {
      count++;
      addEventListener.apply(target, args);
    },
    removeEventListener(...args: Parameters<typeof removeEventListener>) {
      count--;
      removeEventListener.apply(target, args);
    },
  });
  return [() => count, () => Object.assign(target, { addEventListener, removeEventListener })];
}
