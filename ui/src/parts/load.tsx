// What a page shows while it waits, and when what it asked for does not come: sentences, never pictures.
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../api/client.ts';
import { t } from '../words/index.ts';

export type Loaded<T> =
  | { state: 'waiting' }
  | { state: 'failed'; problem: Problem }
  | { state: 'ready'; value: T };
export type Load<T> = Loaded<T> & { reload: () => void; set: (value: T) => void };

export function as_problem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(-1, { code: 'page', title: String(error) });
}

/** Asks again whenever `asked` changes; an answer to an older question is thrown away. */
export function use_load<T>(load: () => Promise<T>, asked: readonly unknown[]): Load<T> {
  const [loaded, set_loaded] = useState<Loaded<T>>({ state: 'waiting' });
  const turn = useRef(0);
  const ask = useCallback(() => {
    const mine = ++turn.current;
    load().then(
      value => { if (mine === turn.current) set_loaded({ state: 'ready', value }); },
      error => { if (mine === turn.current) set_loaded({ state: 'failed', problem: as_problem(error) }); });
  }, asked);
  useEffect(() => {
    set_loaded({ state: 'waiting' });
    ask();
    return () => { ++turn.current; };
  }, [ask]);
  const set = useCallback((value: T) => { ++turn.current; set_loaded({ state: 'ready', value }); }, []);
  return { ...loaded, reload: ask, set };
}

/** What happened, and what to do, in one or two sentences. */
export function say_problem(problem: Problem): string {
  const by_code = t.problems.by_code[problem.code];
  if (by_code) return by_code;
  const sentence = t.problems.by_status[problem.status];
  if (sentence) return sentence;
  return problem.status >= 500 ? t.problems.server : t.problems.other(problem.message);
}

export function ProblemText({ problem }: { problem: Problem }) {
  return <div class="problem" role="alert">
    <p>{say_problem(problem)}</p>
    {problem.request_id && <p class="qq">{t.problems.request(problem.request_id)}</p>}
  </div>;
}

interface ShowProps<T> {
  of: Load<T>;
  children: (value: T) => ComponentChildren;
}
export function Show<T>({ of, children }: ShowProps<T>) {
  if (of.state === 'waiting') return <p class="q" role="status">{t.common.waiting}</p>;
  if (of.state === 'failed')
    return <div>
      <ProblemText problem={of.problem}/>
      <button type="button" class="btn-q" onClick={of.reload}>{t.common.again}</button>
    </div>;
  return <>{children(of.value)}</>;
}

/** Runs one act at a time and keeps what went wrong with it. */
export function use_act(): {
  busy: boolean;
  problem: Problem | null;
  run: (work: () => Promise<void>) => Promise<void>;
  set_problem: (problem: Problem | null) => void;
} {
  const [busy, set_busy] = useState(false);
  const [problem, set_problem] = useState<Problem | null>(null);
  const running = useRef(false);
  const run = async (work: () => Promise<void>) => {
    if (running.current) return;
    running.current = true;
    set_busy(true);
    set_problem(null);
    try {
      await work();
    } catch (error) {
      set_problem(as_problem(error));
    } finally {
      running.current = false;
      set_busy(false);
    }
  };
  return { busy, problem, run, set_problem };
}
