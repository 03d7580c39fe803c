import { list, list_all } from '../api/client.ts';
import type { Organisation } from '../api/types.ts';
import { FIELDS } from '../entities.ts';
import { go, href, replace } from '../lib/router.ts';
import { AnswerText, code_word, PageHead, Section } from '../parts/basics.tsx';
import { ContactLines } from '../parts/contact_lines.tsx';
import { Editor, Maker } from '../parts/editor.tsx';
import { Show, use_load } from '../parts/load.tsx';
import { Paged } from '../parts/paged.tsx';
import { Stand, WithRow } from '../parts/row_page.tsx';
import { Answers } from '../parts/shown.tsx';
import type { PageProps } from '../routes.ts';
import { may } from '../session.ts';
import { t } from '../words/index.ts';

export function OrganisationsPage() {
  return <>
    <PageHead title={t.frame.pages.organisations}/>
    <p class="noprint"><a class="btn btn-p" href={href(['organisations', 'new'])}>{t.organisation.add}</a></p>
    <Paged asked={[]} fetch={after => list('organisations', { order: 'name_kana', after, limit: '50' })}
      none={t.organisation.none}
      head={<tr><th>{t.fields.name}</th><th>{t.fields.legal_kind}</th><th>{t.fields.ci_sector}</th>
        <th>{t.fields.prefecture}</th><th>{t.fields.maturity}</th></tr>}
      line={(one: Organisation) => <tr key={one.id} data-row>
        <th scope="row"><a href={href(['organisations', one.id])}>{one.name}</a>
          {one.name_kana && <small>{one.name_kana}</small>}</th>
        <td data-l={t.fields.legal_kind}><AnswerText answer={one.legal_kind} say={code => code_word('legal_kind', code)}/></td>
        <td data-l={t.fields.ci_sector}><AnswerText answer={one.ci_sector} say={code => code_word('ci_sector', code)}/></td>
        <td data-l={t.fields.prefecture}><AnswerText answer={one.prefecture} say={code => t.prefectures[code] ?? code}/></td>
        <td data-l={t.fields.maturity}><AnswerText answer={one.maturity} say={code => code_word('maturity', code)}/></td>
      </tr>}/>
    {may('bin') && <p class="noprint end"><a href={href(['bin', 'organisations'])}>{t.rows.see_bin}</a></p>}
  </>;
}

export function NewOrganisationPage() {
  return <>
    <PageHead title={t.organisation.add}/>
    <Maker plural="organisations" draft_key="" fields={FIELDS.organisations} initial={{}} fixed={{}}
      send={t.organisation.add} back={href(['organisations'])}
      on_made={made => replace(['organisations', made.id])}/>
  </>;
}

export function OrganisationPage({ ids }: PageProps) {
  const id = ids['id']!;
  return <WithRow plural="organisations" id={id}>{row => <>
    <PageHead title={row.name} above={<span>{t.organisation.name}</span>}>
      <p class="meta">{[row.name_kana, row.name_en].filter(Boolean).join('　')}</p></PageHead>
    <Cases id={id}/>
    <Section id="about" title={t.organisation.about}>
      <Answers fields={FIELDS.organisations.slice(3)} row={row}/>
      <p class="noprint"><a class="btn" data-edit href={href(['organisations', id, 'edit'])}>{t.common.edit}</a></p>
      <Stand row={row} plural="organisations"/>
    </Section>
    <People id={id}/>
    <p class="noprint end"><a href={href(['bin', 'organisations', id])}>{t.rows.to_bin}</a></p>
  </>}</WithRow>;
}

function Cases({ id }: { id: string }) {
  const loaded = use_load(async () => {
    const [cases, consultations] = await Promise.all([list_all('cases', { organisation_id: id }),
      list_all('consultations', { organisation_id: id })]);
    return { cases, consultations };
  }, [id]);
  return <Section id="cases" title={t.organisation.history}><Show of={loaded}>{({ cases, consultations }) => <>
    {cases.length + consultations.length === 0 && <p class="q">{t.organisation.no_history}</p>}
    <ul class="task">{cases.map(one => <li key={one.id} data-row>
      <div><a href={href(['cases', one.id])}>{one.number} {one.title}</a></div>
      <div class="due">{code_word('case_state', one.state)}</div></li>)}
    {consultations.map(one => <li key={one.id} data-row>
      <div><a href={href(['consultations', one.id])}>{one.summary?.split('\n')[0] ?? t.consultation.no_summary}</a></div>
      <div class="due">{code_word('consultation_state', one.state)}</div></li>)}</ul>
  </>}</Show></Section>;
}

function People({ id }: { id: string }) {
  const loaded = use_load(() => list_all('contacts', { organisation_id: id }), [id]);
  return <Section id="people" title={t.contact.title}>
    <Show of={loaded}>{rows => rows.length === 0 ? <p class="q">{t.contact.none}</p>
      : <>{rows.map(one => <ContactLines key={one.id} id={one.id}/>)}</>}</Show>
    <h3 class="noprint">{t.contact.add}</h3>
    <div class="noprint"><Maker plural="contacts" draft_key={id} initial={{ may_be_contacted: true }}
      fields={FIELDS.contacts.filter(field => field.name !== 'organisation_id')} fixed={{ organisation_id: id }}
      send={t.contact.add} on_made={made => go(['contacts', made.id])}/></div>
    <p class="qq">{t.contact.note}</p>
  </Section>;
}

export function EditOrganisationPage({ ids }: PageProps) {
  const id = ids['id']!;
  return <WithRow plural="organisations" id={id}>{row => <>
    <PageHead title={t.organisation.edit} above={<span>{row.name}</span>}/>
    <Editor plural="organisations" row={row} fields={FIELDS.organisations} back={href(['organisations', id])}
      on_saved={() => replace(['organisations', id])}/>
  </>}</WithRow>;
}
