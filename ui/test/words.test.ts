// That both languages have the same members the compiler says; that nothing stands there empty, these say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CODES } from '../src/api/types.ts';
import { en } from '../src/words/en.ts';
import { ja } from '../src/words/ja.ts';

function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => texts(member, `${path}.${name}`));
}

test('no text is empty, and only the catalogue of Japanese speaks Japanese', () => {
  for (const [path, text] of [...texts(ja), ...texts(en)]) assert.notEqual(text.trim(), '', path);
  for (const [path, text] of texts(en))
    if (path !== '.frame.japanese') assert.doesNotMatch(text, /[぀-ヿ一-鿿]/, path);
});

test('both languages have as many texts in each list', () => {
  assert.deepEqual(texts(ja).map(([path]) => path).sort(), texts(en).map(([path]) => path).sort());
});

test('each code has its word', () => {
  for (const words of [ja, en])
    for (const [name, codes] of Object.entries(CODES)) {
      const known = words.codes[name as keyof typeof CODES];
      assert.deepEqual(Object.keys(known).sort(), [...codes].sort(), name);
    }
  for (const words of [ja, en]) assert.equal(Object.keys(words.prefectures).length, 48);
});

test('no page promises that all is well', () => {
  for (const [path, text] of texts(ja)) assert.doesNotMatch(text, /安全です|クリーン|問題ありません|異常なし|感染していません|ハッカー/, path);
  for (const [path, text] of texts(en)) assert.doesNotMatch(text, /\b(safe|clean|hacker)\b(?!,)/i, path);
});
