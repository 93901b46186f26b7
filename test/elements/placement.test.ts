import { expect } from '@open-wc/testing';
import '../../src/define.ts';

const TAGS = ['job-status', 'job-history', 'job-stats', 'job-create-form', 'job-player'] as const;

/** The element's width in a frame of this width, laid out like this; the frame must hold it. */
async function widthIn(tag: string, width: number, display: string): Promise<number> {
  const frame = document.createElement('div');
  frame.style.cssText = `inline-size: ${width}px; display: ${display}`;
  const element = document.createElement(tag) as HTMLElement & { updateComplete: Promise<unknown> };
  frame.append(element);
  document.body.append(frame);
  await element.updateComplete;
  const inside = frame.scrollWidth;
  const own = element.getBoundingClientRect().width;
  frame.remove();
  expect(inside, `${tag} in a ${display} of ${width}px`).to.be.at.most(width);
  return own;
}

describe('an element in a page\'s own layout', () => {
  for (const tag of TAGS) {
    it(`${tag} fills a grid, however narrow`, async () => {
      for (const width of [320, 900]) expect(await widthIn(tag, width, 'grid'), String(width)).to.equal(width);
    });

    it(`${tag} has its own width in a flex row, and gives way where there is none`, async () => {
      expect(await widthIn(tag, 1600, 'flex')).to.be.within(300, 1400);
      expect(await widthIn(tag, 320, 'flex')).to.equal(320);
    });
  }
});
