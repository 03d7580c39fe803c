import assert from 'node:assert/strict';
import { test } from 'node:test';
import { href, match } from '../src/lib/router.ts';

const ROUTES = ['/cases', '/cases/:id', '/cases/:id/close', '/table/:basis/:period/:which'];

test('a route is found by its parts', () => {
  assert.deepEqual(match('#/cases/01A', ROUTES), { route: '/cases/:id', ids: { id: '01A' }, query: new URLSearchParams() });
  assert.equal(match('#/cases/01A/close', ROUTES)?.route, '/cases/:id/close');
  assert.equal(match('#/cases/', ROUTES)?.route, '/cases');
  assert.deepEqual(match('#/table/event/2019H1/visited', ROUTES)?.ids, { basis: 'event', period: '2019H1', which: 'visited' });
});

test('what no route names, and what is no address, is not found', () => {
  for (const hash of ['', '#/', '#/nothing', '#/cases/1/2/3', '#/cases/%E0%A4%A', '#main'])
    assert.equal(match(hash, ROUTES), null, hash);
});

test('an address survives any text', () => {
  const text = 'a/b?c#d &=%E3 攻撃';
  const found = match(href(['cases', text], { q: text }), ROUTES);
  assert.equal(found?.ids['id'], text);
  assert.equal(found?.query.get('q'), text);
});
