// One consultation: what it is about, what is to be done with it, how to reach who asked.
import { act, reveal } from '../api/client.ts';
import type { Code, Consultation } from '../api/types.ts';
import { FIELDS } from '../entities.ts';
import { href, replace } from '../lib/router.ts';
import { code_word, Due, Moment, PageHead, Section, Written } from '../parts/basics.tsx';
import { Before } from '../parts/before.tsx';
import { ContactLines, Secret } from '../parts/contact_lines.tsx';
import { Editor } from '../parts/editor.tsx';
import { type Load, ProblemText, use_act } from '../parts/load.tsx';
import { CaseName, OrganisationName } from '../parts/names.tsx';
import { Stand, WithRow } from '../parts/row_page.tsx';
import { Answers } from '../parts/shown.tsx';
import type { PageProps } from '../routes.ts';
import { t } from '../words/index.ts';
import { consultation_line } from './today.tsx';

const SHOWN = FIELDS.consultations.filter(field =>
  !['summary', 'received_at', 'tlp', 'call_back_at', 'information_only', 'organisation_id'].includes(field.name));

export function ConsultationPage({ ids, query }: PageProps) {
  return <WithRow plural="consultations" id={ids['id']!}>{(row, load) => <>
    <PageHead title={consultation_line(row)} tlp={row.tlp} above={<>
      <span>{t.consultation.name}</span><span>{code_word('consultation_state', row.state)}</span>
      {row.information_only && <span>{t.fields.information_only}</span>}</>}>
      <p class="meta"><span>{t.consultation.received_at} <Moment at={row.received_at} zoned/></span>
        {row.case_id && <CaseName id={row.case_id}/>}</p>
      {query.get('made') === '1' && <p class="note" role="status">{t.intake.made(row.version)}</p>}
    </PageHead>
    <Asked row={row} load={load}/>
    <Section id="what" title={t.consultation.what_happened}>
      {row.summary && <Written text={row.summary}/>}
      <Answers fields={SHOWN} row={row}/>
      {row.organisation_id && <><p><OrganisationName id={row.organisation_id}/></p>
        <Before organisation={row.organisation_id} but={row.id}/></>}
      <p class="buttons noprint"><a class="btn" data-edit href={href(['consultations', row.id, 'edit'])}>
        {t.common.edit}</a></p>
      <Stand row={row} plural="consultations"/>
    </Section>
    <Section id="original" title={t.consultation.kept}>
      <p class="noprint">{t.consultation.original}{' '}
        <Secret show={() => reveal('consultations', row.id)}>{found => found.original ?? ''}</Secret></p>
    </Section>
    <Section id="who" title={t.consultation.who}>
      {row.contact_id ? <ContactLines id={row.contact_id}/> : <p>{t.intake.no_contact}</p>}
      <p class="qq noprint">{t.contact.note}</p>
    </Section>
    <p class="noprint end"><a href={href(['bin', 'consultations', row.id])}>{t.rows.to_bin}</a></p>
  </>}</WithRow>;
}

/** What can be done now, and what was promised. */
function Asked({ row, load }: { row: Consultation; load: Load<Consultation> }) {
  const { busy, problem, run } = use_act();
  const move = (state: Code<'consultation_state'>) => run(async () => {
    load.set(await act<Consultation>('consultations', row.id, 'state', row.version, { state }));
  });
  const is_closed = row.state === 'closed';
  return <Section id="asked" title={t.consultation.asked}>
    {row.call_back_at && !is_closed && <p><b>{t.today.call_back} <Due at={row.call_back_at}/></b>{' '}
      <Secret show={() => reveal('consultations', row.id)}>{found => found.call_back_to ?? ''}</Secret></p>}
    {is_closed && <p>{t.consultation.closed(row.outcome ? code_word('consultation_outcome', row.outcome) : '')}
      {row.closing_reason && <><br/>{row.closing_reason}</>}</p>}
    {!is_closed && row.case_id === null && <p class="q">{t.consultation.no_case}</p>}
    {problem && <ProblemText problem={problem}/>}
    <p class="buttons noprint">
      {row.state === 'received' && <button type="button" class="btn-p" onClick={() => move('in_progress')}>
        {busy ? t.common.sending : t.consultation.take_up}</button>}
      {row.state === 'in_progress' && <button type="button" onClick={() => move('waiting_for_them')}>
        {t.consultation.wait}</button>}
      {row.state === 'waiting_for_them' && <button type="button" class="btn-p" onClick={() => move('in_progress')}>
        {t.consultation.go_on}</button>}
      {!is_closed && row.case_id === null && <a class="btn" href={href(['consultations', row.id, 'case'])}>
        {t.consultation.open_case}</a>}
      {!is_closed && <a class="btn" href={href(['consultations', row.id, 'close'])}>{t.consultation.close}</a>}
      {is_closed && <a class="btn" href={href(['consultations', row.id, 'reopen'])}>{t.consultation.reopen}</a>}
    </p>
  </Section>;
}

export function EditConsultationPage({ ids }: PageProps) {
  const id = ids['id']!;
  return <WithRow plural="consultations" id={id}>{row => <>
    <PageHead title={t.consultation.edit} tlp={row.tlp} above={<span>{consultation_line(row)}</span>}/>
    <Editor plural="consultations" row={row} fields={FIELDS.consultations} back={href(['consultations', id])}
      on_saved={() => replace(['consultations', id])}/>
  </>}</WithRow>;
}
