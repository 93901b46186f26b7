import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tabWorld } from './tab-world.ts';
import type { Tab } from './tab-world.ts';
import type { OpenOwnPush } from '../../../src/channels/push.ts';

const shown = (tab: Tab, id: string) => {
  const { job, freshness, error } = tab.entry(id).snapshot;
  return [job?.status, job?.progress, freshness.state, error?.code];
};

describe('tabs that show jobs', () => {
  it('cost the requests of one, which asks for all', async () => {
    const { clock, double, open } = tabWorld({ many: 'batch' });
    const [a, b] = [double.add({ status: 'processing', progress: 0.1 }), double.add({ status: 'processing', progress: 0.1 })];
    const [one, two] = [await open(), await open()];
    one.show(a);
    two.show(b);
    await clock.advance(5_000);
    const [before, slept] = [one.requests, two.requests];
    for (const id of [a, b]) double.progress(id, 0.4);
    await clock.advance(30_000);
    assert.deepEqual([shown(one, a), shown(two, b)], Array(2).fill(['processing', 0.4, 'live', undefined]));
    assert.ok(one.requests > before);
    assert.equal(two.requests, slept);
  });

  it('go on within 2 s when the one that asks is closed or frozen', async () => {
    for (const how of ['closed', 'frozen'] as const) {
      const { clock, double, open } = tabWorld({ many: 'batch' });
      const id = double.add({ status: 'processing', progress: 0.1 });
      const [one, two] = [await open(), await open()];
      for (const tab of [one, two]) tab.show(id);
      await clock.advance(5_000);
      const before = two.requests;
      if (how === 'closed') one.close();
      else one.platform.frozen = true;
      double.progress(id, 0.4);
      await clock.advance(2_000);
      assert.equal(two.requests, before + 1, how);
      assert.deepEqual(shown(two, id), ['processing', 0.4, 'live', undefined]);
    }
  });

  it('go on when the page of one never gives the token that it was asked for', async () => {
    for (const which of ['the one that asks', 'one that is told']) {
      const { clock, double, open } = tabWorld({ many: 'batch' });
      const id = double.add({ status: 'processing', progress: 0.1 });
      const tabs = [await open(), await open(), await open()];
      for (const tab of tabs) tab.show(id);
      await clock.advance(5_000);
      const hung = tabs[which === 'the one that asks' ? 0 : 1] as (typeof tabs)[number];
      hung.token = new Promise(() => {});
      await clock.advance(6_000);
      hung.token = 'one';
      double.finish(id);
      await clock.advance(60_000);
      for (const tab of tabs) assert.equal(shown(tab, id)[0], 'success', which);
      for (const tab of tabs) tab.close();
    }
  });

  it('say for as long as it lasts that answers fail, also those that do not ask', async () => {
    const { clock, double, open } = tabWorld();
    const id = double.add({ status: 'processing', progress: 0.1 });
    const tabs = [await open(), await open()];
    for (const tab of tabs) tab.show(id);
    await clock.advance(5_000);
    double.fault({ kind: 'network', times: Infinity });
    await clock.advance(10_000);
    for (let second = 0; second < 60; second++) {
      await clock.advance(1_000);
      for (const tab of tabs) assert.deepEqual(shown(tab, id), ['processing', 0.1, 'stale', 'network'], `${second} s`);
    }
    double.clearFaults();
    double.finish(id);
    await clock.advance(31_000);
    for (const tab of tabs) assert.deepEqual(shown(tab, id), ['success', 1, 'live', undefined]);
  });

  it('do not take an old end for a present one: it may have gone round again', async () => {
    const { clock, double, open } = tabWorld();
    const id = double.add({ status: 'failure' });
    const [one, two] = [await open(), await open()];
    one.show(id, double.add({ status: 'processing' }));
    await clock.advance(60_000);
    assert.equal(one.entry(id).snapshot.job?.status, 'failure');
    double.update(id, { status: 'processing', progress: 0.3, retry_count: 1, error: null });
    const before = two.requests;
    two.show(id);
    await clock.advance(1_000);
    assert.deepEqual(shown(two, id), ['processing', 0.3, 'live', undefined]);
    assert.deepEqual(shown(one, id), ['processing', 0.3, 'live', undefined]);
    assert.equal(two.requests, before);
    double.finish(id);
    await clock.advance(20_000);
    assert.equal(shown(two, id)[0], 'success');
  });

  it('tell each end once in each', async () => {
    const { clock, double, open } = tabWorld();
    const id = double.add({ status: 'processing', progress: 0.5 });
    const tabs = [await open(), await open(), await open()];
    const ends: string[] = [];
    for (const [index, tab] of tabs.entries()) {
      tab.show(id);
      tab.ends.subscribe(({ status }) => ends.push(`${index} ${status}`));
    }
    await clock.advance(5_000);
    double.finish(id);
    await clock.advance(20_000);
    assert.deepEqual(ends.sort(), ['0 success', '1 success', '2 success']);
  });

  it('are told of an end, and of progress, that one has learnt by the way, as from a list', async () => {
    const { clock, double, open } = tabWorld();
    const ids = [double.add({ status: 'processing', progress: 0.5 }), double.add({ status: 'processing', progress: 0.5 })] as const;
    const [one, two] = [await open(), await open()];
    for (const tab of [one, two]) tab.show(...ids);
    await clock.advance(5_000);
    const before = two.requests;
    double.finish(ids[0]);
    double.progress(ids[1], 0.8);
    for (const id of ids) one.entry(id).feed(await double.client().getJob(id));
    await clock.advance(16_000);
    assert.deepEqual(ids.map((id) => shown(two, id)), [['success', 1, 'live', undefined], ['processing', 0.8, 'live', undefined]]);
    assert.equal(two.requests, before);
  });

  it('do not wait for ever for the word of one that is there and tells nothing', async () => {
    const { clock, double, open } = tabWorld();
    const id = double.add({ status: 'processing', progress: 0.5 });
    const [one, two] = [await open(), await open()];
    for (const tab of [one, two]) tab.show(id);
    await clock.advance(5_000);
    const before = two.requests;
    await clock.advance(600_000);
    assert.equal(two.requests, before, 'not while it is told');
    one.platform.mutes = ({ type }) => type === 'job' || type === 'error';
    double.finish(id);
    await clock.advance(121_000);
    assert.deepEqual(shown(two, id), ['success', 1, 'live', undefined]);
    assert.equal(two.requests, before + 1);
  });

  it('keep apart what the pages set: token, user, pause, headers, cookies, a way of their own to send', async () => {
    const { clock, double, open } = tabWorld();
    const id = double.add({ status: 'processing', progress: 0.5 });
    const tabs = [
      await open(),
      await open({ token: 'two' }),
      await open({ interval: 1_000 }),
      await open({ userId: 'ann' }),
      await open({ options: { headers: { 'X-App': 'a' } } }),
      await open({ options: { credentials: 'include' } }),
      await open({ options: { fetch } }),
      await open({ options: { fetch } }),
    ];
    for (const tab of tabs) tab.show(id);
    await clock.advance(5_000);
    const before = tabs.map(({ requests }) => requests);
    await clock.advance(30_000);
    const asked = tabs.map(({ requests }, index) => requests - (before[index] as number));
    assert.ok(asked.every((count) => count > 1), asked.join());
    assert.ok((asked[2] as number) >= 28, asked.join());
  });

  it('ask for what somebody still shows, and for nothing else', async () => {
    const { clock, double, open } = tabWorld();
    const [a, b, c] = [double.add({ status: 'processing' }), double.add({ status: 'processing' }), double.add({ status: 'processing' })];
    const [one, two, three] = [await open(), await open(), await open()];
    const leave = one.entry(a).subscribe(() => {});
    two.show(a, b);
    three.show(c);
    await clock.advance(5_000);
    const asked = async (ms: number) => {
      const before = [a, b, c].map((id) => double.count('GET', `/api/v1/jobs/${id}`));
      await clock.advance(ms);
      return [a, b, c].map((id, index) => double.count('GET', `/api/v1/jobs/${id}`) > (before[index] as number));
    };
    leave();
    await clock.advance(2_000);
    assert.deepEqual(await asked(10_000), [true, true, true], 'the one that asks shows none of them');
    two.close();
    await clock.flush();
    assert.deepEqual(await asked(10_000), [false, false, true], 'one has gone');
    three.platform.frozen = true;
    double.finish(c);
    await clock.advance(4_000);
    assert.deepEqual(await asked(9_000), [false, false, false], 'what has ended is not asked for, whoever wants it');
  });

  it('have one connection for what all of them show', async () => {
    const { clock, double, open } = tabWorld();
    const [a, b] = [double.add({ status: 'processing' }), double.add({ status: 'processing' })];
    const pushes: { watched: Set<string>; visible: boolean }[] = [];
    const push: OpenOwnPush = ({ visibility }, sink) => {
      const watched = new Set<string>();
      const made = { watched, visible: visibility.visible };
      visibility.subscribe(() => (made.visible = visibility.visible));
      pushes.push(made);
      return { watch: (id) => sink.onLive((watched.add(id), id)), unwatch: (id) => void watched.delete(id), close: () => {} };
    };
    const [one, two] = [await open({ push }), await open({ push })];
    one.show(a);
    two.show(b);
    await clock.advance(5_000);
    assert.deepEqual(pushes.map(({ visible }) => visible), pushes.length === 2 ? [true, false] : [true]);
    assert.deepEqual([...(pushes[0]?.watched ?? [])].sort(), [a, b].sort());
    const before = double.requests.length;
    await clock.advance(30_000);
    assert.equal(double.requests.length, before, 'what it tells is not asked for');
    two.close();
    await clock.flush();
    assert.deepEqual([...(pushes[0]?.watched ?? [])], [a]);
  });
});
