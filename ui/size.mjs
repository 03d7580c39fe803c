// How heavy the pages are on the way to a browser: node size.mjs DIST. Status 1 past a limit.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** Brotli bytes. The first page comes over a mobile phone beside a broken network too. */
const MOST_FIRST = 30 * 1024, MOST_ALL = 150 * 1024;

const dist = process.argv[2];
const size = name => brotliCompressSync(readFileSync(join(dist, name))).length;
const assets = readdirSync(join(dist, 'assets')).map(name => `assets/${name}`);
const all = ['index.html', ...assets].reduce((sum, name) => sum + size(name), 0);
// What index.html names, and the words of one language, the longer ones.
const named = ['index.html', ...assets.filter(name => readFileSync(join(dist, 'index.html'), 'utf8').includes(name))];
const words = assets.filter(name => /^assets\/(ja|en)-/.test(name)).map(size);
const first = named.reduce((sum, name) => sum + size(name), 0) + Math.max(...words);

console.log(`first page ${first} bytes of ${MOST_FIRST}, all pages ${all} of ${MOST_ALL} (brotli)`);
if (words.length !== 2 || named.length < 3) {
  console.log('the files of the pages are named otherwise than this test thinks');
  process.exit(1);
}
process.exit(first > MOST_FIRST || all > MOST_ALL ? 1 : 0);
