// Head and foot of every page.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { go, href } from '../lib/router.ts';
import { moment_text, zone_mark, zone_name } from '../lib/time.ts';
import { may, me } from '../session.ts';
import { type Language, language, t } from '../words/index.ts';

const NAV = ['today', 'consultations', 'cases', 'organisations', 'table'] as const;

export function LanguageSwitch({ on_language }: { on_language: (wanted: Language) => void }) {
  const other: Language = language === 'ja' ? 'en' : 'ja';
  return <button type="button" class="btn-t" lang={other} onClick={() => on_language(other)}>
    {other === 'ja' ? t.frame.japanese : t.frame.english}</button>;
}

function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

interface FrameProps {
  route: string;
  /** When this page was opened. */
  opened: number;
  on_language: (wanted: Language) => void;
  on_leave: () => void;
  on_help: () => void;
  children: ComponentChildren;
}
export function Frame({ route, opened, on_language, on_leave, on_help, children }: FrameProps) {
  const [words, set_words] = useState('');
  const here = route.split('/')[1] ?? '';
  const pages = [...NAV, ...(may('manage_users') ? ['administration' as const] : [])];
  return <>
    <a class="skip" href="#main" onClick={skip}>{t.frame.skip}</a>
    <header class="top"><div class="wrap wide">
      <span class="name">{me?.desk.name || t.frame.name}</span>
      <nav aria-label={t.frame.nav}>{pages.map(page => <a key={page} href={href([page])}
        {...(here === page || (here === 'intake' && page === 'today') ? { 'aria-current': 'page' as const } : {})}>
        {t.frame.pages[page]}</a>)}</nav>
      <span class="sp"/>
      <form role="search" onSubmit={event => { event.preventDefault(); if (words.trim()) go(['search'], { q: words.trim() }); }}>
        <label class="vh" for="q">{t.frame.search}</label>
        <input id="q" type="search" placeholder={t.frame.search_hint} value={words}
          onInput={event => set_words(event.currentTarget.value)}/>
      </form>
      <span class="me"><a href={href(['account'])}>{me?.user.display_name}</a>{' '}
        <span title={zone_name()}>{t.frame.zone(zone_mark())}</span>
        <LanguageSwitch on_language={on_language}/>
        <button type="button" class="btn-t" onClick={on_leave}>{t.frame.leave}</button></span>
    </div></header>
    <div class="wrap wide"><main id="main" tabIndex={-1}>{children}</main><Foot opened={opened} on_help={on_help}/></div>
  </>;
}

function Foot({ opened, on_help }: { opened: number; on_help: () => void }) {
  return <footer class="foot">
    <span>{t.frame.state_of(`${moment_text(opened)} ${zone_mark()}`)} {t.frame.tlp_note}</span>
    <span class="noprint"><kbd>/</kbd> {t.keys.search}　<kbd>j</kbd> <kbd>k</kbd> {t.keys.walk}{'　'}
      <button type="button" class="btn-t" onClick={on_help}><kbd>?</kbd> {t.keys.help}</button></span>
  </footer>;
}
