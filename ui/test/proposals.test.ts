import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proposals_in } from '../src/lib/proposals.ts';

const values = (text: string) => proposals_in(text).map(one => one.value);

test('addresses and numbers of a memo are proposed in their order, once', () => {
  assert.deepEqual(proposals_in('From: Sato <sato@univ.example.jp>\n折り返しは 090-0000-0000 へ。sato@univ.example.jp'), [
    { kind: 'mail', value: 'sato@univ.example.jp' }, { kind: 'phone', value: '090-0000-0000' }]);
  assert.deepEqual(values('電話 03-0000-0000 内線12'), ['03-0000-0000']);
  assert.deepEqual(values('+81-3-0000-0000'), ['+81-3-0000-0000']);
});

test('dates, addresses of machines and ids are no phone numbers', () => {
  assert.deepEqual(values('2019-05-20 14:05, 192.0.2.10, CVE-2019-00001, 0123456789abcdef'), []);
});

test('a long or hostile text is read to an end', () => {
  const before = Date.now();
  assert.ok(proposals_in(`${'a@'.repeat(100_000)}${'0-'.repeat(100_000)}`).length <= 5);
  assert.ok(proposals_in(`${'a.'.repeat(9_000)}@${'b.'.repeat(9_000)}`).length <= 5);
  assert.ok(Date.now() - before < 2000);
});
