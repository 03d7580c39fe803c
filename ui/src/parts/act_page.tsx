// An act with a page of its own: what happens, in full, before it happens.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type FieldFault, Problem } from '../api/client.ts';
import type { Fields } from '../lib/merge.ts';
import { t } from '../words/index.ts';
import { ErrorSummary, type Field, faults_of, Form } from './form.tsx';
import { Inputs } from './inputs.tsx';
import { use_act } from './load.tsx';

interface ActFormProps {
  fields: readonly Field[];
  initial?: Fields;
  send: string;
  back: string;
  is_grave?: boolean;
  on_send: (values: Fields) => Promise<void>;
  children?: ComponentChildren;
  /** After the inputs: what follows from what was chosen. */
  after?: (values: Fields) => ComponentChildren;
}
export function ActForm({ fields, initial = {}, send, back, is_grave = false, on_send, children, after }: ActFormProps) {
  const [values, set_values] = useState<Fields>(initial);
  const [faults, set_faults] = useState<FieldFault[]>([]);
  const { busy, problem, run } = use_act();
  const go_on = () => run(async () => {
    const found = faults_of(fields, values);
    set_faults(found);
    if (found.length > 0) return;
    try {
      await on_send(values);
    } catch (error) {
      if (error instanceof Problem) set_faults(error.fields);
      throw error;
    }
  });
  return <>
    <ErrorSummary faults={faults} problem={problem}/>
    {problem?.status === 412 && <p class="note">{t.problems.changed_meanwhile}</p>}
    <Form on_send={go_on} busy={busy} send={send} back={back} is_grave={is_grave}>
      {children}
      <Inputs fields={fields} values={values} faults={faults}
        on_change={(name, value) => {
          set_values(old => ({ ...old, [name]: value }));
          set_faults(old => old.filter(fault => fault.field !== name));
        }}/>
      {after?.(values)}
    </Form>
  </>;
}
