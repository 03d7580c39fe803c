import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Keeper, QUIET_MS, RETRY_MS } from '../src/lib/keeper.ts';

/** A clock that is set by hand, and a server that says what it was asked. */
function stage() {
  let now = 0, made = 0;
  const timers = new Set<{ at: number; what: () => void }>();
  const asked: string[] = [];
  const held = new Map<string, string>();
  const failing = { is: false };
  /** Answers wait here until they are let go. */
  const gate: { wait: Promise<void> | null } = { wait: null };
  const answer = async (work: () => void) => {
    if (gate.wait) await gate.wait;
    if (failing.is) throw new Error('no answer');
    work();
  };
  const keeper = new Keeper({
    put: (key, body) => { asked.push(`put ${key} ${body}`); return answer(() => { held.set(key, body); }); },
    drop: key => { asked.push(`drop ${key}`); return answer(() => { held.delete(key); }); },
  }, {
    now: () => now,
    after: (ms, what) => { const timer = { at: now + ms, what }; timers.add(timer); return timer; },
    cancel: timer => { timers.delete(timer as never); },
  }, form => `${form}~${++made}`, () => undefined);
  const settle = async () => { for (let i = 0; i < 20; ++i) await Promise.resolve(); };
  const pass = async (ms: number) => {
    now += ms;
    for (const timer of [...timers]) if (timer.at <= now && timers.delete(timer)) timer.what();
    await settle();
  };
  return { keeper, asked, held, failing, gate, pass, settle };
}

test('a text is sent once, when its writer has been quiet for a while', async () => {
  const { keeper, asked, pass } = stage();
  keeper.keep('intake', 'a');
  await pass(QUIET_MS - 1);
  keeper.keep('intake', 'ab');
  await pass(QUIET_MS - 1);
  assert.deepEqual(asked, []);
  assert.equal(keeper.has_unkept(), true);
  await pass(1);
  assert.deepEqual(asked, ['put intake~1 ab']);
  assert.deepEqual(keeper.standing('intake'), { state: 'kept', at: 2 * QUIET_MS - 1 });
  assert.equal(keeper.has_unkept(), false);
  await pass(10 * QUIET_MS);
  assert.equal(asked.length, 1);
});

test('what was sent is gone on the server, even where its last text is still under way', async () => {
  const { keeper, asked, held, gate, pass, settle } = stage();
  let let_go = () => {};
  gate.wait = new Promise(resolve => { let_go = resolve; });
  keeper.keep('intake', 'a');
  await pass(QUIET_MS);
  keeper.drop('intake');
  await settle();
  assert.deepEqual(asked, ['put intake~1 a']);
  gate.wait = null;
  let_go();
  await settle();
  assert.deepEqual(asked, ['put intake~1 a', 'drop intake~1']);
  assert.equal(held.size, 0);
});

test('a form that was never sent to the server asks it nothing when it is dropped', async () => {
  const { keeper, asked, pass } = stage();
  keeper.keep('intake', 'a');
  keeper.drop('intake');
  await pass(10 * QUIET_MS);
  assert.deepEqual(asked, []);
});

test('without an answer it is said that nothing is kept, and tried again', async () => {
  const { keeper, held, failing, pass } = stage();
  failing.is = true;
  keeper.keep('intake', 'a');
  await pass(QUIET_MS);
  assert.equal(keeper.standing('intake')?.state, 'failed');
  assert.equal(keeper.has_unkept(), true);
  failing.is = false;
  await pass(RETRY_MS);
  assert.equal(keeper.standing('intake')?.state, 'kept');
  assert.equal(held.get('intake~1'), 'a');
});

test('words written while the server took the ones before are not called kept', async () => {
  const { keeper, asked, gate, pass, settle } = stage();
  let let_go = () => {};
  gate.wait = new Promise(resolve => { let_go = resolve; });
  keeper.keep('intake', 'a');
  await pass(QUIET_MS);
  keeper.keep('intake', 'ab');
  gate.wait = null;
  let_go();
  await settle();
  assert.equal(keeper.standing('intake')?.state, 'waiting');
  await pass(QUIET_MS);
  assert.deepEqual(asked, ['put intake~1 a', 'put intake~1 ab']);
  assert.equal(keeper.standing('intake')?.state, 'kept');
});

test('a form opened anew has a draft of its own, one that goes on keeps its key', async () => {
  const { keeper, held, pass } = stage();
  keeper.keep('intake', 'first');
  await pass(QUIET_MS);
  keeper.forget_all();
  assert.equal(keeper.standing('intake'), null);
  keeper.keep('intake', 'second');
  await pass(QUIET_MS);
  assert.deepEqual([...held], [['intake~1', 'first'], ['intake~2', 'second']]);
  keeper.adopt('notes/1', 'notes/1~old', 'x', 5);
  assert.equal(keeper.owns('notes/1~old'), true);
  assert.deepEqual(keeper.standing('notes/1'), { state: 'kept', at: 5 });
  keeper.keep('notes/1', 'xy');
  await keeper.flush();
  assert.equal(held.get('notes/1~old'), 'xy');
});
