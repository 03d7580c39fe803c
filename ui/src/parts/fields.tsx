// A line to write in, and what each control has round it: a label, a hint, a fault, in the same order everywhere.
import { t } from '../words/index.ts';

export interface FieldProps<T> {
  name: string;
  label: string;
  value: T;
  on_change: (value: T) => void;
  is_required?: boolean | undefined;
  hint?: string | undefined;
  fault?: string | undefined;
}

export const field_id = (name: string) => `f-${name.replace(/[^a-z0-9_]/g, '-')}`;

/** Ids of what tells more of a control. */
export function described({ name, hint, fault }: { name: string; hint?: string | undefined; fault?: string | undefined }) {
  const ids = [hint && `${field_id(name)}-hint`, fault && `${field_id(name)}-fault`].filter(Boolean).join(' ');
  return ids === '' ? {} : { 'aria-describedby': ids };
}

export function Need({ is_required }: { is_required?: boolean | undefined }) {
  return is_required ? <span class="st">{t.common.required}</span> : null;
}

export function After({ name, hint, fault }: { name: string; hint?: string | undefined; fault?: string | undefined }) {
  return <>
    {hint && <small id={`${field_id(name)}-hint`} class="qq">{hint}</small>}
    {fault && <small id={`${field_id(name)}-fault`} class="fault">{fault}</small>}
  </>;
}

interface LineProps extends FieldProps<string> {
  type?: 'text' | 'password' | 'search';
  autocomplete?: string;
  inputmode?: 'numeric' | 'text';
  readonly?: boolean;
}
export function Line(props: LineProps) {
  const { name, label, value, on_change, is_required, fault, type = 'text' } = props;
  return <p class="field">
    <label for={field_id(name)}><b>{label}</b> <Need is_required={is_required}/></label>
    <input id={field_id(name)} name={name} type={type} value={value} autocomplete={props.autocomplete ?? 'off'}
      inputMode={props.inputmode ?? 'text'} readOnly={props.readonly ?? false} required={is_required ?? false}
      aria-invalid={fault ? 'true' : 'false'} {...described(props)}
      onInput={event => on_change(event.currentTarget.value)}/>
    <After {...props}/>
  </p>;
}

/** A moment as the interface writes it. */
export function is_instant(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(value);
}
