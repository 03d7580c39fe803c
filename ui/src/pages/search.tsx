import { type Found, search } from '../api/views.ts';
import { href } from '../lib/router.ts';
import { PageHead } from '../parts/basics.tsx';
import { Show, use_load } from '../parts/load.tsx';
import type { PageProps } from '../routes.ts';
import { t } from '../words/index.ts';
import { consultation_line } from './today.tsx';

/** Where a thing is shown, and its line there. */
function place_of(found: Found): { to: string; line: string } {
  switch (found.kind) {
    case 'case': return { to: href(['cases', found.row.id]), line: `${found.row.number} ${found.row.title}` };
    case 'organisation': return { to: href(['organisations', found.row.id]), line: found.row.name };
    case 'consultation': return { to: href(['consultations', found.row.id]), line: consultation_line(found.row) };
    case 'contact': return { to: href(['contacts', found.row.id]), line: found.row.role ?? t.contact.person };
    case 'channel': return { to: href(['contacts', found.row.contact_id]), line: t.codes.channel_kind[found.row.kind] };
    case 'note': return { to: href(['cases', found.row.case_id]), line: found.row.title ?? found.row.body.slice(0, 120) };
    case 'task': return { to: href(found.row.case_id ? ['cases', found.row.case_id] : ['today']), line: found.row.title };
    case 'rescue': return { to: href(['cases', found.row.case_id]), line: t.codes.rescue_reason[found.row.reason] };
    case 'visit': return { to: href(['cases', found.row.case_id]), line: found.row.purpose ?? t.visit.name };
    case 'case_link': return { to: href(['cases', found.row.case_id]), line: found.row.reason };
  }
}

export function SearchPage({ query }: PageProps) {
  const words = query.get('q') ?? '';
  const loaded = use_load(() => search(words), [words]);
  return <>
    <PageHead title={t.search.title(words)}/>
    <Show of={loaded}>{({ items }) => items.length === 0 ? <p class="q">{t.search.none}</p>
      : <><p class="q">{t.search.count(items.length)}</p>
        <ul class="task">{items.map(found => {
          const { to, line } = place_of(found);
          return <li key={found.row.id} data-row><div><a href={to}>{line}</a></div>
            <div class="due q">{t.kinds[found.kind]}</div></li>;
        })}</ul></>}</Show>
    <p class="qq">{t.search.note}</p>
  </>;
}
