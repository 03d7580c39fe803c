// A list in pages of fifty: the next one is asked for by a person.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Page } from '../api/types.ts';
import { t } from '../words/index.ts';
import { ProblemText, Show, use_act, use_load } from './load.tsx';

interface PagedProps<T> {
  asked: readonly unknown[];
  fetch: (after: string | undefined) => Promise<Page<T>>;
  head: ComponentChildren;
  line: (row: T) => ComponentChildren;
  none: string;
}
export function Paged<T>({ asked, fetch, head, line, none }: PagedProps<T>) {
  const first = use_load(() => fetch(undefined), asked);
  const [more, set_more] = useState<T[]>([]);
  const [next, set_next] = useState<string | null>(null);
  const { busy, problem, run } = use_act();
  useEffect(() => {
    set_more([]);
    set_next(first.state === 'ready' ? first.value.next : null);
  }, [first.state === 'ready' ? first.value : null]);
  const go_on = () => run(async () => {
    const page = await fetch(next ?? undefined);
    set_more(old => [...old, ...page.items]);
    set_next(page.next);
  });
  return <Show of={first}>{page => page.items.length === 0 ? <p class="q">{none}</p> : <>
    <table class="stack"><thead>{head}</thead><tbody>{[...page.items, ...more].map(line)}</tbody></table>
    {problem && <ProblemText problem={problem}/>}
    {next !== null && <p><button type="button" class="btn-q" onClick={go_on}>
      {busy ? t.common.waiting : t.common.more}</button></p>}
  </>}</Show>;
}
