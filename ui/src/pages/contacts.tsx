// A person and the ways to reach them. Opening the form shows the values: that too is kept in the audit.
import { useState } from 'preact/hooks';
import { list_all, reveal } from '../api/client.ts';
import type { Channel, Contact } from '../api/types.ts';
import { FIELDS } from '../entities.ts';
import { PageHead, Section, code_word } from '../parts/basics.tsx';
import { Safety, Secret } from '../parts/contact_lines.tsx';
import { Editor, Maker } from '../parts/editor.tsx';
import { ProblemText, Show, use_act, use_load } from '../parts/load.tsx';
import { OrganisationName } from '../parts/names.tsx';
import { Stand, WithRow } from '../parts/row_page.tsx';
import type { PageProps } from '../routes.ts';
import { t } from '../words/index.ts';

export function ContactPage({ ids }: PageProps) {
  const id = ids['id']!;
  return <WithRow plural="contacts" id={id}>{(row, load) => <>
    <PageHead title={row.role ?? t.contact.person} tlp="red" above={<span>{t.contact.name}</span>}>
      <p class="meta">{row.organisation_id && <OrganisationName id={row.organisation_id}/>}
        {!row.may_be_contacted && <span class="unsafe">{t.contact.not_to_be_contacted}</span>}</p></PageHead>
    <Revealed row={row} on_saved={load.set}/>
    <Channels id={id}/>
    <p class="qq">{t.contact.note}</p>
  </>}</WithRow>;
}

function Revealed({ row, on_saved }: { row: Contact; on_saved: (row: Contact) => void }) {
  const [whole, set_whole] = useState<Contact | null>(null);
  const { busy, problem, run } = use_act();
  if (whole !== null)
    return <Editor plural="contacts" row={whole} fields={FIELDS.contacts}
      on_saved={saved => { set_whole(null); on_saved(saved); }}/>;
  return <>
    {problem && <ProblemText problem={problem}/>}
    <p class="buttons"><button type="button" data-edit onClick={() => run(async () =>
      set_whole({ ...row, ...(await reveal('contacts', row.id)) }))}>{busy ? t.common.waiting : t.contact.show_and_edit}</button></p>
    <Stand row={row} plural="contacts"/>
  </>;
}

function Channels({ id }: { id: string }) {
  const loaded = use_load(() => list_all('channels', { contact_id: id }), [id]);
  return <Section id="channels" title={t.contact.ways}>
    <Show of={loaded}>{rows => rows.length === 0 ? <p class="q">{t.contact.no_channel}</p>
      : <>{rows.map(one => <OneChannel key={one.id} channel={one}/>)}</>}</Show>
    <h3>{t.contact.add_way}</h3>
    <Maker plural="channels" draft_key={id} fields={FIELDS.channels} initial={{ kind: 'phone', safety: 'unknown' }}
      fixed={{ contact_id: id }} send={t.contact.add_way} on_made={loaded.reload}/>
  </Section>;
}

const JUDGED = FIELDS.channels.filter(field => field.name.startsWith('safety'));

function OneChannel({ channel }: { channel: Channel }) {
  const [row, set_row] = useState(channel);
  const [is_open, set_open] = useState(false);
  return <div class="thing" data-row>
    <p><b>{code_word('channel_kind', row.kind)}</b>{' '}
      <Secret show={() => reveal('channels', row.id)}>{found => found.value ?? ''}</Secret>　<Safety channel={row}/></p>
    {is_open ? <Editor plural="channels" row={row} fields={JUDGED}
      on_saved={saved => { set_row(saved); set_open(false); }}/>
      : <p><button type="button" class="btn-q" onClick={() => set_open(true)}>{t.contact.judge}</button></p>}
    <Stand row={row} plural="channels"/>
  </div>;
}
