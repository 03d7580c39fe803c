// Notes of a case: each with its version, written on where it stands.
import { useEffect, useState } from 'preact/hooks';
import type { Note } from '../api/types.ts';
import { FIELDS } from '../entities.ts';
import { draft_of } from '../lib/drafts.ts';
import { href } from '../lib/router.ts';
import { Written } from '../parts/basics.tsx';
import { Editor, Maker } from '../parts/editor.tsx';
import { use_offers } from '../parts/offers.ts';
import { Stand } from '../parts/row_page.tsx';
import { t } from '../words/index.ts';
import type { Whole } from './case.tsx';

export function Notes({ whole: { row, notes }, on_change }: { whole: Whole; on_change: () => void }) {
  const [is_adding, set_adding] = use_open(`new notes ${row.id}`);
  return <><h3>{t.note.name}</h3>
    {notes.length === 0 && !is_adding && <p class="q">{t.note.none}</p>}
    {notes.map(note => <OneNote key={note.id} note={note}/>)}
    <div class="noprint">{is_adding
      ? <div class="box"><Maker plural="notes" draft_key={row.id} fields={FIELDS.notes} initial={{}}
        fixed={{ case_id: row.id }} send={t.note.save} on_made={() => { set_adding(false); on_change(); }}/></div>
      : <p><button type="button" class="btn-q" onClick={() => set_adding(true)}>{t.note.add}</button></p>}</div>
  </>;
}

/** A form stands open where something of it was left, in this tab or on the server. */
function use_open(form: string): [boolean, (is_open: boolean) => void] {
  const [is_open, set_open] = useState(draft_of(form) !== undefined);
  const count = use_offers(form).length;
  useEffect(() => {
    if (count > 0) set_open(true);
  }, [count]);
  return [is_open, set_open];
}

function OneNote({ note }: { note: Note }) {
  const [row, set_row] = useState(note);
  const [is_open, set_open] = use_open(`notes/${note.id}`);
  if (is_open)
    return <div class="box"><Editor plural="notes" row={row} fields={FIELDS.notes}
      on_saved={saved => { set_row(saved); set_open(false); }}/>
    <p><button type="button" class="btn-t" onClick={() => set_open(false)}>{t.note.later}</button></p></div>;
  return <div class="thing" data-row>
    {row.title && <h4>{row.title}</h4>}
    <div class="box"><Written text={row.body}/></div>
    <Stand row={row} plural="notes"/>
    <p class="buttons noprint"><button type="button" class="btn-q" onClick={() => set_open(true)}>{t.note.write_on}</button>
      <a class="btn btn-q" href={href(['bin', 'notes', row.id])}>{t.rows.to_bin}</a></p>
  </div>;
}
