// Who is calling: looked up while it is typed, by name, reading, number, address or organisation. The audit keeps whose
// names were shown. A plain list of buttons, so that keys and screen readers need nothing special.
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Known, people } from '../api/views.ts';
import { t } from '../words/index.ts';
import { Before } from './before.tsx';
import { field_id } from './fields.tsx';
import { as_problem, ProblemText } from './load.tsx';
import type { Problem } from '../api/client.ts';

/** Long enough not to ask for every letter, short enough not to be waited for. */
const QUIET_MS = 400;
const LEAST_TYPED = 2;

export function known_text({ contact, organisation }: Known): string {
  const person = contact && [contact.name ?? t.contact.person,
    contact.name_kana ? t.common.in_brackets(contact.name_kana) : '', contact.role ? ` ${contact.role}` : ''].join('');
  return [person, organisation?.name].filter(Boolean).join(t.common.comma);
}
function matched_text(matched: string): string {
  return (t.codes.channel_kind as Record<string, string>)[matched] ?? (t.fields as Record<string, string>)[matched] ?? matched;
}

interface WhoCallsProps {
  known: Known | null;
  on_take: (known: Known | null) => void;
}
export function WhoCalls({ known, on_take }: WhoCallsProps) {
  if (known === null) return <LookUp on_take={on_take}/>;
  return <div class="field">
    <p><b>{t.who.chosen}</b> {known_text(known)}{' '}
      {known.contact && !known.contact.may_be_contacted && <span class="unsafe">{t.contact.not_to_be_contacted} </span>}
      <button type="button" class="btn-q" onClick={() => on_take(null)}>{t.organisation.take_away}</button></p>
    {known.organisation && <Before organisation={known.organisation.id}/>}
  </div>;
}

function LookUp({ on_take }: { on_take: (known: Known) => void }) {
  const [words, set_words] = useState('');
  const [found, set_found] = useState<{ items: Known[]; has_more: boolean } | null>(null);
  const [problem, set_problem] = useState<Problem | null>(null);
  const turn = useRef(0);
  const ask = async (part: string) => {
    const mine = ++turn.current;
    try {
      const answer = await people(part);
      if (mine !== turn.current) return;
      set_found(answer);
      set_problem(null);
    } catch (error) {
      if (mine === turn.current) set_problem(as_problem(error));
    }
  };
  useEffect(() => {
    const part = words.trim();
    if ([...part].length < LEAST_TYPED) {
      ++turn.current;
      set_found(null);
      return undefined;
    }
    const timer = setTimeout(() => void ask(part), QUIET_MS);
    return () => clearTimeout(timer);
  }, [words]);
  useEffect(() => () => { ++turn.current; }, []);
  const id = field_id('who');
  return <div class="field">
    <label for={id}><b>{t.who.label}</b></label>
    <input id={id} type="search" value={words} autocomplete="off" aria-describedby={`${id}-hint`}
      onInput={event => set_words(event.currentTarget.value)}
      onKeyDown={event => {
        // Enter looks up; it does not send a form that has just been begun.
        if (event.key === 'Enter' && !event.ctrlKey && !event.isComposing) {
          event.preventDefault();
          if (words.trim() !== '') void ask(words.trim());
        }
      }}/>
    <small id={`${id}-hint`} class="qq">{t.who.hint}</small>
    {problem && <ProblemText problem={problem}/>}
    <p class="q" role="status">{found === null ? ''
      : found.items.length === 0 ? t.who.none : t.who.found(found.items.length, found.has_more)}</p>
    {found !== null && found.items.length > 0 && <ul class="plain">{found.items.map(one =>
      <li key={(one.contact ?? one.organisation)?.id}><button type="button" class="btn-q" onClick={() => on_take(one)}>
        {known_text(one)}{t.common.in_brackets(t.who.matched(matched_text(one.matched)))}</button></li>)}</ul>}
  </div>;
}
