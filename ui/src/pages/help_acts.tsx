// Rescues and visits: taking on, planning, and each step of their states.
import { useState } from 'preact/hooks';
import { act, create, type FieldFault, list_all, Problem } from '../api/client.ts';
import type { Rescue, Visit } from '../api/types.ts';
import { FIELDS } from '../entities.ts';
import { href, replace } from '../lib/router.ts';
import type { Fields } from '../lib/merge.ts';
import { from_instant, to_instant } from '../lib/time.ts';
import { ActForm } from '../parts/act_page.tsx';
import { code_word, Moment, PageHead } from '../parts/basics.tsx';
import { Editor, filled, Maker } from '../parts/editor.tsx';
import { ErrorSummary, type Field, faults_of, Form } from '../parts/form.tsx';
import { Inputs } from '../parts/inputs.tsx';
import { Show, use_act, use_load } from '../parts/load.tsx';
import { CaseName } from '../parts/names.tsx';
import { WithRow } from '../parts/row_page.tsx';
import type { PageProps } from '../routes.ts';
import { me } from '../session.ts';
import { t } from '../words/index.ts';
import { NotFoundPage } from './not_found.tsx';

const this_minute = () => to_instant(Math.floor(Date.now() / 60_000) * 60_000);
const new_rescue = (): Fields => ({ reason: 'harm_by_delay', decided_by: me?.user.display_name ?? '',
  decided_at: this_minute() });

export function NewRescuePage({ ids }: PageProps) {
  const id = ids['id']!;
  return <WithRow plural="cases" id={id}>{row => <>
    <PageHead title={t.rescue.take} tlp={row.tlp} above={<span>{row.number}　{row.title}</span>}>
      <p>{t.rescue.lead}</p></PageHead>
    <Maker plural="rescues" draft_key={id} fields={FIELDS.rescues} initial={new_rescue()} fixed={{ case_id: id }}
      send={t.rescue.propose} back={href(['cases', id])}
      on_made={(made: Rescue) => replace(['rescues', made.id, 'active'])}/>
  </>}</WithRow>;
}

const RESCUE_STEPS = ['active', 'ended', 'declined'] as const;
type RescueTo = (typeof RESCUE_STEPS)[number];
const is_rescue_step = (step: string): step is RescueTo => (RESCUE_STEPS as readonly string[]).includes(step);

export function RescueStepPage({ ids }: PageProps) {
  const step = ids['step']!;
  if (!is_rescue_step(step)) return <NotFoundPage/>;
  return <WithRow plural="rescues" id={ids['id']!}>{row => {
    const is_resumed = step === 'active' && row.state === 'ended';
    const words = is_resumed ? t.rescue.steps.resume : t.rescue.steps[step];
    const fields: Field[] = step === 'active' && !is_resumed
      ? [{ name: 'started_at', kind: 'instant', hint: () => t.rescue.late }]
      : [{ name: 'reason', kind: 'text', is_required: true }];
    return <>
      <PageHead title={words.title} above={<CaseName id={row.case_id}/>}><p>{words.lead}</p></PageHead>
      <p>{code_word('rescue_reason', row.reason)}<br/>{t.rescue.decided(row.decided_by)} <Moment at={row.decided_at} zoned/></p>
      <ActForm fields={fields} send={words.send} back={href(['cases', row.case_id])} is_grave={step !== 'active'}
        on_send={async values => {
          await act('rescues', row.id, 'state', row.version, filled({ state: step, ...values }));
          replace(['cases', row.case_id]);
        }}/>
    </>;
  }}</WithRow>;
}

const PLANNED = FIELDS.visits.filter(field => field.name !== 'result');

/** On-site support is part of a rescue: where there is none, both are entered at once. */
export function NewVisitPage({ ids }: PageProps) {
  const id = ids['id']!;
  const rescues = use_load(() => list_all('rescues', { case_id: id }), [id]);
  return <WithRow plural="cases" id={id}>{row => <>
    <PageHead title={t.visit.plan} tlp={row.tlp} above={<span>{row.number}　{row.title}</span>}/>
    <Show of={rescues}>{rows => rows.some(one => one.state === 'active')
      ? <Maker plural="visits" draft_key={id} fields={PLANNED} initial={{}} fixed={{ case_id: id }} send={t.visit.plan}
        back={href(['cases', id])} on_made={() => replace(['cases', id])}/>
      : rows.length > 0
        ? <p class="problem">{t.visit.start_first} <a href={href(['cases', id])}>{t.common.back}</a></p>
        : <VisitWithRescue case_id={id}/>}</Show>
  </>}</WithRow>;
}

function VisitWithRescue({ case_id }: { case_id: string }) {
  const [visit, set_visit] = useState<Fields>({});
  const [rescue, set_rescue] = useState<Fields>(new_rescue);
  const [faults, set_faults] = useState<FieldFault[]>([]);
  const { busy, problem, run } = use_act();
  const send = () => run(async () => {
    const found = [...faults_of(PLANNED, visit), ...faults_of(FIELDS.rescues, rescue)];
    set_faults(found);
    if (found.length > 0) return;
    try {
      await create('visits', { ...filled(visit), case_id, with_rescue: filled(rescue) });
      replace(['cases', case_id]);
    } catch (error) {
      if (error instanceof Problem)
        set_faults(error.fields.map(({ field, code }) => ({ field: field.replace(/^with_rescue\./, ''), code })));
      throw error;
    }
  });
  return <>
    <p class="note">{t.visit.no_rescue}</p>
    <ErrorSummary faults={faults} problem={problem}/>
    <Form on_send={send} busy={busy} send={t.visit.plan_both} back={href(['cases', case_id])}>
      <h2>{t.visit.name}</h2>
      <Inputs fields={PLANNED} values={visit} faults={faults}
        on_change={(name, value) => set_visit(old => ({ ...old, [name]: value }))}/>
      <h2>{t.rescue.name}</h2>
      <Inputs fields={FIELDS.rescues} values={rescue} faults={faults}
        on_change={(name, value) => set_rescue(old => ({ ...old, [name]: value }))}/>
    </Form>
  </>;
}

export function EditVisitPage({ ids }: PageProps) {
  return <WithRow plural="visits" id={ids['id']!}>{(row: Visit) => <>
    <PageHead title={t.visit.edit} above={<CaseName id={row.case_id}/>}/>
    <Editor plural="visits" row={row} fields={FIELDS.visits} back={href(['cases', row.case_id])}
      on_saved={() => replace(['cases', row.case_id])}/>
  </>}</WithRow>;
}

/** As planned, if that time has come. */
function begun(row: Visit): string {
  return from_instant(row.planned_for) <= Date.now() ? row.planned_for : this_minute();
}

export function VisitStepPage({ ids }: PageProps) {
  const step = ids['step']!;
  if (step !== 'done' && step !== 'cancelled') return <NotFoundPage/>;
  const fields: Field[] = step === 'done'
    ? [{ name: 'started_at', kind: 'instant', is_required: true }, { name: 'ended_at', kind: 'instant' }]
    : [{ name: 'reason', kind: 'text', is_required: true }];
  return <WithRow plural="visits" id={ids['id']!}>{(row: Visit) => <>
    <PageHead title={step === 'done' ? t.visit.do : t.visit.cancel} above={<CaseName id={row.case_id}/>}>
      <p>{step === 'done' ? t.visit.do_lead : t.visit.cancel_lead}</p></PageHead>
    <p>{t.fields.planned_for} <Moment at={row.planned_for} zoned/>　{row.purpose}</p>
    <ActForm fields={fields} initial={step === 'done' ? { started_at: begun(row) } : {}}
      send={step === 'done' ? t.visit.do : t.visit.cancel} back={href(['cases', row.case_id])}
      is_grave={step === 'cancelled'} on_send={async values => {
        await act('visits', row.id, 'state', row.version, filled({ state: step, ...values }));
        replace(['cases', row.case_id]);
      }}/>
  </>}</WithRow>;
}
