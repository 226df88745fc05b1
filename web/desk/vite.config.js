// How the desk is built: one page under /desk/, files named by their contents, the same bytes every time.
import { defineConfig } from 'vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';

// A sheet works on what it was opened with, on purpose: it must not change under the hand.
const warningFilter = (warning) => warning.code !== 'state_referenced_locally';

export default defineConfig({
  base: '/desk/',
  // Class names come from the style itself: the default hashes the file's path, which differs between machines.
  plugins: [svelte({ compilerOptions: { cssHash: ({ hash, css }) => `d-${hash(css)}`, warningFilter } })],
  build: {
    outDir: 'dist',
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The policy allows no data: scripts or styles, so nothing is folded into the page.
    assetsInlineLimit: 0,
    license: { fileName: 'LICENSES.md' },
  },
  test: { include: ['test/**/*.test.js'] },
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
});
