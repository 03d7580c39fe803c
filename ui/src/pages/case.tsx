// A case, in the order of its questions: what is asked of me now, what happened, what we keep, who knows.
import { get, list_all } from '../api/client.ts';
import { CODES, type Case, type CaseLink, type Consultation, type Note, type Rescue, type Task, type Visit }
  from '../api/types.ts';
import { href } from '../lib/router.ts';
import { code_word, Moment, PageHead, Section, Written } from '../parts/basics.tsx';
import { type Load, Show, use_load } from '../parts/load.tsx';
import { CaseName, OrganisationName } from '../parts/names.tsx';
import { Stand } from '../parts/row_page.tsx';
import { zone_mark } from '../lib/time.ts';
import type { PageProps } from '../routes.ts';
import { t } from '../words/index.ts';
import { Notes } from './case_notes.tsx';
import { Tasks } from './case_tasks.tsx';
import { Kept, Who } from './case_who.tsx';
import { consultation_line } from './today.tsx';

export interface Whole {
  row: Case;
  consultations: Consultation[];
  rescues: Rescue[];
  visits: Visit[];
  notes: Note[];
  tasks: Task[];
  links: CaseLink[];
}

async function load_whole(id: string): Promise<Whole> {
  const of_case = { case_id: id };
  const [row, consultations, rescues, visits, notes, tasks, from, to] = await Promise.all([
    get('cases', id), list_all('consultations', of_case), list_all('rescues', of_case),
    list_all('visits', of_case), list_all('notes', of_case), list_all('tasks', of_case),
    list_all('case-links', of_case), list_all('case-links', { other_case_id: id })]);
  return { row, consultations, rescues, visits, notes, tasks, links: [...from, ...to] };
}

export function CasePage({ ids }: PageProps) {
  const id = ids['id']!;
  const loaded = use_load(() => load_whole(id), [id]);
  return <Show of={loaded}>{whole => <CaseInOrder whole={whole} load={loaded}/>}</Show>;
}

function CaseInOrder({ whole, load }: { whole: Whole; load: Load<Whole> }) {
  const { row } = whole;
  return <>
    <PageHead title={row.title} tlp={row.tlp} above={<>
      <span>{t.cases.name(row.number)}</span>
      <span>{code_word('pap', row.pap)}{t.common.in_brackets(t.cases.pap[row.pap])}</span>
      {row.is_closed_off && <span>{t.cases.closed_off}</span>}</>}>
      <p class="meta"><span>{code_word('case_state', row.state)}</span>
        <span>{code_word('case_kind', row.kind)}</span>
        {row.organisation_id && <OrganisationName id={row.organisation_id}/>}
        <span>{t.cases.opened_at} <Moment at={row.opened_at} zoned/></span></p>
      <Phase row={row}/>
      <Stand row={row} plural="cases"/>
    </PageHead>
    {row.deleted_at !== null && <p class="problem" role="status">{t.rows.in_bin}</p>}
    <div class="along">
    <Section id="asked" title={t.cases.asked}><Tasks whole={whole} on_change={load.reload}/></Section>
    <aside class="side"><Acts whole={whole}/></aside>
    <Section id="happened" title={t.cases.happened}>
      {row.summary ? <Written text={row.summary}/> : <p class="q">{t.cases.no_summary}</p>}
      <p class="noprint"><a class="btn btn-q" data-edit href={href(['cases', row.id, 'edit'])}>{t.common.edit}</a></p>
      <Consultations rows={whole.consultations}/>
      <Rescues whole={whole}/>
      <Visits rows={whole.visits}/>
      <Notes whole={whole} on_change={load.reload}/>
      <Links whole={whole}/>
    </Section>
    </div>
    <Section id="kept" title={t.cases.kept}><Kept whole={whole}/></Section>
    <Section id="who" title={t.cases.who}><Who whole={whole}/></Section>
    <p class="noprint end"><a href={href(['bin', 'cases', row.id])}>{t.rows.to_bin}</a></p>
  </>;
}

/** The line of phases; what is done is drawn through, where we are has a mark and a word. */
function Phase({ row }: { row: Case }) {
  const now = CODES.case_phase.indexOf(row.phase);
  return <ol class="phase" aria-label={t.fields.phase}>{CODES.case_phase.map((phase, at) => <li key={phase}
    class={at < now ? 'did' : at === now ? 'now' : ''} {...(at === now ? { 'aria-current': 'step' as const } : {})}>
    {code_word('case_phase', phase)}
    {at === now && row.state === 'open' && <small class="noprint">
      <a href={href(['cases', row.id, 'phase'])}>{t.cases.change_phase}</a></small>}
  </li>)}</ol>;
}

function Acts({ whole: { row, rescues, visits } }: { whole: Whole }) {
  const to = (...more: string[]) => href(['cases', row.id, ...more]);
  const is_open = row.state === 'open';
  const still = [rescues.some(one => one.state === 'active') && t.cases.still.rescue,
    visits.some(one => one.state === 'planned') && t.cases.still.visit].filter(one => one !== false);
  return <div class="noprint">
    {is_open && <><h3>{t.cases.do_not}</h3>
      <ul class="xlist">{t.cases.do_not_list.map(text => <li key={text}>{text}</li>)}</ul></>}
    <h3>{t.cases.acts}</h3>
    <ul class="acts">
      {is_open && rescues.length === 0 &&
        <li><a href={to('rescue')}>{t.rescue.take}</a></li>}
      {is_open && <li><a href={to('visit')}>{t.visit.plan}</a></li>}
      {is_open && <li><a href={to('link')}>{t.cases.link}</a></li>}
      <li><a href={to('grants')}>{t.cases.grants}</a></li>
      <li><a href={to('closed-off')}>{row.is_closed_off ? t.cases.opening.title : t.cases.closing_off.title}</a></li>
      {is_open && <li><a href={to('close')}>{t.cases.close}</a>{still.length > 0 &&
        <small class="qq">{t.cases.not_yet(still.join(t.common.comma))}</small>}</li>}
      {!is_open && <li><a href={to('reopen')}>{t.cases.reopen}</a></li>}
    </ul>
  </div>;
}

function Consultations({ rows }: { rows: Consultation[] }) {
  if (rows.length === 0) return null;
  return <><h3>{t.frame.pages.consultations}</h3><ul class="task">{rows.map(one => <li key={one.id} data-row>
    <div><a href={href(['consultations', one.id])}>{consultation_line(one)}</a>
      <small>{t.consultation.received_at} <Moment at={one.received_at} zoned/></small></div>
    <div class="due">{code_word('consultation_state', one.state)}</div></li>)}</ul></>;
}

function Rescues({ whole: { row, rescues } }: { whole: Whole }) {
  return <><h3>{t.rescue.name}</h3>{rescues.length === 0 ? <p class="q">{t.rescue.none}</p>
    : rescues.map(one => <div key={one.id} class="thing">
      <p><b>{code_word('rescue_state', one.state)}</b>　{code_word('rescue_reason', one.reason)}</p>
      {one.reason_text && <Written text={one.reason_text}/>}
      <p class="q">{t.rescue.decided(one.decided_by)} <Moment at={one.decided_at} zoned/>
        {one.started_at && <>　{t.rescue.started} <Moment at={one.started_at} zoned/></>}
        {one.ended_at && <>　{t.rescue.ended} <Moment at={one.ended_at} zoned/></>}</p>
      {one.ending_reason && <Written text={one.ending_reason}/>}
      {row.state === 'open' && <p class="buttons noprint">
        {one.state === 'proposed' && <><a class="btn btn-q" href={href(['rescues', one.id, 'active'])}>{t.rescue.start}</a>
          <a class="btn btn-q" href={href(['rescues', one.id, 'declined'])}>{t.rescue.decline}</a></>}
        {one.state === 'active' && <a class="btn btn-q" href={href(['rescues', one.id, 'ended'])}>{t.rescue.end}</a>}
        {one.state === 'ended' && <a class="btn btn-q" href={href(['rescues', one.id, 'active'])}>{t.rescue.resume}</a>}
      </p>}
    </div>)}</>;
}

function Visits({ rows }: { rows: Visit[] }) {
  return <><h3>{t.visit.name}</h3>{rows.length === 0 ? <p class="q">{t.visit.none}</p>
    : <table class="stack"><thead><tr><th>{t.fields.planned_for}{t.common.in_brackets(zone_mark())}</th>
      <th>{t.fields.purpose}</th><th>{t.fields.people}</th><th>{t.fields.state}</th><th>{t.fields.result}</th></tr></thead>
    <tbody>{rows.map(one => <tr key={one.id} data-row>
      <th scope="row" class="nw"><Moment at={one.planned_for}/></th>
      <td data-l={t.fields.purpose}>{one.purpose ?? '—'}</td>
      <td data-l={t.fields.people}>{one.people ?? '—'}</td>
      <td data-l={t.fields.state}>{code_word('visit_state', one.state)}
        {one.started_at && <small><Moment at={one.started_at}/>{one.ended_at && <>–<Moment at={one.ended_at}/></>}</small>}
        {one.state === 'planned' && <span class="noprint"> <a href={href(['visits', one.id, 'done'])}>{t.visit.do}</a>{' '}
          <a href={href(['visits', one.id, 'cancelled'])}>{t.visit.cancel}</a></span>}</td>
      <td data-l={t.fields.result}>{one.result ?? one.cancelling_reason ?? '—'}
        <span class="noprint"> <a href={href(['visits', one.id, 'edit'])}>{t.common.edit}</a></span></td>
    </tr>)}</tbody></table>}</>;
}

function Links({ whole: { row, links } }: { whole: Whole }) {
  if (links.length === 0) return null;
  return <><h3>{t.cases.links}</h3><ul class="task">{links.map(link => {
    const other = link.case_id === row.id ? link.other_case_id : link.case_id;
    return <li key={link.id} data-row><div><CaseName id={other}/>
      <small>{code_word('case_link_kind', link.kind)}　{link.reason}</small></div>
    <div class="due">{link.undone_at ? <>{t.cases.undone} <Moment at={link.undone_at} zoned/></>
      : <a class="noprint" href={href(['case-links', link.id, 'undo'], { case: row.id })}>{t.cases.undo}</a>}</div></li>;
  })}</ul></>;
}
