import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import { JobController } from '../../src/controllers/job-controller.ts';
import { JobListController } from '../../src/controllers/job-list-controller.ts';
import { dispatchJobEnd, dispatchJobEvent } from '../../src/events/events.ts';
import '../../src/elements/job-provider/define.ts';
import { JobStore } from '../../src/store/job-store.ts';
import { pageStores } from '../../src/store/registry.ts';
import { JobDouble } from '../double/job-double.ts';
import { FakeClock } from '../support/fake-clock.ts';

class TestJob extends LitElement {
  static override properties = { jobId: { attribute: 'job-id' }, apiUrl: { attribute: 'api-url' } };
  declare jobId: string | null;
  declare apiUrl: string;
  renders = 0;
  readonly jobs = new JobController(this, () => ({ jobId: this.jobId, apiUrl: this.apiUrl }), {
    onChange: (job, previous) => dispatchJobEvent(this, 'job-change', { job, previous }),
    onEnd: (job) => dispatchJobEnd(this, job),
  });

  protected override render(): unknown {
    this.renders++;
    const { snapshot } = this.jobs;
    return html`<p>${snapshot ? (snapshot.job?.status ?? 'loading') : 'no job'}</p>`;
  }

  get text() {
    return this.shadowRoot?.querySelector('p')?.textContent;
  }
}
customElements.define('test-job', TestJob);

class TestList extends LitElement {
  static override properties = { userId: { attribute: 'user-id' }, page: { type: Number } };
  declare userId: string;
  declare page: number;
  readonly list = new JobListController(this, () => ({ userId: this.userId, page: this.page, pageSize: 2 }));

  protected override render(): unknown {
    const { snapshot } = this.list;
    return html`<p>${snapshot ? (snapshot.loading ? 'loading' : snapshot.jobs.map(({ status }) => status).join(' ')) : 'no user'}</p>`;
  }

  get text() {
    return this.shadowRoot?.querySelector('p')?.textContent;
  }
}
customElements.define('test-list', TestList);

interface Place {
  clock: FakeClock;
  double: JobDouble;
  store: JobStore;
  root: HTMLElement;
  /** Lets answers come and elements render. */
  settle(ms?: number): Promise<void>;
}

/** A page with a provider around `content`, over a backend in memory. */
async function place(content: (double: JobDouble) => unknown): Promise<Place> {
  const clock = new FakeClock();
  const double = new JobDouble({ clock });
  const store = new JobStore({ fetch: double.fetch, clock });
  const root = await fixture<HTMLElement>(html`<job-provider .store=${store} user-id="user-1">${content(double)}</job-provider>`);
  const settle = async (ms = 0) => {
    await clock.advance(ms);
    await new Promise((resolve) => setTimeout(resolve));
  };
  await settle();
  return { clock, double, store, root, settle };
}

const jobs = (root: ParentNode) => [...root.querySelectorAll<TestJob>('test-job')];

describe('JobController', () => {
  it('shows one job to ten elements for one request', async () => {
    const { double, root, settle } = await place((backend) => {
      const id = backend.add({ status: 'processing' });
      return html`${Array.from({ length: 10 }, () => html`<test-job job-id=${id}></test-job>`)}`;
    });
    expect(jobs(root).map(({ text }) => text)).to.deep.equal(Array(10).fill('processing'));
    expect(double.requests.length).to.equal(1);
    const drawn = jobs(root).map(({ renders }) => renders);
    await settle(3_000);
    expect(double.requests.length).to.equal(2);
    expect(jobs(root).map(({ renders }) => renders), 'nothing changed, nothing is drawn').to.deep.equal(drawn);
  });

  it('stays subscribed while its host is drawn again for other reasons', async () => {
    const { root, settle, store } = await place((backend) => html`<test-job job-id=${backend.add({ status: 'processing' })}></test-job>`);
    const [element] = jobs(root) as [TestJob];
    let subscribed = 0;
    Object.assign(store.entry(element.jobId!), { subscribe: () => subscribed++ });
    const { renders } = element;
    element.requestUpdate();
    await settle();
    expect([element.renders, subscribed]).to.deep.equal([renders + 1, 0]);
  });

  it('says when there is no job, and when there is nothing to see yet', async () => {
    const { root, double } = await place(() => html`<test-job></test-job><test-job job-id="  "></test-job><test-job job-id="x"></test-job>`);
    expect(jobs(root).map(({ text }) => text)).to.deep.equal(['no job', 'no job', 'loading']);
    expect(jobs(root)[2]?.jobs.snapshot?.error?.code).to.equal('not-found');
    expect(double.requests.length).to.equal(1);
  });

  it('turns to another job, at once without what it knew of the first', async () => {
    const { root, double, settle, store } = await place((backend) => html`<test-job job-id=${backend.add({ status: 'failure' })}></test-job>`);
    const [element] = jobs(root) as [TestJob];
    const changes: unknown[] = [];
    root.addEventListener('job-change', ({ detail }) => changes.push([detail.job.status, detail.previous]));
    element.jobId = double.add({ status: 'success' });
    expect(element.jobs.snapshot?.job).to.equal(null);
    await settle();
    expect(element.text).to.equal('success');
    expect(changes).to.deep.equal([['success', null]]);
    element.jobId = null;
    await settle(6_000);
    expect(element.text).to.equal('no job');
    expect(store.size).to.equal(0);
  });

  it('a move in the page restarts nothing and shows nothing else', async () => {
    const { root, double, settle } = await place((backend) => html`
      <section></section><test-job job-id=${backend.add({ status: 'processing' })}></test-job>
    `);
    const [element] = jobs(root) as [TestJob];
    const seen: unknown[] = [];
    new MutationObserver(() => seen.push(element.text)).observe(element.shadowRoot!, { characterData: true, subtree: true, childList: true });
    root.querySelector('section')!.append(element);
    await settle();
    expect(double.requests.length).to.equal(1);
    expect(seen).to.deep.equal([]);
    expect(element.text).to.equal('processing');
  });

  it('that comes back after a while reads the job again', async () => {
    const { root, double, settle } = await place((backend) => html`<test-job job-id=${backend.add({ status: 'processing' })}></test-job>`);
    const [element] = jobs(root) as [TestJob];
    element.remove();
    await settle(10_000);
    expect(double.requests.length).to.equal(1);
    double.finish(element.jobId!);
    const ended: unknown[] = [];
    element.addEventListener('job-end', (event) => ended.push(event));
    root.append(element);
    await settle();
    expect(element.text).to.equal('success');
    expect(double.requests.length).to.equal(2);
    expect(ended, 'it ended while nobody watched').to.deep.equal([]);
  });

  it('asks nothing while the page is hidden, and at once when it is shown', async () => {
    const { double, settle } = await place((backend) => html`<test-job job-id=${backend.add({ status: 'processing' })}></test-job>`);
    const show = (state: string) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: state });
      document.dispatchEvent(new Event('visibilitychange'));
    };
    try {
      show('hidden');
      await settle(60_000);
      expect(double.requests.length).to.equal(1);
      show('visible');
      await settle();
      expect(double.requests.length).to.equal(2);
    } finally {
      delete (document as { visibilityState?: unknown }).visibilityState;
    }
  });

  it('asks at once when the page comes back from the cache of pages left', async () => {
    const { double, settle } = await place((backend) => html`<test-job job-id=${backend.add({ status: 'processing' })}></test-job>`);
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
    await settle();
    expect(double.requests.length).to.equal(1);
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await settle();
    expect(double.requests.length).to.equal(2);
  });

  it('says at once when the browser goes offline, but not of a service on this machine', async () => {
    const { double, settle, root, store } = await place((backend) => html`<test-job job-id=${backend.add({ status: 'processing' })}></test-job>`);
    const away = new JobStore({ apiUrl: 'https://jobs.example', fetch: double.fetch, clock: store.clock });
    const entry = away.entry('x');
    const leave = entry.subscribe(() => {});
    await settle();
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
    try {
      window.dispatchEvent(new Event('offline'));
      await settle();
      expect(entry.snapshot.freshness.state).to.equal('offline');
      expect(jobs(root)[0]?.jobs.snapshot?.freshness.state).to.equal('live');
    } finally {
      delete (navigator as { onLine?: unknown }).onLine;
      leave();
      away.close();
    }
  });

  it('works alone, with an address of its own', async () => {
    const element = await fixture<TestJob>(html`<test-job job-id="x" api-url="/nowhere"></test-job>`);
    // The code of the store may still be on its way.
    await element.jobs.refresh();
    expect(element.jobs.store?.apiUrl).to.equal('/nowhere');
    expect(pageStores()).to.include(element.jobs.store);
    expect(element.jobs.snapshot?.error?.code).to.equal('not-found');
  });

  it('can be made on a host that is connected already', async () => {
    const { root, settle, double } = await place(() => html`<test-job></test-job>`);
    const [host] = jobs(root) as [TestJob];
    const id = double.add({ status: 'started' });
    const late = new JobController(host, () => ({ jobId: id }));
    expect(late.store).not.to.equal(null);
    await settle();
    expect(late.snapshot?.job?.status).to.equal('started');
  });

  it('takes over what a server rendered, then shows what it knows', async () => {
    const { root, settle, store } = await place((backend) => html`<test-job job-id=${backend.add({ status: 'success' })}></test-job>`);
    expect(store.size).to.equal(1);
    const seen: unknown[] = [];
    class TestHydrated extends TestJob {
      protected override render(): unknown {
        seen.push(this.jobs.snapshot?.job?.status ?? null);
        return super.render();
      }
    }
    const copy = document.createElement('test-hydrated');
    copy.setAttribute('job-id', jobs(root)[0]!.jobId!);
    copy.attachShadow({ mode: 'open' });
    root.append(copy);
    customElements.define('test-hydrated', TestHydrated);
    await settle();
    expect(seen).to.deep.equal([null, 'success']);
  });

  it('leaves nothing behind after 100 times of coming and going', async () => {
    const { root, clock, settle, store } = await place((backend) => html`<test-job job-id=${backend.add({ status: 'processing' })}></test-job>`);
    const [element] = jobs(root) as [TestJob];
    for (let i = 0; i < 100; i++) {
      element.remove();
      if (i % 3 === 0) await settle(i % 2 === 0 ? 1_500 : 10);
      root.append(element);
      if (i % 5 === 0) await settle(10);
    }
    element.remove();
    await settle(6_000);
    expect([store.size, clock.pending]).to.deep.equal([0, 0]);
  });
});

describe('events', () => {
  it('tell each change with what was before, and the end once per attempt', async () => {
    const { root, double, settle } = await place((backend) => html`<test-job job-id=${backend.add({ status: 'processing' })}></test-job>`);
    const [element] = jobs(root) as [TestJob];
    const told: string[] = [];
    for (const name of ['job-change', 'job-end', 'job-success', 'job-failure', 'job-cancelled'] as const) {
      document.addEventListener(name, ({ detail }) => told.push(`${name} ${detail.job.status}`), { once: name === 'job-success' });
    }
    double.fail(element.jobId!);
    await settle(3_000);
    expect(told).to.deep.equal(['job-change failure', 'job-end failure', 'job-failure failure']);
    await settle(60_000);
    told.length = 0;
    await element.jobs.retry();
    double.finish(element.jobId!);
    await settle(3_000);
    expect(told).to.deep.equal(['job-change pending', 'job-change success', 'job-end success', 'job-success success']);
  });

  it('tell ten elements each, and the page once', async () => {
    const { root, double, settle } = await place((backend) => {
      const id = backend.add({ status: 'processing' });
      return html`${Array.from({ length: 10 }, () => html`<test-job job-id=${id}></test-job>`)}`;
    });
    let [each, page] = [0, 0];
    for (const element of jobs(root)) element.addEventListener('job-cancelled', () => each++);
    root.addEventListener('job-cancelled', () => page++);
    double.cancel(jobs(root)[0]!.jobId!);
    await settle(3_000);
    expect([each, page]).to.deep.equal([10, 1]);
  });

  it('say nothing of the end of a job that had ended before', async () => {
    const ends: unknown[] = [];
    const listen = (event: Event) => ends.push(event);
    document.addEventListener('job-end', listen);
    const { settle } = await place((backend) => html`<test-job job-id=${backend.add({ status: 'success' })}></test-job>`);
    await settle(10_000);
    document.removeEventListener('job-end', listen);
    expect(ends).to.deep.equal([]);
  });

  it('that ask can be prevented, others cannot', () => {
    const target = document.createElement('div');
    const prevent = (event: Event) => event.preventDefault();
    target.addEventListener('job-cancel-request', prevent);
    target.addEventListener('job-end', prevent);
    expect(dispatchJobEvent(target, 'job-cancel-request', { jobId: 'a' })).to.equal(false);
    expect(dispatchJobEvent(target, 'job-retry-request', { jobId: 'a' })).to.equal(true);
    expect(dispatchJobEvent(target, 'job-end', { job: {} as never })).to.equal(true);
  });

  it('bubble, and cross shadow roots', () => {
    const seen: Event[] = [];
    const target = document.createElement('div');
    target.addEventListener('job-refresh-request', (event) => seen.push(event));
    dispatchJobEvent(target, 'job-refresh-request', { jobId: 'a' });
    expect(seen[0]).to.include({ bubbles: true, composed: true, cancelable: true });
  });

  it('a listener that changes the host at the first news does no harm', async () => {
    const { root, settle, double } = await place((backend) => html`
      <test-job job-id=${backend.add({ status: 'success' })}></test-job><test-job></test-job>
    `);
    const [known, element] = jobs(root) as [TestJob, TestJob];
    const other = double.add({ status: 'failure' });
    element.addEventListener('job-change', () => (element.jobId = other), { once: true });
    element.jobId = known.jobId;
    await settle();
    await settle();
    expect(element.text).to.equal('failure');
  });
});

describe('JobListController', () => {
  it('shows the jobs of the provider’s user, or of its own', async () => {
    const { root, double, settle } = await place((backend) => {
      backend.add({ status: 'success' });
      return html`<test-list></test-list>`;
    });
    const list = root.querySelector<TestList>('test-list')!;
    expect(list.text).to.equal('success');
    double.add({ status: 'failure', user_id: 'other' });
    list.userId = 'other';
    await list.updateComplete;
    expect(list.text).to.equal('loading');
    await settle();
    expect(list.text).to.equal('failure');
  });

  it('has nothing to show without a user', async () => {
    const list = await fixture<TestList>(html`<test-list></test-list>`);
    expect(list.text).to.equal('no user');
    await list.list.refresh();
  });

  it('turns pages, shares rows with elements, and follows them', async () => {
    const { root, double, settle } = await place((backend) => {
      const id = backend.add({ status: 'processing' });
      backend.add({ status: 'success' });
      backend.add({ status: 'failure' });
      return html`<test-list></test-list><test-job job-id=${id}></test-job>`;
    });
    const list = root.querySelector<TestList>('test-list')!;
    expect(list.text).to.equal('failure success');
    list.page = 2;
    await settle();
    expect(list.text).to.equal('processing');
    const [element] = jobs(root) as [TestJob];
    double.cancel(element.jobId!);
    await element.jobs.refresh();
    await settle();
    expect([list.text, element.text]).to.deep.equal(['cancelled', 'cancelled']);
  });

  it('shows a job that was created at once', async () => {
    const { root, store, settle } = await place(() => html`<test-list></test-list>`);
    const list = root.querySelector<TestList>('test-list')!;
    expect(list.text).to.equal('');
    const { request } = await import('../node/store/world.ts');
    await store.create(request);
    await settle();
    expect(list.text).to.equal('pending');
  });
});
