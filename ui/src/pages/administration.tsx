// Users and their roles on the desk. An administrator sees nothing of a case by this.
import { useState } from 'preact/hooks';
import { call, type FieldFault, Problem } from '../api/client.ts';
import { CODES, type Code } from '../api/types.ts';
import { audit } from '../api/views.ts';
import { href, replace } from '../lib/router.ts';
import { ActForm } from '../parts/act_page.tsx';
import { code_word, Moment, PageHead, Section } from '../parts/basics.tsx';
import { Check, Radios } from '../parts/controls.tsx';
import { Line } from '../parts/fields.tsx';
import { ErrorSummary, fault_text, Form } from '../parts/form.tsx';
import { ProblemText, Show, use_act, use_load } from '../parts/load.tsx';
import type { PageProps } from '../routes.ts';
import { load_users, me, type User, user_name } from '../session.ts';
import { t } from '../words/index.ts';
import { NotFoundPage } from './not_found.tsx';

type Person = User & { roles?: Code<'role'>[]; has_totp?: boolean };

/** As the server makes it; the token is told once. */
interface Invited {
  user: User;
  first_login_token: string;
}
function link_of(token: string): string {
  return `${location.origin}/first-login#${token}`;
}

export function AdministrationPage() {
  const users = use_load(() => load_users() as Promise<Person[]>, []);
  return <>
    <PageHead title={t.administration.title}><p>{t.administration.lead}</p></PageHead>
    <p><a class="btn btn-p" href={href(['administration', 'new'])}>{t.administration.add}</a></p>
    <Show of={users}>{rows => <>{rows.map(one => <OneUser key={one.id} user={one} on_change={users.reload}/>)}</>}</Show>
    <Audit/>
  </>;
}

function OneUser({ user, on_change }: { user: Person; on_change: () => void }) {
  const [is_open, set_open] = useState(false);
  const { problem, run } = use_act();
  const is_me = user.id === me?.user.id;
  const enable = () => run(async () => {
    await call('POST', `/users/${user.id}/disabled`, { body: { is_disabled: false } });
    on_change();
  });
  return <div class="thing" data-row>
    <p><b>{user.display_name}</b>{user.login && t.common.in_brackets(user.login)}{'　'}
      {(user.roles ?? []).map(role => code_word('role', role)).join(t.common.comma) || t.administration.no_role}
      {user.is_disabled && <>　<span class="st">{t.administration.disabled}</span></>}</p>
    {problem && <ProblemText problem={problem}/>}
    {is_open ? <Roles user={user} on_done={() => { set_open(false); on_change(); }}/>
      : <p class="buttons"><button type="button" class="btn-q" onClick={() => set_open(true)}>{t.administration.roles}</button>
        <a class="btn btn-q" href={href(['administration', user.id, 'reset'])}>{t.administration.reset}</a>
        {user.is_disabled ? <button type="button" class="btn-q" onClick={enable}>{t.administration.enable}</button>
          : !is_me && <a class="btn btn-q" href={href(['administration', user.id, 'disable'])}>
            {t.administration.disable}</a>}</p>}
  </div>;
}

function Link({ link }: { link: string }) {
  return <div class="note" role="status"><p>{t.administration.link}</p><p><code>{link}</code></p></div>;
}

function Roles({ user, on_done }: { user: Person; on_done: () => void }) {
  const [roles, set_roles] = useState<Code<'role'>[]>(user.roles ?? []);
  const { busy, problem, run } = use_act();
  return <>{problem && <ProblemText problem={problem}/>}
    <Form on_send={() => run(async () => {
      await call('POST', `/users/${user.id}/roles`, { body: { roles } });
      on_done();
    })} busy={busy} send={t.common.save}><RoleTicks roles={roles} on_change={set_roles}/></Form></>;
}

function RoleTicks({ roles, on_change }: { roles: Code<'role'>[]; on_change: (roles: Code<'role'>[]) => void }) {
  return <fieldset class="field radios"><legend><b>{t.administration.roles}</b></legend>
    {CODES.role.filter(role => role !== 'organisation' && role !== 'partner').map(role => <Check key={role}
      name={`role_${role}`} label={`${code_word('role', role)}: ${t.administration.may[role]}`} value={roles.includes(role)}
      on_change={is_on => on_change(CODES.role.filter(one => (one === role ? is_on : roles.includes(one))))}/>)}
  </fieldset>;
}

/** What ends somebody's logins: who, and what follows. */
export function EndUserPage({ ids }: PageProps) {
  const id = ids['id']!;
  const [link, set_link] = useState('');
  if (ids['act'] !== 'reset' && ids['act'] !== 'disable') return <NotFoundPage/>;
  const is_reset = ids['act'] === 'reset';
  const title = is_reset ? t.administration.reset : t.administration.disable;
  return <>
    <PageHead title={title} above={<span>{user_name(id)}</span>}>
      <p>{is_reset ? t.administration.reset_lead(user_name(id)) : t.administration.disable_lead(user_name(id))}</p></PageHead>
    {link !== '' ? <><Link link={link}/><p><a href={href(['administration'])}>{t.common.back}</a></p></>
      : <ActForm fields={[]} send={title} is_grave back={href(['administration'])} on_send={async () => {
        if (is_reset) {
          set_link(link_of((await call<Invited>('POST', `/users/${id}/reset`, { body: {} })).first_login_token));
          return;
        }
        await call('POST', `/users/${id}/disabled`, { body: { is_disabled: true } });
        replace(['administration']);
      }}/>}
  </>;
}

export function NewUserPage() {
  const [values, set_values] = useState({ login: '', display_name: '', language: 'ja' });
  const [roles, set_roles] = useState<Code<'role'>[]>(['contributor']);
  const [faults, set_faults] = useState<FieldFault[]>([]);
  const [link, set_link] = useState('');
  const { busy, problem, run } = use_act();
  const set = (name: keyof typeof values) => (value: string) => set_values(old => ({ ...old, [name]: value }));
  const send = () => run(async () => {
    const found = (['login', 'display_name'] as const).filter(name => values[name] === '')
      .map(field => ({ field, code: 'missing' }));
    set_faults(found);
    if (found.length > 0) return;
    try {
      set_link(link_of((await call<Invited>('POST', '/users', { body: { ...values, roles } })).first_login_token));
    } catch (error) {
      if (error instanceof Problem) set_faults(error.fields);
      throw error;
    }
  });
  return <>
    <PageHead title={t.administration.add}/>
    {link !== '' ? <><Link link={link}/><p><a href={href(['administration'])}>{t.common.back}</a></p></> : <>
      <ErrorSummary faults={faults} problem={problem}/>
      <Form on_send={send} busy={busy} send={t.administration.add} back={href(['administration'])}>
        <Line name="login" label={t.login.login} value={values.login} on_change={set('login')} is_required
          fault={fault_text(faults, 'login')}/>
        <Line name="display_name" label={t.first_login.display_name} value={values.display_name}
          on_change={set('display_name')} is_required fault={fault_text(faults, 'display_name')}/>
        <Radios name="language" label={t.account.language} value={values.language} on_change={set('language')}
          choices={[{ value: 'ja', label: t.frame.japanese }, { value: 'en', label: t.frame.english }]}/>
        <RoleTicks roles={roles} on_change={set_roles}/>
      </Form></>}
  </>;
}

function Audit() {
  const loaded = use_load(() => audit({ limit: '50' }), []);
  return <Section id="audit" title={t.administration.audit} note={t.administration.audit_note}>
    <Show of={loaded}>{({ items }) => items.length === 0 ? <p class="q">{t.administration.no_audit}</p>
      : <ul class="plain">{items.map(event => <li key={event.seq}><Moment at={event.at} zoned/>{'　'}
        {user_name(event.actor)}　{t.audit[event.action] ?? event.action}
        {t.common.in_brackets(t.kinds[event.object_kind] ?? event.object_kind)}
        {event.action === 'refused' && <code>{event.reason}</code>}</li>)}</ul>}</Show>
  </Section>;
}
