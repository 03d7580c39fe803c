// Small things that stand on many pages.
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Answer, Code, Enumeration, Header, Instant } from '../api/types.ts';
import { user_name } from '../session.ts';
import { clock_text, day_text, from_instant, moment_text, weekday, zone_mark } from '../lib/time.ts';
import { t } from '../words/index.ts';

export function code_word<E extends Enumeration>(of: E, code: string): string {
  return (t.codes[of] as Record<string, string>)[code] ?? code;
}

/** A moment in the desk's zone; `zoned` names the zone where no head of a table does. */
export function Moment({ at, zoned = false }: { at: Instant | null; zoned?: boolean }) {
  if (at === null) return <>—</>;
  return <time dateTime={at}>{moment_text(from_instant(at))}{zoned && ` ${zone_mark()}`}</time>;
}
/** With its weekday: beside a deadline. */
export function Due({ at }: { at: Instant | null }) {
  if (at === null) return <>{t.common.no_deadline}</>;
  const ticks = from_instant(at);
  const is_today = day_text(ticks) === day_text(Date.now());
  const day = is_today ? t.common.today : `${day_text(ticks)}${t.common.in_brackets(t.weekdays[weekday(ticks)]!)}`;
  return <time dateTime={at}>{day} {clock_text(ticks)}</time>;
}
export function is_past(at: Instant | null): boolean {
  return at !== null && from_instant(at) < Date.now();
}

export function Tlp({ tlp }: { tlp: Code<'tlp'> }) {
  return <span class={`tlp tlp-${tlp}`}>{code_word('tlp', tlp)}</span>;
}

interface HeadProps {
  title: string;
  /** Of what stands on this page. */
  tlp?: Code<'tlp'>;
  above?: ComponentChildren;
  children?: ComponentChildren;
}
/** On the first page the focus stays where a browser puts it, before the way past the menu. */
let has_shown_a_page = false;

/** Head of a page: its title gets the focus, so that who cannot see hears where they are. */
export function PageHead({ title, tlp = 'amber_strict', above, children }: HeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} - konseki`;
    document.body.dataset['tlp'] = tlp;
  }, [title, tlp]);
  // Before the page is seen: who begins to write at once keeps the focus where they write.
  useLayoutEffect(() => {
    if (has_shown_a_page) heading.current?.focus({ preventScroll: true });
    has_shown_a_page = true;
  }, []);
  return <div class="head">
    <div class="meta"><Tlp tlp={tlp}/>{above}</div>
    <h1 ref={heading} tabIndex={-1}>{title}</h1>
    {children}
  </div>;
}

/** The four texts of no value, or the value in words. */
export function answer_text<T>(answer: Answer<T> | undefined, say: (value: T) => string): string {
  if (answer === null || answer === undefined) return t.answers.not_asked;
  return answer.answer === 'value' ? say(answer.value) : t.answers[answer.answer];
}
export function AnswerText<T>({ answer, say }: { answer: Answer<T>; say: (value: T) => string }) {
  const is_value = answer !== null && answer.answer === 'value';
  return <span class={is_value ? '' : 'st'}>{answer_text(answer, say)}</span>;
}

/** Only what the server answered counts as saved. */
export function Saved({ row }: { row: Header }) {
  return <b role="status">{t.common.saved(clock_or_moment(row.updated_at), row.version)}</b>;
}
export function clock_or_moment(at: Instant): string {
  const ticks = from_instant(at);
  return day_text(ticks) === day_text(Date.now()) ? clock_text(ticks) : moment_text(ticks);
}
export function By({ row }: { row: Header }) {
  return <>{user_name(row.updated_by)}</>;
}

export function Section({ id, title, children, note }:
    { id: string; title: string; children: ComponentChildren; note?: string }) {
  return <section class="sec" aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {note && <p class="q">{note}</p>}
    {children}
  </section>;
}

/** What is written in many lines, as it was written. */
export function Written({ text }: { text: string | null | undefined }) {
  return <p class="written">{text ?? ''}</p>;
}

/** A line of a list of things to do; j and k walk over them. */
export function Row({ children, due }: { children: ComponentChildren; due?: ComponentChildren }) {
  return <li data-row><div>{children}</div>{due !== undefined && <div class="due">{due}</div>}</li>;
}
