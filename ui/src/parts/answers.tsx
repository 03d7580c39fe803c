// Questions whose blank is no "no": not asked, they do not know, declined, does not apply, or a value.
import type { Answer, Enumeration } from '../api/types.ts';
import { t } from '../words/index.ts';
import { type Choice, choices_of, Radios } from './controls.tsx';
import { type FieldProps, field_id } from './fields.tsx';

type Bare = 'unknown' | 'declined' | 'not_applicable';
const BARE: readonly Bare[] = ['unknown', 'declined', 'not_applicable'];
const NOT_ASKED = 'not_asked', VALUE = 'value';

function bare_choices(): Choice[] {
  return BARE.map(state => ({ value: state, label: t.answers[state] }));
}
function not_asked(): Choice {
  return { value: NOT_ASKED, label: t.answers.not_asked };
}
function is_bare(state: string): state is Bare {
  return (BARE as readonly string[]).includes(state);
}
/** Its radio button: a state, or `=` and the value. */
function chosen_of(answer: Answer<string>): string {
  if (answer === null) return NOT_ASKED;
  return answer.answer === 'value' ? `=${answer.value}` : answer.answer;
}
function answer_of(chosen: string): Answer<string> {
  if (is_bare(chosen)) return { answer: chosen };
  return chosen.startsWith('=') ? { answer: 'value', value: chosen.slice(1) } : null;
}

type AnswerProps<T> = FieldProps<Answer<T>>;

/** One of a few codes: every code is a radio button of the same group. */
export function AnswerCode(props: AnswerProps<string> & { of: Enumeration }) {
  const codes = choices_of(props.of).map(({ value, label }) => ({ value: `=${value}`, label }));
  return <Radios {...props} value={chosen_of(props.value)} on_change={chosen => props.on_change(answer_of(chosen))}
    choices={[not_asked(), ...codes]} apart={bare_choices()}/>;
}

/** A list of codes that is too long for radio buttons. */
export function AnswerList(props: AnswerProps<string> & { choices: readonly Choice[] }) {
  const { value, on_change, name, label, choices } = props;
  const is_value = value !== null && value.answer === 'value';
  const change = (state: string) => on_change(
    state === VALUE ? { answer: 'value', value: choices[0]!.value } : answer_of(state));
  return <Radios {...props} value={is_value ? VALUE : chosen_of(value)} on_change={change} apart={bare_choices()}
    choices={[not_asked(), { value: VALUE, label: t.answers.chosen }]}>
    {is_value && <select aria-label={label} name={`${name}-value`} value={value.value}
      onChange={event => on_change({ answer: 'value', value: event.currentTarget.value })}>
      {choices.map(choice => <option key={choice.value} value={choice.value}
        selected={choice.value === value.value}>{choice.label}</option>)}
    </select>}
  </Radios>;
}

/** Several codes: a tick makes it an answer, and the last tick taken away makes it "not asked" again. */
export function AnswerCodes(props: AnswerProps<string[]> & { of: Enumeration }) {
  const { name, value, on_change, of } = props;
  const ticked = value !== null && value.answer === 'value' ? value.value : [];
  const state = value === null ? NOT_ASKED : value.answer;
  const all = choices_of(of);
  const tick = (code: string, is_on: boolean) => {
    const now = all.map(choice => choice.value).filter(one => (one === code ? is_on : ticked.includes(one)));
    on_change(now.length === 0 ? null : { answer: 'value', value: now });
  };
  const choose = (chosen: string) => on_change(is_bare(chosen) ? { answer: chosen } : null);
  return <Radios {...props} value={state} on_change={choose} apart={[]}
    choices={[not_asked(), ...bare_choices()]}>
    <div class="choices several" role="group" aria-label={props.label}>
      {all.map(({ value: code, label }) => <label key={code}>
        <input type="checkbox" id={`${field_id(name)}-${code}`} name={`${name}-${code}`}
          checked={ticked.includes(code)} onChange={event => tick(code, event.currentTarget.checked)}/>{label}
      </label>)}
    </div>
  </Radios>;
}

export function prefecture_choices(): Choice[] {
  return Object.entries(t.prefectures).sort(([a], [b]) => (a < b ? -1 : 1)).map(([value, label]) => ({ value, label }));
}
