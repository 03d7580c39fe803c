// What the desk keeps of a case, and who knows of it.
import { list_all, reveal } from '../api/client.ts';
import { audit, grants } from '../api/views.ts';
import { href } from '../lib/router.ts';
import { zone_mark } from '../lib/time.ts';
import { AnswerText, code_word, Moment, Written } from '../parts/basics.tsx';
import { ContactLines, Secret } from '../parts/contact_lines.tsx';
import { Show, use_load } from '../parts/load.tsx';
import { user_name } from '../session.ts';
import { t } from '../words/index.ts';
import type { Whole } from './case.tsx';

export function Kept({ whole: { row, consultations } }: { whole: Whole }) {
  return <>
    {row.evidence_decision && <p>{t.cases.decided(code_word('evidence_decision', row.evidence_decision))}</p>}
    {row.closing_note && <Written text={row.closing_note}/>}
    {consultations.length === 0 ? <p class="q">{t.cases.nothing_kept}</p>
      : <table class="stack"><thead><tr><th>{t.cases.as_it_came}{t.common.in_brackets(zone_mark())}</th>
        <th>{t.fields.channel}</th><th>{t.fields.done_already}</th>
        <th class="noprint">{t.fields.original}</th></tr></thead>
      <tbody>{consultations.map(one => <tr key={one.id}>
        <th scope="row" class="nw"><a href={href(['consultations', one.id])}><Moment at={one.received_at}/></a></th>
        <td data-l={t.fields.channel}><AnswerText answer={one.channel} say={code => code_word('intake_channel', code)}/></td>
        <td data-l={t.fields.done_already}><AnswerText answer={one.done_already} say={codes =>
          codes.map(code => code_word('done_already', code)).join(t.common.comma)}/></td>
        <td data-l={t.fields.original} class="noprint"><Secret show={() => reveal('consultations', one.id)}>
          {found => found.original ?? ''}</Secret></td>
      </tr>)}</tbody></table>}
  </>;
}

export function Who({ whole: { row, consultations } }: { whole: Whole }) {
  const ids = [...new Set(consultations.map(one => one.contact_id).filter(id => id !== null))];
  return <div class="half">
    <div><h3>{t.cases.their_contacts}</h3>
      {ids.map(id => <ContactLines key={id} id={id}/>)}
      {row.organisation_id ? <OfOrganisation id={row.organisation_id} known={ids}/>
        : ids.length === 0 && <p class="q">{t.contact.none}</p>}
      <p class="qq noprint">{t.contact.note}</p></div>
    <div><Grants id={row.id}/><Happened id={row.id}/></div>
  </div>;
}

/** People of the organisation who did not ask themselves. */
function OfOrganisation({ id, known }: { id: string; known: string[] }) {
  const loaded = use_load(() => list_all('contacts', { organisation_id: id }), [id]);
  return <Show of={loaded}>{rows => {
    const others = rows.filter(one => !known.includes(one.id));
    if (others.length + known.length === 0) return <p class="q">{t.contact.none}</p>;
    return <>{others.map(one => <ContactLines key={one.id} id={one.id}/>)}</>;
  }}</Show>;
}

function Grants({ id }: { id: string }) {
  const loaded = use_load(() => grants(id), [id]);
  return <><h3>{t.cases.who_sees}</h3><Show of={loaded}>{({ items }) => <p>
    {items.length === 0 ? t.cases.desk_sees
      : items.map(one => `${user_name(one.user_id)}${t.common.in_brackets(code_word('role', one.role))}`)
        .join(t.common.comma)}</p>}</Show>
  <p class="noprint"><a href={href(['cases', id, 'grants'])}>{t.cases.grants}</a></p></>;
}

function Happened({ id }: { id: string }) {
  const loaded = use_load(() => audit({ case_id: id, limit: '10' }), [id]);
  // Who may not read the audit sees no heading of it.
  if (loaded.state === 'failed' && [403, 404].includes(loaded.problem.status)) return null;
  return <><h3>{t.cases.audit}</h3><Show of={loaded}>{({ items }) => <ul class="plain">{items.map(event =>
    <li key={event.seq}><Moment at={event.at} zoned/>　{user_name(event.actor)}{'　'}
      {t.audit[event.action] ?? event.action}{t.common.in_brackets(t.kinds[event.object_kind] ?? event.object_kind)}</li>)}
  </ul>}</Show></>;
}
