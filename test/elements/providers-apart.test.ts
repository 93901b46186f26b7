import { expect, waitUntil } from '@open-wc/testing';
import '../../src/elements/job-provider/define.ts';
import '../../src/elements/job-status/define.ts';
import type { GetToken } from '../../src/api/auth.ts';
import type { JobProvider } from '../../src/elements/job-provider/job-provider.ts';
import type { JobStatus } from '../../src/elements/job-status/job-status.ts';
import { pageStores } from '../../src/store/registry.ts';
import { JobDouble } from '../double/job-double.ts';

const API = 'https://jobs.example';
const JOB = '7c3a9f10-5b1e-4c52-9f0e-3f1f6f0a2d11';

/** A user of the API: what it shows to the tokens that are theirs, and what their page was asked. */
class User {
  readonly double = new JobDouble({ baseUrl: API });
  readonly tokens = new Set<string>();
  /** How often a new token was asked for. */
  renewals = 0;
  readonly #name: string;
  readonly #late: boolean;

  constructor(name: string, progress: number, late = false) {
    this.#name = name;
    this.#late = late;
    this.double.add({ job_id: JOB, status: 'processing', progress });
    this.tokens.add(`${name}-1`);
  }

  /** Gives the old token until it is asked for a new one. */
  readonly getToken: GetToken = ({ refresh }) => {
    if (refresh) this.renewals++;
    const token = `${this.#name}-${this.renewals + 1}`;
    return this.#late ? new Promise((resolve) => setTimeout(() => resolve(token), 5)) : token;
  };

  /** The token in use is refused from now on; the next one will do. */
  revoke(): void {
    this.tokens.clear();
    this.tokens.add(`${this.#name}-${this.renewals + 2}`);
  }
}

describe('several providers with several tokens for the same API', () => {
  const real = { fetch: globalThis.fetch, BroadcastChannel: globalThis.BroadcastChannel };
  let ann: User;
  let bob: User;
  /** The tokens of all requests, in order. */
  let sent: (string | null)[];
  let channels: { name: string; posted: string[] }[];
  let host: HTMLElement;

  beforeEach(() => {
    [ann, bob] = [new User('ann', 0.3), new User('bob', 0.7, true)];
    sent = [];
    channels = [];
    globalThis.fetch = async (input, init) => {
      if (!String(input).startsWith(API)) return real.fetch(input, init);
      const token = new Headers(init?.headers).get('authorization')?.slice('Bearer '.length) ?? null;
      sent.push(token);
      const user = [ann, bob].find(({ tokens }) => token !== null && tokens.has(token));
      return user ? user.double.fetch(input, init) : Response.json({ detail: 'Who are you?' }, { status: 401 });
    };
    globalThis.BroadcastChannel = class extends real.BroadcastChannel {
      readonly posted: string[] = [];
      constructor(name: string) {
        super(name);
        channels.push({ name, posted: this.posted });
      }
      override readonly postMessage = (message: unknown): void => {
        this.posted.push(JSON.stringify(message));
        real.BroadcastChannel.prototype.postMessage.call(this, message);
      };
    };
    host = document.createElement('div');
    document.body.append(host);
  });

  afterEach(() => {
    host.remove();
    for (const store of pageStores()) if (store.apiUrl === API) store.close();
    Object.assign(globalThis, real);
  });

  const place = (getToken: GetToken, widgets = 1): JobStatus[] => {
    const provider: JobProvider = document.createElement('job-provider');
    provider.apiUrl = API;
    provider.getToken = getToken;
    provider.setAttribute('poll-interval', '250ms');
    const all = Array.from({ length: widgets }, () => {
      const widget: JobStatus = document.createElement('job-status');
      widget.jobId = JOB;
      return widget;
    });
    provider.append(...all);
    host.append(provider);
    return all;
  };
  const shows = (widget: JobStatus, progress: number) => waitUntil(() => widget.job?.progress === progress, `no ${progress}`, { timeout: 5_000 });

  it('show each its own job under the same id, each asked for with its own token', async () => {
    const [[mine], [theirs]] = [place(ann.getToken), place(bob.getToken)] as [[JobStatus], [JobStatus]];
    await Promise.all([shows(mine, 0.3), shows(theirs, 0.7)]);
    ann.double.progress(JOB, 0.4);
    bob.double.progress(JOB, 0.8);
    await Promise.all([shows(mine, 0.4), shows(theirs, 0.8)]);
    expect(mine.jobs.store).to.not.equal(theirs.jobs.store);
    expect(new Set(sent)).to.deep.equal(new Set(['ann-1', 'bob-1']));
    ann.double.finish(JOB);
    await waitUntil(() => mine.matches(':state(success)'), 'the end of one', { timeout: 5_000 });
    expect(theirs.matches(':state(processing)'), 'and of that alone').to.equal(true);
  });

  it('renew each its own token when it is refused, once for all its widgets, and lose nothing', async () => {
    const mine = place(ann.getToken, 3);
    const [theirs] = place(bob.getToken) as [JobStatus];
    await Promise.all([...mine.map((widget) => shows(widget, 0.3)), shows(theirs, 0.7)]);
    let refused = false;
    const watch = setInterval(() => {
      refused ||= [...mine, theirs].some(({ snapshot }) => snapshot?.error?.code === 'unauthorized' || !snapshot?.job);
    }, 5);
    ann.revoke();
    ann.double.progress(JOB, 0.5);
    await Promise.all(mine.map((widget) => shows(widget, 0.5)));
    clearInterval(watch);
    expect([ann.renewals, bob.renewals]).to.deep.equal([1, 0]);
    expect(refused, 'nobody saw it').to.equal(false);
    expect(new Set(sent)).to.deep.equal(new Set(['ann-1', 'ann-2', 'bob-1']));
    bob.double.progress(JOB, 0.9);
    await shows(theirs, 0.9);
    expect(sent.at(-1), 'never one for the other').to.be.oneOf(['ann-2', 'bob-1']);
  });

  it('share with other tabs under names that differ, and in which no token stands', async () => {
    const [[mine], [theirs], [also]] = [place(ann.getToken), place(bob.getToken), place(ann.getToken)] as [[JobStatus], [JobStatus], [JobStatus]];
    await Promise.all([shows(mine, 0.3), shows(theirs, 0.7), shows(also, 0.3)]);
    expect(also.jobs.store, 'the same source is the same user').to.equal(mine.jobs.store);
    await waitUntil(() => channels.length >= 2, 'channels', { timeout: 5_000 });
    await waitUntil(() => channels.every(({ posted }) => posted.some((text) => text.includes(JOB))), 'what is told', { timeout: 8_000 });
    expect(new Set(channels.map(({ name }) => name)).size).to.equal(2);
    for (const { name, posted } of channels) {
      for (const text of [name, ...posted]) expect(text).to.not.match(/ann-|bob-/);
      const told = new Set(posted.flatMap((text) => [...text.matchAll(/"progress":([\d.]+)/g)].map(([, value]) => value)));
      expect(told.size, 'one user\'s job on each').to.be.at.most(1);
    }
  });
});
