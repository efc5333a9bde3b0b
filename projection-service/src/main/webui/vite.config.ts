import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const LOCALES = ['en-US', 'ru-RU'];

/** The component library ships its own texts in some thirty languages; the panel speaks two. */
function onlyOurLocales(): Plugin {
  return {
    name: 'only-our-locales',
    enforce: 'pre',
    load(id) {
      const locale = /\/react-aria(?:-components)?\/.*\/intl\/.*?([a-z]{2}-[A-Z]{2})\.m?js$/.exec(
        id,
      )?.[1];
      return locale && !LOCALES.includes(locale) ? 'export default {};' : null;
    },
  };
}

const mock = `http://127.0.0.1:${process.env['MOCK_PORT'] ?? '5199'}`;

export default defineConfig({
  // Relative, so that the page also works below a path prefix of an ingress.
  base: './',
  plugins: [onlyOurLocales(), react()],
  build: {
    target: 'es2022',
    // The Content-Security-Policy knows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: {
        // Libraries change less often than the panel: browsers keep them.
        manualChunks: (id) =>
          /node_modules\/(yjs|lib0|y-protocols)\//.test(id)
            ? 'yjs'
            : id.includes('/node_modules/')
              ? 'ui'
              : undefined,
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/panel': mock, '/v1': mock, '/yws': { target: mock, ws: true }, '/ws': { target: mock, ws: true } },
  },
  test: {
    environment: 'jsdom',
    include: ['{src,client}/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test-setup.ts'],
    restoreMocks: true,
    testTimeout: 40_000,
  },
});
