// What waits for me now, the most pressing first.
import { patch } from '../api/client.ts';
import type { Consultation, Instant, Task, Visit } from '../api/types.ts';
import { today, type Today } from '../api/views.ts';
import { href } from '../lib/router.ts';
import { day_text, weekday } from '../lib/time.ts';
import { code_word, Due, is_past, Moment, PageHead, Row, Section } from '../parts/basics.tsx';
import { ProblemText, Show, use_act, use_load } from '../parts/load.tsx';
import { CaseName } from '../parts/names.tsx';
import { use_offers } from '../parts/offers.ts';
import { Strip } from '../parts/strip.tsx';
import { me } from '../session.ts';
import { t } from '../words/index.ts';

/** A consultation in one line: whom it is from, as far as that was told. */
export function consultation_line(one: Consultation): string {
  return one.summary?.split('\n')[0] || one.organisation_told || t.consultation.no_summary;
}

export function TodayPage() {
  const now = Date.now();
  const loaded = use_load(today, []);
  const is_draft_left = use_offers('intake').length > 0;
  const title = `${day_text(now)}${t.common.in_brackets(t.weekdays[weekday(now)]!)}`;
  return <>
    <PageHead title={title}>
      {loaded.state === 'ready' && <p class="meta">{lead(loaded.value)}</p>}
    </PageHead>
    <Show of={loaded}>{value => <div class="cols">
      <div><CallBacks rows={value.call_backs}/><Tasks rows={value.tasks} on_done={loaded.reload}/>
        <Open rows={others(value)}/><Visits rows={value.visits}/></div>
      <aside class="side">
        <section aria-labelledby="new" class="noprint"><h2 id="new">{t.intake.title}</h2>
          <p class="q">{t.intake.lead}</p>
          <p><a class="btn btn-p" href={href(['intake'])}>{t.intake.take_in}</a></p>
          {is_draft_left && <p><a href={href(['intake'])}>{t.draft.left}</a></p>}</section>
        <section aria-labelledby="due"><h2 id="due">{t.today.deadlines}</h2>
          <Strip from={now} at={deadlines(value)}/></section>
      </aside>
    </div>}</Show>
  </>;
}

/** Those who were promised a call stand above already. */
function others(value: Today): Consultation[] {
  const promised = new Set(value.call_backs.map(one => one.id));
  return value.consultations.filter(one => !promised.has(one.id));
}

function deadlines(value: Today): Instant[] {
  return [...value.call_backs.map(one => one.call_back_at), ...value.tasks.map(one => one.due_at),
    ...value.visits.map(one => one.planned_for)].filter(at => at !== null);
}

function lead(value: Today): string {
  const today_text = day_text(Date.now());
  const pressing = deadlines(value).filter(at => day_text(Date.parse(at)) <= today_text).length;
  return t.today.lead(me?.user.display_name ?? '', value.tasks.length, pressing, value.consultations.length);
}

function CallBacks({ rows }: { rows: Consultation[] }) {
  if (rows.length === 0) return null;
  return <Section id="callbacks" title={t.today.call_backs} note={t.today.call_backs_note}>
    <ul class="task">{rows.map(one => <Row key={one.id} due={<><Due at={one.call_back_at}/>
      {is_past(one.call_back_at) && <small>{t.today.past}</small>}</>}>
      <a href={href(['consultations', one.id])}>{consultation_line(one)}</a>
      <small>{t.consultation.received(code_word('consultation_state', one.state))}</small>
    </Row>)}</ul>
  </Section>;
}

function Tasks({ rows, on_done }: { rows: Task[]; on_done: () => void }) {
  const { problem, run } = use_act();
  const done = (task: Task) => run(async () => {
    await patch('tasks', task.id, task.version, { state: 'done' });
    on_done();
  });
  return <Section id="tasks" title={t.today.tasks}>
    {problem && <ProblemText problem={problem}/>}
    {rows.length === 0 ? <p class="q">{t.today.no_tasks}</p>
      : <ul class="task">{rows.map(task => <Row key={task.id} due={<><Due at={task.due_at}/>
        {is_past(task.due_at) && <small>{t.today.past}</small>}</>}>
        {task.case_id ? <a href={href(['cases', task.case_id])}>{task.title}</a> : <span>{task.title}</span>}
        <small>{task.case_id && <CaseName id={task.case_id}/>}{' '}
          <button type="button" class="btn-q" onClick={() => done(task)}>{t.task.done}</button></small>
      </Row>)}</ul>}
  </Section>;
}

function Open({ rows }: { rows: Consultation[] }) {
  return <Section id="open" title={t.today.consultations}>
    {rows.length === 0 ? <p class="q">{t.today.no_consultations}</p>
      : <ul class="task">{rows.map(one => <Row key={one.id} due={code_word('consultation_state', one.state)}>
        <a href={href(['consultations', one.id])}>{consultation_line(one)}</a>
        <small>{t.consultation.received_at} <Moment at={one.received_at} zoned/>
          {one.organisation_told && one.summary ? `　${one.organisation_told}` : ''}</small>
      </Row>)}</ul>}
  </Section>;
}

function Visits({ rows }: { rows: Visit[] }) {
  return <Section id="visits" title={t.today.visits}>
    {rows.length === 0 ? <p class="q">{t.today.no_visits}</p>
      : <ul class="task">{rows.map(visit => <Row key={visit.id} due={<Due at={visit.planned_for}/>}>
        <CaseName id={visit.case_id}/><small>{visit.purpose}</small>
      </Row>)}</ul>}
  </Section>;
}
