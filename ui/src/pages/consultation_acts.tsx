// Closing a consultation, taking it up again, making a case of it.
import { act } from '../api/client.ts';
import type { Case, Consultation } from '../api/types.ts';
import { list } from '../api/client.ts';
import { href, replace } from '../lib/router.ts';
import type { Fields } from '../lib/merge.ts';
import { ActForm } from '../parts/act_page.tsx';
import { PageHead } from '../parts/basics.tsx';
import { filled } from '../parts/editor.tsx';
import type { Field } from '../parts/form.tsx';
import { Show, use_load } from '../parts/load.tsx';
import { WithRow } from '../parts/row_page.tsx';
import type { PageProps } from '../routes.ts';
import { t } from '../words/index.ts';
import { consultation_line } from './today.tsx';

const CLOSING: readonly Field[] = [
  { name: 'outcome', kind: { code: 'consultation_outcome' }, is_required: true },
  { name: 'reason', kind: 'text', hint: () => t.consultation.close_hint },
];
const DUPLICATE: readonly Field[] = [{ name: 'duplicate_of', kind: 'line', hint: () => t.consultation.duplicate_hint }];

/** An id, or the address of the page of a consultation. */
function id_in(text: unknown): string | null {
  return /([0-7][0-9A-HJKMNP-TV-Z]{25})/i.exec(String(text ?? ''))?.[1]?.toUpperCase() ?? null;
}

export function CloseConsultationPage({ ids }: PageProps) {
  const id = ids['id']!;
  const send = (row: Consultation) => async (values: Fields) => {
    const { outcome, reason, duplicate_of } = values;
    await act<Consultation>('consultations', id, 'state', row.version, filled({ state: 'closed', outcome, reason,
      duplicate_of: outcome === 'duplicate_of' ? id_in(duplicate_of) : null }));
    replace(['consultations', id]);
  };
  return <WithRow plural="consultations" id={id}>{row => <>
    <PageHead title={t.consultation.close} tlp={row.tlp} above={<span>{consultation_line(row)}</span>}>
      <p>{t.consultation.close_lead}</p></PageHead>
    <ActForm fields={[...CLOSING, ...DUPLICATE]} send={t.consultation.close} back={href(['consultations', id])}
      is_grave on_send={send(row)}/>
  </>}</WithRow>;
}

export function ReopenConsultationPage({ ids }: PageProps) {
  const id = ids['id']!;
  return <WithRow plural="consultations" id={id}>{row => <>
    <PageHead title={t.consultation.reopen} tlp={row.tlp} above={<span>{consultation_line(row)}</span>}/>
    <ActForm fields={[{ name: 'reason', kind: 'text', is_required: true }]} send={t.consultation.reopen}
      back={href(['consultations', id])} on_send={async values => {
        await act('consultations', id, 'state', row.version, { state: 'in_progress', reason: values['reason'] });
        replace(['consultations', id]);
      }}/>
  </>}</WithRow>;
}

interface Tied {
  consultation: Consultation;
  case: Case;
}
export function OpenCasePage({ ids }: PageProps) {
  const id = ids['id']!;
  const cases = use_load(() => list('cases', { state: 'open', order: '-opened_at', limit: '50' }), []);
  return <WithRow plural="consultations" id={id}>{row => <>
    <PageHead title={t.consultation.open_case} tlp={row.tlp} above={<span>{consultation_line(row)}</span>}>
      <p>{t.consultation.case_lead}</p></PageHead>
    <h2>{t.consultation.new_case}</h2>
    <ActForm fields={[{ name: 'title', kind: 'line', is_required: true }]} send={t.consultation.open_case}
      initial={{ title: title_of(row) }} back={href(['consultations', id])} on_send={async values => {
        const tied = await act<Tied>('consultations', id, 'case', row.version, { title: values['title'] });
        replace(['cases', tied.case.id]);
      }}/>
    <section class="sec"><h2>{t.consultation.old_case}</h2>
      <Show of={cases}>{page => page.items.length === 0 ? <p class="q">{t.cases.none_open}</p>
        : <Choose items={page.items} row={row}/>}</Show></section>
  </>}</WithRow>;
}

function title_of(row: Consultation): string {
  return [row.organisation_told, row.summary?.split('\n')[0]].filter(Boolean).join(' ').slice(0, 120);
}

function Choose({ items, row }: { items: Case[]; row: Consultation }) {
  const titles = new Map(items.map(one => [one.id, `${one.number} ${one.title}`]));
  return <ul class="task">{items.map(one => <li key={one.id} data-row><div>{titles.get(one.id)}</div>
    <div class="due"><Tie case_id={one.id} row={row}/></div></li>)}</ul>;
}
function Tie({ case_id, row }: { case_id: string; row: Consultation }) {
  return <ActForm fields={[]} send={t.consultation.tie} back="" on_send={async () => {
    await act<Tied>('consultations', row.id, 'case', row.version, { case_id });
    replace(['cases', case_id]);
  }}/>;
}
