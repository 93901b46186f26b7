import { expect, fixture, html } from '@open-wc/testing';
import '../../src/elements/job-provider/define.ts';
import { EnvironmentController } from '../../src/controllers/environment-controller.ts';
import { readChannel } from '../../src/elements/job-provider/channel.ts';
import { LitElement } from 'lit';

class TestNeighbour extends LitElement {
  readonly controller = new EnvironmentController(this, () => ({}));
}
customElements.define('test-neighbour', TestNeighbour);

describe('the channel of a provider', () => {
  it('is read liberally', () => {
    const given = ['events', ' Socket ', 'POLL', 'auto', '', 'telepathy', null, undefined];
    expect(given.map(readChannel)).to.deep.equal(['events', 'socket', 'poll', 'auto', undefined, undefined, undefined, undefined]);
  });

  it('is that of the widgets inside, and of providers inside that set none', async () => {
    const root = await fixture<HTMLElement>(html`
      <div>
        <job-provider api-url="https://channel.example" channel="socket">
          <test-neighbour></test-neighbour>
          <job-provider user-id="u-2"><test-neighbour></test-neighbour></job-provider>
          <job-provider channel="poll"><test-neighbour></test-neighbour></job-provider>
          <job-provider channel="telepathy"><test-neighbour></test-neighbour></job-provider>
        </job-provider>
        <job-provider api-url="https://channel.example"><test-neighbour></test-neighbour></job-provider>
      </div>
    `);
    const found = [...root.querySelectorAll<TestNeighbour>('test-neighbour')];
    await Promise.all(found.map((element) => element.updateComplete));
    const environments = found.map(({ controller }) => controller.environment);
    expect(environments.map((environment) => environment?.config?.channel)).to.deep.equal(['socket', 'socket', 'poll', 'socket', undefined]);
    const [first, second, third, fourth, fifth] = environments.map((environment) => environment?.store);
    expect(second).to.equal(first);
    expect(fourth).to.equal(first);
    expect(new Set([first, third, fifth]).size).to.equal(3);
  });
});
