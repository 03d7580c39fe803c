// One control for each kind of field beyond a line.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { CODES, type Enumeration } from '../api/types.ts';
import { day_text, from_instant, moment_text, parse_moment, to_instant, weekday, zone_mark } from '../lib/time.ts';
import { t } from '../words/index.ts';
import { code_word } from './basics.tsx';
import { After, described, type FieldProps, field_id, Line, Need } from './fields.tsx';

export function Text(props: FieldProps<string> & { rows?: number; is_mono?: boolean }) {
  const { name, label, value, on_change, is_required, fault, rows = 5 } = props;
  return <p class="field">
    <label for={field_id(name)}><b>{label}</b> <Need is_required={is_required}/></label>
    <textarea id={field_id(name)} name={name} rows={rows} value={value} required={is_required ?? false}
      class={props.is_mono ? 'mono' : ''} aria-invalid={fault ? 'true' : 'false'} {...described(props)}
      onInput={event => on_change(event.currentTarget.value)}/>
    <After {...props}/>
  </p>;
}

/** What was typed stays as typed; what was understood stands beneath it. A text that is no moment is handed on as it
 *  is, so that the form can say so. */
export function InstantField(props: FieldProps<string>) {
  const { value, on_change, fault, hint } = props;
  const ticks = from_instant(value);
  const is_understood = value !== '' && !Number.isNaN(ticks) && /Z$/.test(value);
  const [typed, set_typed] = useState(is_understood ? moment_text(ticks) : value);
  const change = (text: string) => {
    set_typed(text);
    const found = parse_moment(text);
    on_change(found === null ? text.trim() : to_instant(found));
  };
  const understood = is_understood
    ? t.common.understood(`${day_text(ticks)}${t.common.in_brackets(t.weekdays[weekday(ticks)]!)}` +
      `${moment_text(ticks).slice(10)} ${zone_mark()}`)
    : t.common.moment_form;
  return <Line {...props} label={`${props.label}${t.common.in_brackets(zone_mark())}`} value={typed}
    on_change={change} hint={hint ? `${hint} ${understood}` : understood} fault={fault}/>;
}

export function Check({ name, label, value, on_change, hint, fault }: FieldProps<boolean>) {
  return <p class="field check">
    <label><input type="checkbox" id={field_id(name)} name={name} checked={value} {...described({ name, hint, fault })}
      onChange={event => on_change(event.currentTarget.checked)}/>{label}</label>
    <After name={name} hint={hint} fault={fault}/>
  </p>;
}

export interface Choice {
  value: string;
  label: string;
}
/** A group of radio buttons: what can be chosen is seen without a click. */
export function Radios(props: FieldProps<string> & { choices: readonly Choice[]; apart?: readonly Choice[];
    children?: ComponentChildren }) {
  const { name, label, value, on_change, is_required, choices, apart = [], hint, fault } = props;
  const radio = (choice: Choice) => <label key={choice.value}>
    <input type="radio" name={name} value={choice.value} checked={value === choice.value}
      onChange={() => on_change(choice.value)}/>{choice.label}
  </label>;
  return <fieldset id={field_id(name)} class="field radios" {...described({ name, hint, fault })}>
    <legend><b>{label}</b> <Need is_required={is_required}/></legend>
    <div class="choices">{choices.map(radio)}</div>
    {apart.length > 0 && <div class="choices apart">{apart.map(radio)}</div>}
    {props.children}
    <After name={name} hint={hint} fault={fault}/>
  </fieldset>;
}

export function Select(props: FieldProps<string> & { choices: readonly Choice[] }) {
  const { name, label, value, on_change, is_required, choices, fault } = props;
  return <p class="field">
    <label for={field_id(name)}><b>{label}</b> <Need is_required={is_required}/></label>
    <select id={field_id(name)} name={name} value={value} aria-invalid={fault ? 'true' : 'false'}
      {...described(props)} onChange={event => on_change(event.currentTarget.value)}>
      {choices.map(choice => <option key={choice.value} value={choice.value}
        selected={choice.value === value}>{choice.label}</option>)}
    </select>
    <After {...props}/>
  </p>;
}

export function choices_of(of: Enumeration): Choice[] {
  return CODES[of].map(code => ({ value: code, label: code_word(of, code) }));
}
/** Up to this many codes are shown as radio buttons; more as a list to open. */
const MOST_RADIOS = 11;
export function CodeField(props: FieldProps<string> & { of: Enumeration }) {
  const choices = choices_of(props.of);
  return choices.length > MOST_RADIOS ? <Select {...props} choices={choices}/> : <Radios {...props} choices={choices}/>;
}
