// Which organisation: looked up by name or reading, never typed as an id.
import { useState } from 'preact/hooks';
import { get } from '../api/client.ts';
import type { Organisation, Ulid } from '../api/types.ts';
import { search } from '../api/views.ts';
import { t } from '../words/index.ts';
import { type FieldProps, field_id, Need } from './fields.tsx';
import { ProblemText, use_act, use_load } from './load.tsx';

/** As many as are looked through at a glance. */
const MOST_SHOWN = 8;

export function OrganisationField({ name, label, value, on_change, is_required, fault }: FieldProps<Ulid | null>) {
  const chosen = use_load(() => (value ? get('organisations', value) : Promise.resolve(null)), [value]);
  const [words, set_words] = useState('');
  const [found, set_found] = useState<Organisation[] | null>(null);
  const { busy, problem, run } = use_act();
  const look = () => run(async () => {
    const { items } = await search(words);
    set_found(items.flatMap(one => (one.kind === 'organisation' ? [one.row] : [])).slice(0, MOST_SHOWN));
  });
  const on_enter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.isComposing) return;
    event.preventDefault();
    void look();
  };
  const id = field_id(name);
  return <div class="field">
    <p><label for={id}><b>{label}</b> <Need is_required={is_required}/></label></p>
    <p>{value === null ? <span class="st">{t.organisation.none_chosen}</span>
      : chosen.state === 'ready' && chosen.value ? <b>{chosen.value.name}</b> : t.common.waiting}
      {' '}{value !== null && <button type="button" class="btn-q" onClick={() => on_change(null)}>
        {t.organisation.take_away}</button>}</p>
    <div class="beside"><input id={id} type="search" value={words} autocomplete="off" onKeyDown={on_enter}
      onInput={event => set_words(event.currentTarget.value)}/>
      <button type="button" class="btn-q" onClick={look}>{busy ? t.common.waiting : t.organisation.look}</button></div>
    {fault && <small class="fault">{fault}</small>}
    {problem && <ProblemText problem={problem}/>}
    {found !== null && <div role="status">
      {found.length === 0 && <p class="q">{t.organisation.none_found}</p>}
      {found.map(one => <p key={one.id}><button type="button" class="btn-q" onClick={() => {
        on_change(one.id);
        set_found(null);
        set_words('');
      }}>{one.name}</button></p>)}
    </div>}
  </div>;
}
