// Parts of the pages that are fetched when they are first wanted.
import { type FunctionComponent, h } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../words/index.ts';

export function later<P extends object>(fetch_part: () => Promise<FunctionComponent<P>>): FunctionComponent<P> {
  let fetched: FunctionComponent<P> | null = null;
  return props => {
    const [, set_ready] = useState(fetched !== null);
    const [has_failed, set_failed] = useState(false);
    useEffect(() => {
      if (fetched === null)
        fetch_part().then(part => { fetched = part; set_ready(true); }, () => set_failed(true));
    }, []);
    if (fetched !== null) return h(fetched, props);
    return <p class="q" role={has_failed ? 'alert' : 'status'}>{has_failed ? t.problems.no_page : t.common.waiting}</p>;
  };
}
