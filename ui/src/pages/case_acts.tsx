// What is done to a case as a whole. Closing, reopening, linking, granting: a page each, with what follows from it.
import { useState } from 'preact/hooks';
import { act, call, create, list, list_all } from '../api/client.ts';
import { type Case, type CaseLink, CODES, type Code } from '../api/types.ts';
import { grants, type Grant } from '../api/views.ts';
import { FIELDS } from '../entities.ts';
import { href, replace } from '../lib/router.ts';
import { ActForm } from '../parts/act_page.tsx';
import { code_word, PageHead } from '../parts/basics.tsx';
import { Editor } from '../parts/editor.tsx';
import { Select } from '../parts/controls.tsx';
import { Form } from '../parts/form.tsx';
import { ProblemText, Show, use_act, use_load } from '../parts/load.tsx';
import { CaseName } from '../parts/names.tsx';
import { WithRow } from '../parts/row_page.tsx';
import type { PageProps } from '../routes.ts';
import { load_users, type User, user_name } from '../session.ts';
import { t } from '../words/index.ts';

function Head({ title, row, lead }: { title: string; row: Case; lead?: string }) {
  return <PageHead title={title} tlp={row.tlp} above={<span>{t.cases.name(row.number)}　{row.title}</span>}>
    {lead && <p>{lead}</p>}</PageHead>;
}

export function EditCasePage({ ids }: PageProps) {
  const id = ids['id']!;
  return <WithRow plural="cases" id={id}>{row => <>
    <Head title={t.cases.edit} row={row}/>
    <Editor plural="cases" row={row} fields={FIELDS.cases} back={href(['cases', id])}
      on_saved={() => replace(['cases', id])}/>
  </>}</WithRow>;
}

export function PhasePage({ ids }: PageProps) {
  const id = ids['id']!;
  return <WithRow plural="cases" id={id}>{row => <>
    <Head title={t.cases.change_phase} row={row} lead={t.cases.phase_lead(code_word('case_phase', row.phase))}/>
    <ActForm fields={[{ name: 'phase', kind: { code: 'case_phase' }, is_required: true },
      { name: 'reason', kind: 'text', hint: () => t.cases.phase_reason }]} initial={{ phase: row.phase }}
      send={t.cases.change_phase} back={href(['cases', id])} on_send={async ({ phase, reason }) => {
        await act('cases', id, 'phase', row.version, { phase, ...(reason ? { reason } : {}) });
        replace(['cases', id]);
      }}/>
  </>}</WithRow>;
}

export function CloseCasePage({ ids }: PageProps) {
  const id = ids['id']!;
  const open = use_load(async () => {
    const [rescues, visits] = await Promise.all([list_all('rescues', { case_id: id }), list_all('visits', { case_id: id })]);
    return [rescues.some(one => ['proposed', 'active'].includes(one.state)) && t.cases.still.rescue,
      visits.some(one => one.state === 'planned') && t.cases.still.visit].filter(one => one !== false);
  }, [id]);
  return <WithRow plural="cases" id={id}>{row => <>
    <Head title={t.cases.close} row={row} lead={t.cases.close_lead}/>
    <Show of={open}>{still => <>
      {still.length > 0 && <p class="problem" role="alert">{t.cases.not_yet(still.join(t.common.comma))}</p>}
      <ActForm is_grave send={t.cases.close} back={href(['cases', id])}
        fields={[{ name: 'evidence_decision', kind: { code: 'evidence_decision' }, is_required: true },
          { name: 'note', kind: 'text', is_required: true, hint: () => t.cases.close_note_hint }]}
        after={values => <section class="draft" aria-live="polite"><h2>{t.cases.will_stand}</h2>
          <p>{t.cases.close_text(row.number, row.title,
            values['evidence_decision'] ? code_word('evidence_decision', String(values['evidence_decision'])) : '—')}</p>
          <p class="written">{String(values['note'] ?? '')}</p></section>}
        on_send={async ({ evidence_decision, note }) => {
          await act('cases', id, 'close', row.version, { evidence_decision, note });
          replace(['cases', id]);
        }}/>
    </>}</Show>
  </>}</WithRow>;
}

export function ReopenCasePage({ ids }: PageProps) {
  const id = ids['id']!;
  return <WithRow plural="cases" id={id}>{row => <>
    <Head title={t.cases.reopen} row={row} lead={t.cases.reopen_lead}/>
    <ActForm fields={[{ name: 'reason', kind: 'text', is_required: true }]} send={t.cases.reopen}
      back={href(['cases', id])} on_send={async ({ reason }) => {
        await act('cases', id, 'reopen', row.version, { reason });
        replace(['cases', id]);
      }}/>
  </>}</WithRow>;
}

/** From now on, or no longer, only those with a role on this very case know of it. */
export function ClosedOffPage({ ids }: PageProps) {
  const id = ids['id']!;
  return <WithRow plural="cases" id={id}>{row => {
    const words = row.is_closed_off ? t.cases.opening : t.cases.closing_off;
    return <>
      <Head title={words.title} row={row} lead={words.lead}/>
      <ActForm is_grave fields={[{ name: 'reason', kind: 'text', is_required: true }]} send={words.title}
        back={href(['cases', id])} on_send={async ({ reason }) => {
          await act('cases', id, 'closed-off', row.version, { is_closed_off: !row.is_closed_off, reason });
          replace(['cases', id]);
        }}/>
    </>;
  }}</WithRow>;
}

export function LinkPage({ ids }: PageProps) {
  const id = ids['id']!;
  const others = use_load(() => list('cases', { order: '-opened_at', limit: '200' }), [id]);
  const [other, set_other] = useState('');
  return <WithRow plural="cases" id={id}>{row => <>
    <Head title={t.cases.link} row={row} lead={t.cases.link_lead}/>
    <Show of={others}>{page => {
      const choices = page.items.filter(one => one.id !== id)
        .map(one => ({ value: one.id, label: `${one.number} ${one.title}` }));
      if (choices.length === 0) return <p class="q">{t.cases.no_other}</p>;
      return <ActForm fields={[{ name: 'link_kind', kind: { code: 'case_link_kind' }, is_required: true },
        { name: 'reason', kind: 'line', is_required: true }]} initial={{ link_kind: 'related' }}
        send={t.cases.link} back={href(['cases', id])} on_send={async ({ link_kind, reason }) => {
          await create('case-links', { case_id: id, other_case_id: other || choices[0]!.value, kind: link_kind, reason });
          replace(['cases', id]);
        }}>
        <Select name="other_case_id" label={t.cases.other} value={other} on_change={set_other} choices={choices} is_required/>
      </ActForm>;
    }}</Show>
  </>}</WithRow>;
}

export function UndoLinkPage({ ids, query }: PageProps) {
  const back = query.get('case') ?? '';
  return <WithRow plural="case-links" id={ids['id']!}>{(row: CaseLink) => <>
    <PageHead title={t.cases.undo_link}><p><CaseName id={row.case_id}/>　{code_word('case_link_kind', row.kind)}{'　'}
      <CaseName id={row.other_case_id}/></p></PageHead>
    <ActForm fields={[{ name: 'reason', kind: 'text', is_required: true }]} send={t.cases.undo_link} is_grave
      back={href(['cases', back || row.case_id])} on_send={async ({ reason }) => {
        await act('case-links', row.id, 'undo', row.version, { reason });
        replace(['cases', back || row.case_id]);
      }}/>
  </>}</WithRow>;
}

/** Roles that make sense on one case. */
const CASE_ROLES = CODES.role.filter(role => role !== 'administrator');

export function GrantsPage({ ids }: PageProps) {
  const id = ids['id']!;
  const loaded = use_load(async () => {
    const [{ items }, users] = await Promise.all([grants(id), load_users()]);
    return { items, users };
  }, [id]);
  return <WithRow plural="cases" id={id}>{row => <>
    <Head title={t.cases.grants} row={row} lead={t.cases.grants_lead}/>
    <Show of={loaded}>{({ items, users }) => <>
      <GrantList id={id} items={items} on_change={loaded.reload}/>
      <GrantForm id={id} users={users} on_change={loaded.reload}/>
    </>}</Show>
    <p><a href={href(['cases', id])}>{t.common.back}</a></p>
  </>}</WithRow>;
}

function GrantList({ id, items, on_change }: { id: string; items: Grant[]; on_change: () => void }) {
  const { problem, run } = use_act();
  const revoke = (grant: Grant) => run(async () => {
    await call('DELETE', `/cases/${id}/grants/${grant.user_id}/${grant.role}`);
    on_change();
  });
  if (items.length === 0) return <p class="q">{t.cases.desk_sees}</p>;
  return <>{problem && <ProblemText problem={problem}/>}<ul class="task">{items.map(grant =>
    <li key={`${grant.user_id} ${grant.role}`} data-row><div>{user_name(grant.user_id)}　{code_word('role', grant.role)}</div>
      <div class="due"><button type="button" class="btn-q" onClick={() => revoke(grant)}>
        {t.cases.revoke}<span class="vh"> {user_name(grant.user_id)} {code_word('role', grant.role)}</span></button></div></li>)}</ul></>;
}

function GrantForm({ id, users, on_change }: { id: string; users: User[]; on_change: () => void }) {
  const [user, set_user] = useState(users[0]?.id ?? '');
  const [role, set_role] = useState<string>('viewer');
  const { busy, problem, run } = use_act();
  const send = () => run(async () => {
    await call('POST', `/cases/${id}/grants`, { body: { user_id: user, role: role as Code<'role'> } });
    on_change();
  });
  return <section class="sec"><h2>{t.cases.grant}</h2>{problem && <ProblemText problem={problem}/>}
    <Form on_send={send} busy={busy} send={t.cases.grant}>
      <Select name="user" label={t.administration.user} value={user} on_change={set_user} is_required
        choices={users.map(one => ({ value: one.id, label: one.display_name }))}/>
      <Select name="role" label={t.administration.role} value={role} on_change={set_role} is_required
        choices={CASE_ROLES.map(code => ({ value: code, label: code_word('role', code) }))}/>
    </Form></section>;
}
