// Somebody else saved while this was written: what it was, what they made of it, what is here. Nothing is sent until a
// person chose.
import { useState } from 'preact/hooks';
import { changed, clashes, type Fields, is_clean, merge_lines, merged_text } from '../lib/merge.ts';
import { user_name } from '../session.ts';
import { t } from '../words/index.ts';
import { clock_or_moment } from './basics.tsx';
import type { Field } from './form.tsx';
import { label_of } from './form.tsx';
import { value_text } from './shown.tsx';
import type { Header } from '../api/types.ts';

export interface Conflict {
  base: Header & Fields;
  theirs: Header & Fields;
  mine: Fields;
}

interface ConflictProps {
  conflict: Conflict;
  fields: readonly Field[];
  /** With all values to go on with, on top of their version. */
  on_settled: (values: Fields) => void;
}

/** Values that nobody fought over come of themselves. */
function begin(conflict: Conflict, names: readonly string[]): Fields {
  return { ...conflict.theirs, ...changed(conflict.base, conflict.mine, names) };
}

export function ConflictView({ conflict, fields, on_settled }: ConflictProps) {
  const { base, theirs, mine } = conflict;
  const names = fields.map(field => field.name);
  const fought = clashes(base, theirs, mine, names);
  const [values, set_values] = useState<Fields>(() => {
    const start = begin(conflict, names);
    for (const { name, kind } of fields)
      if (fought.includes(name) && kind === 'text')
        start[name] = merged_text(merge_lines(String(base[name] ?? ''), String(theirs[name] ?? ''),
          String(mine[name] ?? '')));
    return start;
  });
  const set = (name: string, value: unknown) => set_values(old => ({ ...old, [name]: value }));
  return <section class="conflict" role="alert" aria-labelledby="conflict">
    <h2 id="conflict">{t.conflict.title}</h2>
    <p>{t.conflict.who(user_name(theirs.updated_by), clock_or_moment(theirs.updated_at), theirs.version)}
      {' '}{fought.length === 0 ? t.conflict.none : t.conflict.choose}</p>
    {fields.filter(field => fought.includes(field.name)).map(field => <div key={field.name}>
      <h3>{label_of(field.name)}</h3>
      <div class="three">
        {([['base', base], ['theirs', theirs], ['mine', mine]] as const).map(([whose, row]) => <div key={whose}>
          <h4>{t.conflict[whose]}</h4>
          <p class="written">{value_text(field, row[field.name])}</p>
          {whose !== 'base' && <button type="button" class="btn-q" onClick={() => set(field.name, row[field.name])}>
            {t.conflict.take[whose]}</button>}
        </div>)}
      </div>
      {field.kind === 'text'
        ? <Merged field={field} conflict={conflict} value={String(values[field.name] ?? '')}
          on_change={value => set(field.name, value)}/>
        : <p><b>{t.conflict.goes_on(value_text(field, values[field.name]))}</b></p>}
    </div>)}
    <p class="buttons"><button type="button" class="btn-p" onClick={() => on_settled(values)}>{t.conflict.go_on}</button></p>
  </section>;
}

function Merged({ field, conflict, value, on_change }:
    { field: Field; conflict: Conflict; value: string; on_change: (value: string) => void }) {
  const { base, theirs, mine } = conflict;
  const pieces = merge_lines(String(base[field.name] ?? ''), String(theirs[field.name] ?? ''),
    String(mine[field.name] ?? ''));
  const id = `merged-${field.name}`;
  return <p class="field">
    <label for={id}><b>{t.conflict.merged}</b></label>
    <textarea id={id} rows={10} value={value} aria-describedby={`${id}-hint`}
      onInput={event => on_change(event.currentTarget.value)}/>
    <small class="qq" id={`${id}-hint`}>{is_clean(pieces) ? t.conflict.clean : t.conflict.doubled}</small>
  </p>;
}
