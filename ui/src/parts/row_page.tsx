// Pages about one thing that need its row first.
import type { ComponentChildren } from 'preact';
import { get } from '../api/client.ts';
import type { Entities, Header, Plural } from '../api/types.ts';
import { href } from '../lib/router.ts';
import { t } from '../words/index.ts';
import { By, Saved } from './basics.tsx';
import { type Load, Show, use_load } from './load.tsx';

export function WithRow<K extends Plural>({ plural, id, children }: {
  plural: K; id: string; children: (row: Entities[K], load: Load<Entities[K]>) => ComponentChildren;
}) {
  const loaded = use_load(() => get(plural, id), [plural, id]);
  return <Show of={loaded}>{row => <>
    {row.deleted_at !== null && <p class="problem" role="status">{t.rows.in_bin}</p>}
    {children(row, loaded)}
  </>}</Show>;
}

/** Which version this is, who made it, and where the others are. */
export function Stand({ row, plural }: { row: Header; plural: Plural }) {
  return <p class="qq"><By row={row}/>　<Saved row={row}/>{'　'}
    <span class="noprint"><a href={href(['versions', plural, row.id])}>{t.rows.versions}</a></span></p>;
}
