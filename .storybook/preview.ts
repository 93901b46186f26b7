import { setCustomElementsManifest } from '@storybook/web-components-vite';
import type { Decorator, Preview } from '@storybook/web-components-vite';
import manifest from 'virtual:elements-manifest';
import '../src/define.ts';

setCustomElementsManifest(manifest);

/** The page around the widgets: they take their language, direction and colours from it. */
const page: Decorator = (story, { globals }) => {
  const root = document.documentElement;
  root.lang = globals.locale;
  root.dir = globals.direction === 'auto' ? (globals.locale === 'ar' ? 'rtl' : 'ltr') : globals.direction;
  root.style.colorScheme = globals.theme === 'auto' ? 'light dark' : globals.theme;
  return story();
};

const preview: Preview = {
  decorators: [page],
  initialGlobals: { theme: 'light', direction: 'auto', locale: 'en', a11y: { manual: false } },
  globalTypes: {
    theme: {
      description: 'Colours',
      toolbar: {
        icon: 'circlehollow',
        dynamicTitle: true,
        items: [
          { value: 'light', title: 'Light', icon: 'sun' },
          { value: 'dark', title: 'Dark', icon: 'moon' },
          { value: 'auto', title: 'As the system', icon: 'browser' },
        ],
      },
    },
    direction: {
      description: 'Writing direction',
      toolbar: {
        icon: 'transfer',
        dynamicTitle: true,
        items: [
          { value: 'auto', title: 'Direction of the language' },
          { value: 'ltr', title: 'Left to right' },
          { value: 'rtl', title: 'Right to left' },
        ],
      },
    },
    locale: {
      description: 'Language',
      toolbar: {
        icon: 'globe',
        dynamicTitle: true,
        items: [
          { value: 'en', title: 'English' },
          { value: 'ne', title: 'नेपाली' },
        ],
      },
    },
  },
  parameters: {
    a11y: {
      test: 'error',
      options: { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
    },
    controls: { expanded: true },
    docs: { toc: true },
    backgrounds: { disable: true },
  },
};

export default preview;
