// The controls of a form by its fields.
import type { FieldFault } from '../api/client.ts';
import type { Answer, Enumeration } from '../api/types.ts';
import type { Fields } from '../lib/merge.ts';
import { t } from '../words/index.ts';
import { AnswerCode, AnswerCodes, AnswerList, prefecture_choices } from './answers.tsx';
import { Check, CodeField, InstantField, Text } from './controls.tsx';
import { Line } from './fields.tsx';
import { type Field, fault_text, label_of } from './form.tsx';
import { OrganisationField } from './organisation_field.tsx';

interface InputsProps {
  fields: readonly Field[];
  values: Fields;
  faults: readonly FieldFault[];
  on_change: (name: string, value: unknown) => void;
}
const text_of = (value: unknown) => (typeof value === 'string' ? value : '');
const null_if_empty = (text: string) => (text === '' ? null : text);

export function Inputs({ fields, values, faults, on_change }: InputsProps) {
  return <>{fields.map(({ name, kind, is_required, hint }) => {
    const value = values[name];
    const common = { name, label: label_of(name), is_required, hint: hint?.(), fault: fault_text(faults, name) };
    const set = (now: unknown) => on_change(name, now);
    const set_text = (now: string) => set(null_if_empty(now));
    const answer = (value ?? null) as Answer<string>;
    if (kind === 'line' || kind === 'date')
      return <Line key={name} {...common} value={text_of(value)} on_change={set_text}
        hint={kind === 'date' ? t.common.date_form : common.hint}/>;
    if (kind === 'text') return <Text key={name} {...common} value={text_of(value)} on_change={set_text}/>;
    if (kind === 'instant') return <InstantField key={name} {...common} value={text_of(value)} on_change={set_text}/>;
    if (kind === 'boolean') return <Check key={name} {...common} value={value === true} on_change={set}/>;
    if (kind === 'organisation')
      return <OrganisationField key={name} {...common} value={(value ?? null) as string | null} on_change={set}/>;
    if (kind === 'prefecture_answer')
      return <AnswerList key={name} {...common} value={answer} on_change={set} choices={prefecture_choices()}/>;
    if ('code' in kind)
      return <CodeField key={name} {...common} of={kind.code} value={text_of(value)} on_change={set}/>;
    if ('answer' in kind)
      return <AnswerCode key={name} {...common} of={kind.answer} value={answer} on_change={set}/>;
    if ('answer_list' in kind)
      return <AnswerList key={name} {...common} value={answer} on_change={set}
        choices={list_choices(kind.answer_list)}/>;
    return <AnswerCodes key={name} {...common} of={kind.answers} value={(value ?? null) as Answer<string[]>}
      on_change={set}/>;
  })}</>;
}

function list_choices(of: Enumeration) {
  return Object.entries(t.codes[of]).map(([value, label]) => ({ value, label }));
}
