// Forms: what is wrong stands on top and leads to its field; the server has the last word on every field.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { FieldFault, Problem } from '../api/client.ts';
import type { Enumeration } from '../api/types.ts';
import type { Fields } from '../lib/merge.ts';
import { t } from '../words/index.ts';
import { field_id, is_instant } from './fields.tsx';
import { say_problem } from './load.tsx';

export type Kind =
  | 'line' | 'text' | 'instant' | 'date' | 'boolean' | 'organisation' | 'prefecture_answer'
  | { code: Enumeration } | { answer: Enumeration } | { answer_list: Enumeration } | { answers: Enumeration };

export interface Field {
  name: keyof Words_fields;
  kind: Kind;
  is_required?: boolean;
  hint?: () => string;
}
type Words_fields = typeof t.fields;

export const label_of = (name: string) => (t.fields as Record<string, string>)[name] ?? name;

function say_fault(code: string): string {
  return (t.faults as Record<string, string>)[code] ?? t.faults.other;
}

/** What can be seen to be wrong before anything is sent. */
export function faults_of(fields: readonly Field[], values: Fields): FieldFault[] {
  const found: FieldFault[] = [];
  for (const { name, kind, is_required } of fields) {
    const value = values[name];
    const is_empty = value === null || value === undefined || value === '';
    if (is_empty && is_required) found.push({ field: name, code: 'missing' });
    else if (!is_empty && kind === 'instant' && !is_instant(value)) found.push({ field: name, code: 'no_moment' });
    else if (!is_empty && kind === 'date' && !/^\d{4}-\d\d-\d\d$/.test(String(value)))
      found.push({ field: name, code: 'no_date' });
  }
  return found;
}

interface SummaryProps {
  faults: readonly FieldFault[];
  problem?: Problem | null;
}
/** Comes into sight and takes the focus when something new stands in it, not while one thing after the other is mended. */
export function ErrorSummary({ faults, problem = null }: SummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  const before = useRef<{ faults: readonly FieldFault[]; problem: Problem | null }>({ faults: [], problem: null });
  const is_shown = faults.length > 0 || problem !== null;
  useEffect(() => {
    const is_new = faults.some(fault => !before.current.faults.includes(fault)) ||
      (problem !== null && problem !== before.current.problem);
    before.current = { faults, problem };
    if (is_new) box.current?.focus();
  }, [faults, problem]);
  if (!is_shown) return null;
  return <div class="problem" role="alert" tabIndex={-1} ref={box}>
    <h2>{faults.length > 0 ? t.common.mend : t.common.not_done}</h2>
    {faults.length > 0 && <ul>{faults.map(({ field, code }) => <li key={field}>
      <a href={`#${field_id(field)}`} onClick={event => { event.preventDefault(); focus_field(field); }}>
        {label_of(field.split('.').at(-1)!)}: {say_fault(code)}</a>
    </li>)}</ul>}
    {problem !== null && faults.length === 0 && <p>{say_problem(problem)}</p>}
    {problem?.request_id && <p class="qq">{t.problems.request(problem.request_id)}</p>}
  </div>;
}
function focus_field(name: string): void {
  const found = document.getElementById(field_id(name));
  const control = found?.matches('fieldset') ? found.querySelector<HTMLElement>('input,select') : found;
  control?.focus();
  found?.scrollIntoView({ block: 'center' });
}
export function fault_text(faults: readonly FieldFault[], name: string): string | undefined {
  const found = faults.find(fault => fault.field === name);
  return found && say_fault(found.code);
}

interface FormProps {
  on_send: () => void;
  busy: boolean;
  send: string;
  /** Where Cancel leads. */
  back?: string;
  children: ComponentChildren;
  is_grave?: boolean;
}
/** Ctrl+Enter sends it too. */
export function Form({ on_send, busy, send, back, children, is_grave = false }: FormProps) {
  return <form noValidate onSubmit={event => { event.preventDefault(); on_send(); }}>
    {children}
    <p class="buttons">
      <button type="submit" class={is_grave ? 'btn-g' : 'btn-p'} aria-disabled={busy}>{busy ? t.common.sending : send}</button>
      {back && <a class="btn btn-q" href={back}>{t.common.cancel}</a>}
    </p>
  </form>;
}
