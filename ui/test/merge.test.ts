import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changed, clashes, is_clean, merge_lines, merged_text } from '../src/lib/merge.ts';

const merged = (base: string, theirs: string, mine: string) => merged_text(merge_lines(base, theirs, mine));

test('changes in different places are both kept', () => {
  const pieces = merge_lines('a\nb\nc\nd\ne', 'a\nB\nc\nd\ne', 'a\nb\nc\nd\ne\nf');
  assert.ok(is_clean(pieces));
  assert.equal(merged_text(pieces), 'a\nB\nc\nd\ne\nf');
});

test('what one took away stays away, what one left stays as the other has it', () => {
  assert.equal(merged('a\nb\nc', 'a\nc', 'a\nb\nc'), 'a\nc');
  assert.equal(merged('a\nb\nc', 'a\nb\nc', 'b\nc'), 'b\nc');
  assert.equal(merged('a', 'x', 'x'), 'x');
});

test('in a clash no word of either is lost', () => {
  const pieces = merge_lines('one\ntwo\nthree', 'one\ntheirs\nthree', 'one\nmine\nthree');
  assert.ok(!is_clean(pieces));
  assert.deepEqual(pieces[1], { base: ['two'], theirs: ['theirs'], mine: ['mine'] });
  assert.equal(merged_text(pieces), 'one\ntheirs\nmine\nthree');
});

test('every line of both that is new stands in the merged text', () => {
  let seed = 7;
  const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 300; ++round) {
    const base = Array.from({ length: random(8) }, (_, n) => `line ${n}`);
    const edit = (who: string) => base.flatMap((line, n) => {
      const dice = random(5);
      return dice === 0 ? [] : dice === 1 ? [`${who} ${n}`, line] : dice === 2 ? [`${who} ${n}`] : [line];
    }).concat(random(2) ? [`${who} end`] : []);
    const theirs = edit('theirs'), mine = edit('mine');
    const lines = merged(base.join('\n'), theirs.join('\n'), mine.join('\n')).split('\n');
    for (const line of [...theirs, ...mine].filter(line => !base.includes(line))) assert.ok(lines.includes(line), line);
  }
});

test('a text of many lines stands side by side instead of keeping the page waiting', () => {
  const long = Array.from({ length: 5000 }, (_, n) => String(n)).join('\n');
  const before = Date.now();
  assert.equal(merge_lines(long, `${long}\na`, `${long}\nb`).length, 1);
  assert.ok(Date.now() - before < 1000);
});

test('only what was changed is sent, and only what both changed is fought over', () => {
  const base = { a: 1, b: null, c: { answer: 'unknown' }, d: 'x' };
  const theirs = { a: 2, b: null, c: { answer: 'declined' }, d: 'same' };
  const mine = { a: 1, b: 'new', c: null, d: 'same' };
  const names = ['a', 'b', 'c', 'd'];
  assert.deepEqual(clashes(base, theirs, mine, names), ['c']);
  assert.deepEqual(changed(base, mine, names), { b: 'new', c: null, d: 'same' });
});
