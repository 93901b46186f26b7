import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import type { JobErrorBoundary } from '../src/elements/job-error-boundary/job-error-boundary.ts';
import '../test/scenarios/failing-widget.ts';

/** Keeps a fault of a widget within: something else stands in its place, with a button to try again. */
export default {
  title: 'job-error-boundary',
  component: 'job-error-boundary',
} satisfies Meta;

function story(name: string, render: () => TemplateResult, play?: StoryObj['play']): StoryObj {
  return { name, render, ...(play && { play }) };
}

const failing = html`<failing-widget fault="update"></failing-widget>`;

export const Working = story('all is well', () => html`<job-error-boundary><failing-widget></failing-widget></job-error-boundary>`);

export const Failed = story('a widget failed', () => html`<job-error-boundary>${failing}</job-error-boundary>`);

export const OwnWords = story(
  'words of the page’s own',
  () =>
    html`<job-error-boundary
      >${failing}
      <p slot="fallback"><strong>The list cannot be shown at the moment.</strong> Your videos are safe.</p></job-error-boundary
    >`,
);

export const Nested = story(
  'the nearest of two',
  () =>
    html`<job-error-boundary
      ><p>The outer one goes on.</p>
      <job-error-boundary>${failing}</job-error-boundary></job-error-boundary
    >`,
);

export const FailsAgain = story('fails again and again', () => html`<job-error-boundary>${failing}</job-error-boundary>`, async ({ canvasElement }) => {
  const boundary = canvasElement.querySelector('job-error-boundary') as JobErrorBoundary;
  await boundary.updateComplete;
  while (boundary.retry()) await new Promise((resolve) => requestAnimationFrame(resolve));
});

export const Narrow = story(
  'on a phone',
  () => html`<div class="narrow"><job-error-boundary>${failing}</job-error-boundary></div>`,
  ({ canvasElement }) => {
    (canvasElement.querySelector('.narrow') as HTMLElement).style.inlineSize = '18rem';
  },
);
