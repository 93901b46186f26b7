import type { StorybookConfig } from '@storybook/web-components-vite';
import type { Plugin } from 'vite';
import { describeElements } from '../scripts/lib/elements-manifest.mjs';

const MANIFEST = 'virtual:elements-manifest';

/** Gives the stories what the class comments say, read anew at each start. */
function elementsManifest(): Plugin {
  return {
    name: 'elements-manifest',
    resolveId: (id) => (id === MANIFEST ? `\0${MANIFEST}` : null),
    load: async (id) => (id === `\0${MANIFEST}` ? `export default ${JSON.stringify(await describeElements())}` : null),
  };
}

export default {
  framework: '@storybook/web-components-vite',
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (config) => ({
    ...config,
    // A small picture would become a `data:` address, which the widgets refuse.
    build: { ...config.build, assetsInlineLimit: 0 },
    plugins: [...(config.plugins ?? []), elementsManifest()],
  }),
} satisfies StorybookConfig;
