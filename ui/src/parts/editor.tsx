// Making and changing a thing of any kind. What is written stays until the server said that it has it.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { create, type FieldFault, patch, Problem } from '../api/client.ts';
import type { Entities, Header, Plural } from '../api/types.ts';
import { draft_of, drop_draft, keep_draft } from '../lib/drafts.ts';
import { changed, type Fields } from '../lib/merge.ts';
import { t } from '../words/index.ts';
import { type Conflict, ConflictView } from './conflict.tsx';
import { ErrorSummary, type Field, faults_of, Form } from './form.tsx';
import { Inputs } from './inputs.tsx';
import { as_problem, use_act } from './load.tsx';
import { WithDraft } from './with_draft.tsx';

type AnyRow = Header & Fields;

interface Draft {
  base: AnyRow;
  values: Fields;
}

interface EditorProps<K extends Plural> {
  plural: K;
  row: Entities[K];
  fields: readonly Field[];
  on_saved: (row: Entities[K]) => void;
  back?: string;
  children?: ComponentChildren;
}

export function Editor<K extends Plural>(props: EditorProps<K>) {
  return <WithDraft form={`${props.plural}/${props.row.id}`}>{() => <EditorForm {...props}/>}</WithDraft>;
}

function EditorForm<K extends Plural>({ plural, row, fields, on_saved, back, children }: EditorProps<K>) {
  const key = `${plural}/${row.id}`;
  const names = fields.map(field => field.name);
  const [draft, set_draft] = useState<Draft>(() => draft_of<Draft>(key) ??
    { base: row as unknown as AnyRow, values: { ...(row as unknown as AnyRow) } });
  const [faults, set_faults] = useState<FieldFault[]>([]);
  const [conflict, set_conflict] = useState<Conflict | null>(null);
  const { busy, problem, run } = use_act();
  const write = (next: Draft) => {
    set_draft(next);
    if (Object.keys(changed(next.base, next.values, names)).length > 0) keep_draft(key, next);
    else drop_draft(key);
  };
  const save = ({ base, values }: Draft) => run(async () => {
    const seen = faults_of(fields, values);
    set_faults(seen);
    if (seen.length > 0) return;
    const changes = changed(base, values, names);
    if (Object.keys(changes).length === 0) return on_saved(base as unknown as Entities[K]);
    try {
      const saved = await patch(plural, base.id, base.version, changes);
      drop_draft(key);
      on_saved(saved);
    } catch (error) {
      const found = as_problem(error);
      if (found.status === 412 && found.current)
        set_conflict({ base, theirs: { ...base, ...(found.current as AnyRow) }, mine: values });
      else {
        set_faults(found.fields);
        throw found;
      }
    }
  });
  const settle = (theirs: AnyRow, values: Fields) => {
    const next = { base: theirs, values };
    set_conflict(null);
    write(next);
    void save(next);
  };
  if (conflict)
    return <ConflictView conflict={conflict} fields={fields}
      on_settled={values => settle(conflict.theirs, values)}/>;
  return <>
    <ErrorSummary faults={faults} problem={problem}/>
    <Form on_send={() => void save(draft)} busy={busy} send={t.common.save} {...(back ? { back } : {})}>
      {children}
      <Inputs fields={fields} values={draft.values} faults={faults}
        on_change={(name, value) => {
          write({ ...draft, values: { ...draft.values, [name]: value } });
          set_faults(old => old.filter(fault => fault.field !== name));
        }}/>
      <p class="qq">{t.common.version_seen(draft.base.version)}</p>
    </Form>
  </>;
}

interface MakerProps<K extends Plural> {
  plural: K;
  /** Where the draft is kept. */
  draft_key: string;
  fields: readonly Field[];
  initial: Fields;
  fixed: Fields;
  send: string;
  on_made: (row: Entities[K]) => void;
  back?: string;
  children?: ComponentChildren;
}

export function Maker<K extends Plural>(props: MakerProps<K>) {
  return <WithDraft form={`new ${props.plural} ${props.draft_key}`}>{() => <MakerForm {...props}/>}</WithDraft>;
}

function MakerForm<K extends Plural>(props: MakerProps<K>) {
  const { plural, fields, fixed, on_made, back } = props;
  const key = `new ${plural} ${props.draft_key}`;
  const [values, set_values] = useState<Fields>(() => draft_of<Fields>(key) ?? props.initial);
  const [faults, set_faults] = useState<FieldFault[]>([]);
  const { busy, problem, run } = use_act();
  const send = () => run(async () => {
    const seen = faults_of(fields, values);
    set_faults(seen);
    if (seen.length > 0) return;
    try {
      const made = await create(plural, { ...filled(values), ...fixed });
      drop_draft(key);
      set_values(props.initial);
      on_made(made);
    } catch (error) {
      if (error instanceof Problem) set_faults(error.fields);
      throw error;
    }
  });
  const change = (name: string, value: unknown) => {
    const next = { ...values, [name]: value };
    set_values(next);
    set_faults(old => old.filter(fault => fault.field !== name));
    keep_draft(key, next);
  };
  return <>
    <ErrorSummary faults={faults} problem={problem}/>
    <Form on_send={send} busy={busy} send={props.send} {...(back ? { back } : {})}>
      {props.children}
      <Inputs fields={fields} values={values} faults={faults} on_change={change}/>
    </Form>
  </>;
}

/** What was not written is not sent: the server knows what stands there then. */
export function filled(values: Fields): Fields {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined &&
    value !== ''));
}
