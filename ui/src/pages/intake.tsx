// A consultation comes in: date and contact, and whatever else was told. Sent after "check your answers" only.
import { useState } from 'preact/hooks';
import { type FieldFault, Problem, random_key } from '../api/client.ts';
import { type Known, take_in } from '../api/views.ts';
import { CONSULTATION_QUESTIONS } from '../entities.ts';
import { draft_of, drop_draft, keep_draft } from '../lib/drafts.ts';
import type { Fields } from '../lib/merge.ts';
import { proposals_in } from '../lib/proposals.ts';
import { go, href, replace } from '../lib/router.ts';
import { to_instant, zone_name } from '../lib/time.ts';
import { Check, Text } from '../parts/controls.tsx';
import { PageHead } from '../parts/basics.tsx';
import { filled } from '../parts/editor.tsx';
import { ErrorSummary, fault_text, type Field, faults_of, Form } from '../parts/form.tsx';
import { Inputs } from '../parts/inputs.tsx';
import { use_act } from '../parts/load.tsx';
import { Answers } from '../parts/shown.tsx';
import { known_text, WhoCalls } from '../parts/who_calls.tsx';
import { WithDraft } from '../parts/with_draft.tsx';
import { may } from '../session.ts';
import { t } from '../words/index.ts';

const KEY = 'intake';

const RECEIVED: readonly Field[] = [{ name: 'received_at', kind: 'instant', is_required: true }];
const CHANNEL: readonly Field[] = [
  { name: 'contact_kind', kind: { code: 'channel_kind' } },
  { name: 'contact_value', kind: 'line', is_required: true, hint: () => t.intake.contact_hint },
];
/** Of a contact who is known: only what is new. */
const NEW_CHANNEL: readonly Field[] = [
  { name: 'contact_kind', kind: { code: 'channel_kind' } },
  { name: 'contact_value', kind: 'line', hint: () => t.who.new_way },
];
const SAFETY: readonly Field[] = [{ name: 'safety', kind: { code: 'safety' }, hint: () => t.intake.safety_hint }];
const DONE: readonly Field[] = [{ name: 'done_already', kind: { answers: 'done_already' } }];
const CALL_BACK: readonly Field[] = [
  { name: 'call_back_at', kind: 'instant', hint: () => t.intake.call_back_hint },
  { name: 'call_back_to', kind: 'line' },
];
const ABOUT: readonly Field[] = [
  { name: 'organisation_told', kind: 'line' },
  { name: 'contact_name', kind: 'line' },
  { name: 'contact_role', kind: 'line' },
  { name: 'summary', kind: 'text' },
];
const OF_NEW_CONTACT = new Set<string>(['contact_name', 'contact_role']);
const LAST: readonly Field[] = [
  { name: 'motive_reason', kind: 'line' },
  { name: 'tlp', kind: { code: 'tlp' } },
];
const TEXTS: readonly Field[] = [{ name: 'original', kind: 'text' }];
const ALL: readonly Field[] = [...RECEIVED, ...CHANNEL, ...SAFETY, ...TEXTS, ...DONE, ...CALL_BACK, ...ABOUT,
  ...CONSULTATION_QUESTIONS, ...LAST];
const OF_CONSULTATION = ['received_at', 'organisation_told', 'summary', 'original', 'done_already', 'call_back_at',
  'call_back_to', 'motive_reason', 'tlp', 'information_only', 'gave_no_contact',
  ...CONSULTATION_QUESTIONS.map(field => field.name)];

function fresh(): Fields {
  return { received_at: to_instant(Math.floor(Date.now() / 60_000) * 60_000), contact_kind: 'phone',
    safety: 'unknown', tlp: 'amber_strict', gave_no_contact: false, information_only: false, key: random_key() };
}

/** Who was found to be calling, kept with the other values. */
const known_of = (values: Fields) => (values['known'] ?? null) as Known | null;
const contact_of = (values: Fields) => (values['gave_no_contact'] === true ? null : known_of(values)?.contact ?? null);

/** Fields that count: without a contact, those of a contact do not; who is known needs no new way to be reached. */
function asked(values: Fields): readonly Field[] {
  if (values['gave_no_contact'] === true) return ALL.filter(field => !OF_CONTACT.has(field.name));
  if (contact_of(values) === null) return ALL;
  const has_way = Boolean(values['contact_value']);
  return ALL.flatMap(field => (!OF_CONTACT.has(field.name) ? [field]
    : has_way ? NEW_CHANNEL.concat(SAFETY).filter(one => one.name === field.name) : []));
}
const OF_CONTACT = new Set<string>(['contact_kind', 'contact_value', 'safety', 'contact_name', 'contact_role']);

/** As POST /intake takes it. */
function body_of(values: Fields): object {
  const consultation: Fields = { ...filled(Object.fromEntries(OF_CONSULTATION.map(name => [name, values[name]]))),
    received_zone: zone_name() };
  const organisation_id = known_of(values)?.organisation?.id;
  if (organisation_id !== undefined) consultation['organisation_id'] = organisation_id;
  if (values['gave_no_contact'] === true) return { consultation };
  const channel = filled({ kind: values['contact_kind'], value: values['contact_value'], safety: values['safety'] });
  const contact = contact_of(values);
  if (contact !== null)
    return { consultation: { ...consultation, contact_id: contact.id }, channels: 'value' in channel ? [channel] : [] };
  return {
    consultation,
    contact: filled({ name: values['contact_name'], role: values['contact_role'], organisation_id }),
    channels: [channel],
  };
}
/** The form's name of a field that the server found something wrong with. */
const FORM_NAMES: Record<string, string> = {
  'channels.0.value': 'contact_value', 'channels.0.kind': 'contact_kind', 'channels.0.safety': 'safety',
  'contact.name': 'contact_name', 'contact.role': 'contact_role', channels: 'contact_value', contact_id: 'contact_value',
};
function in_form({ field, code }: FieldFault): FieldFault {
  return { field: FORM_NAMES[field] ?? field.replace(/^consultation\./, ''), code };
}

interface Draft {
  values: Fields;
  faults: FieldFault[];
}
function begin(): Draft {
  return draft_of<Draft>(KEY) ?? { values: fresh(), faults: [] };
}

export function IntakePage() {
  return <>
    <PageHead title={t.intake.title}><p>{t.intake.lead}</p></PageHead>
    <WithDraft form={KEY}>{() => <IntakeForm/>}</WithDraft>
  </>;
}

function IntakeForm() {
  const [draft, set_draft] = useState(begin);
  const { values, faults } = draft;
  const write = (next: Draft) => {
    set_draft(next);
    keep_draft(KEY, next);
  };
  const change = (name: string, value: unknown) =>
    write({ values: { ...values, [name]: value }, faults: faults.filter(fault => fault.field !== name) });
  const check = () => {
    const found = faults_of(asked(values), values);
    write({ values, faults: found });
    if (found.length === 0) go(['intake', 'check']);
  };
  const inputs = (fields: readonly Field[]) =>
    <Inputs fields={fields} values={values} faults={faults} on_change={change}/>;
  const has_contact = values['gave_no_contact'] !== true;
  const is_known = contact_of(values) !== null;
  return <>
    <ErrorSummary faults={faults}/>
    <Form on_send={check} busy={false} send={t.intake.check}>
      <div class="cols">
        <div>
          {inputs(RECEIVED)}
          {may('reveal') && <WhoCalls known={known_of(values)} on_take={known => write({ values: { ...values, known },
            faults: faults.filter(fault => !OF_CONTACT.has(fault.field)) })}/>}
          {has_contact && inputs(is_known ? NEW_CHANNEL : CHANNEL)}
          <Check name="gave_no_contact" label={t.intake.no_contact} value={!has_contact}
            on_change={is_on => change('gave_no_contact', is_on)}/>
          {has_contact && (!is_known || Boolean(values['contact_value'])) && inputs(SAFETY)}
          <Text name="original" label={t.fields.original} rows={8} value={String(values['original'] ?? '')}
            on_change={text => change('original', text)} hint={t.intake.original_hint}
            fault={fault_text(faults, 'original')}/>
          {has_contact && <Proposals text={String(values['original'] ?? '')} on_take={(kind, value) =>
            write({ values: { ...values, contact_kind: kind, contact_value: value },
              faults: faults.filter(fault => fault.field !== 'contact_value') })}/>}
        </div>
        <aside class="side">
          <section aria-labelledby="say"><h2 id="say">{t.intake.say}</h2>
            <p class="q">{t.intake.say_note}</p>
            <ul class="xlist">{t.intake.do_not.map(text => <li key={text}>{text}</li>)}</ul></section>
          {inputs(DONE)}
          <h3>{t.intake.call_back}</h3>
          {inputs(CALL_BACK)}
        </aside>
      </div>
      <section class="sec" aria-labelledby="more">
        <h2 id="more">{t.intake.more}</h2>
        <p class="q">{t.intake.more_note}</p>
        {inputs(is_known ? ABOUT.filter(field => !OF_NEW_CONTACT.has(field.name)) : ABOUT)}
        <Check name="information_only" label={t.fields.information_only} value={values['information_only'] === true}
          on_change={is_on => change('information_only', is_on)} hint={t.intake.information_hint}/>
        {inputs(CONSULTATION_QUESTIONS)}
        {inputs(LAST)}
      </section>
    </Form>
  </>;
}

function Proposals({ text, on_take }: { text: string; on_take: (kind: 'phone' | 'mail', value: string) => void }) {
  const found = proposals_in(text);
  if (found.length === 0) return null;
  return <div role="status"><p class="q">{t.intake.proposals}</p>
    <p class="buttons">{found.map(({ kind, value }) => <button type="button" key={value} class="btn-q"
      onClick={() => on_take(kind, value)}>{t.intake.take(t.codes.channel_kind[kind], value)}</button>)}</p></div>;
}

export function CheckPage() {
  const [{ values }] = useState(begin);
  const { busy, problem, run } = use_act();
  const has_draft = draft_of<Draft>(KEY) !== undefined;
  const send = () => run(async () => {
    try {
      const made = await take_in(body_of(values), String(values['key']));
      drop_draft(KEY);
      replace(['consultations', made.consultation.id], { made: '1' });
    } catch (error) {
      if (error instanceof Problem && error.status >= 400 && error.status < 500) {
        // It was refused, so what is sent next is another request.
        values['key'] = random_key();
        keep_draft(KEY, { values, faults: error.fields.map(in_form) });
        if (error.fields.length > 0) return replace(['intake']);
      }
      throw error;
    }
  });
  if (!has_draft) return <><PageHead title={t.intake.check_title}/><p>{t.intake.nothing}</p>
    <p><a class="btn" href={href(['intake'])}>{t.intake.take_in}</a></p></>;
  const no_contact = values['gave_no_contact'] === true;
  return <>
    <PageHead title={t.intake.check_title}><p>{t.intake.check_lead}</p></PageHead>
    <ErrorSummary faults={[]} problem={problem}/>
    <Form on_send={send} busy={busy} send={t.intake.send} back={href(['intake'])}>
      {known_of(values) && !(no_contact && known_of(values)?.organisation == null) && <p><b>{t.who.chosen}</b>{' '}
        {no_contact ? known_of(values)?.organisation?.name : known_text(known_of(values)!)}</p>}
      {no_contact && <p><b>{t.intake.no_contact}</b></p>}
      <Answers fields={asked(values)} row={values}/>
      {values['information_only'] === true && <p><b>{t.fields.information_only}</b></p>}
    </Form>
  </>;
}
