import { defineConfig } from 'vite';
import { en } from './src/words/en.ts';
import { ja } from './src/words/ja.ts';

export default defineConfig({
  // While working on the pages: konsekid serve --origin with this server's address.
  server: { proxy: { '/api': { target: { protocol: 'http:', host: '127.0.0.1', port: 8470 } } } },
  plugins: [{
    name: 'words-without-script',
    transformIndexHtml: html => html.replace('%no_script_ja%', ja.frame.no_script)
      .replace('%no_script_en%', en.frame.no_script),
  }],
  build: {
    target: 'es2022',
    // The page works under `trusted-types 'none'`: nothing may write markup or script.
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    // A file of its own for each picture: nothing hides in an address.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
