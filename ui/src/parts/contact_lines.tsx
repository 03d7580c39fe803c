// Ways to reach somebody: shown on demand, and the audit keeps who looked. What must not be used says so in words.
import { useState } from 'preact/hooks';
import { get, list_all, reveal } from '../api/client.ts';
import type { Channel, Contact, Ulid } from '../api/types.ts';
import { href } from '../lib/router.ts';
import { t } from '../words/index.ts';
import { code_word } from './basics.tsx';
import { ProblemText, Show, use_act, use_load } from './load.tsx';

/** A value that is not on the page until somebody asks for it. */
export function Secret<T>({ show, children }: { show: () => Promise<T>; children: (value: T) => string }) {
  const [value, set_value] = useState<T | null>(null);
  const { busy, problem, run } = use_act();
  if (value !== null) return <span class="secret" role="status">{children(value) || t.common.nothing_written}</span>;
  return <>
    <button type="button" class="btn-q secret" onClick={() => run(async () => set_value(await show()))}>
      {busy ? t.common.waiting : t.contact.show}</button>
    {problem && <ProblemText problem={problem}/>}
  </>;
}

export function Safety({ channel }: { channel: Channel }) {
  return <>
    <span class={channel.safety === 'unsafe' ? 'unsafe' : ''}>{code_word('safety', channel.safety)}</span>
    {channel.safety_basis && ` ${channel.safety_basis}`}
  </>;
}

export function ContactLines({ id }: { id: Ulid }) {
  const loaded = use_load(async () => {
    const [contact, channels] = await Promise.all([get('contacts', id), list_all('channels', { contact_id: id })]);
    return { contact, channels };
  }, [id]);
  return <Show of={loaded}>{({ contact, channels }) => <table class="stack">
    <thead><tr><th>{t.contact.who}</th><th>{t.contact.way}</th><th>{t.contact.usable}</th></tr></thead>
    <tbody>{channels.length === 0 && <tr><td><ContactName contact={contact}/></td>
      <td colSpan={2} class="q">{t.contact.no_channel}</td></tr>}
    {channels.map((channel, nth) => <tr key={channel.id}>
      <td>{nth === 0 ? <ContactName contact={contact}/> : ''}</td>
      <td data-l={t.contact.way}>{code_word('channel_kind', channel.kind)}{' '}
        <Secret show={() => reveal('channels', channel.id)}>{found => found.value ?? ''}</Secret></td>
      <td data-l={t.contact.usable}><Safety channel={channel}/></td>
    </tr>)}</tbody>
  </table>}</Show>;
}

function ContactName({ contact }: { contact: Contact }) {
  return <>
    <a href={href(['contacts', contact.id])}>{contact.role ?? t.contact.person}</a>{' '}
    <Secret show={() => reveal('contacts', contact.id)}>{found =>
      [found.name, found.name_kana && t.common.in_brackets(found.name_kana)].filter(Boolean).join('')}</Secret>
    {!contact.may_be_contacted && <> <span class="unsafe">{t.contact.not_to_be_contacted}</span></>}
  </>;
}
