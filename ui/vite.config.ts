import { defineConfig } from 'vite';

export default defineConfig({
  build: {
    target: 'es2022',
    // The page works under `trusted-types 'none'`: nothing may write markup or script.
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    // A file of its own for each picture or sheet: the content policy knows no data: but for images.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
