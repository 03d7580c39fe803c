// One's own login: password, second factor, where one is logged in.
import { useState } from 'preact/hooks';
import { call, type FieldFault, Problem } from '../api/client.ts';
import type { Session } from '../api/views.ts';
import { has_single_keys, set_single_keys } from '../keys.ts';
import { Moment, PageHead, Section, code_word } from '../parts/basics.tsx';
import { Check } from '../parts/controls.tsx';
import { Line } from '../parts/fields.tsx';
import { ErrorSummary, fault_text, Form } from '../parts/form.tsx';
import { ProblemText, Show, use_act, use_load } from '../parts/load.tsx';
import { zone_mark, zone_name } from '../lib/time.ts';
import { load_me, me } from '../session.ts';
import { t } from '../words/index.ts';

export function AccountPage() {
  const [keys, set_keys] = useState(has_single_keys());
  return <>
    <PageHead title={t.account.title}><p class="meta"><span>{me?.user.display_name}</span><span>{me?.user.login}</span>
      <span>{me?.roles.map(role => code_word('role', role)).join(t.common.comma) || t.administration.no_role}</span>
      <span>{t.account.zone(zone_name(), zone_mark())}</span></p></PageHead>
    <Password/><Totp/><Sessions/>
    <Section id="keys" title={t.keys.title}>
      <Check name="keys" label={t.account.keys} value={keys} hint={t.account.keys_hint}
        on_change={is_on => { set_single_keys(is_on); set_keys(is_on); }}/></Section>
  </>;
}

function Password() {
  const [values, set_values] = useState({ old_password: '', password: '', repeated: '' });
  const [faults, set_faults] = useState<FieldFault[]>([]);
  const [is_done, set_done] = useState(false);
  const { busy, problem, run } = use_act();
  const send = () => run(async () => {
    set_done(false);
    const found = values.password === values.repeated ? [] : [{ field: 'repeated', code: 'not_the_same' }];
    set_faults(found);
    if (found.length > 0) return;
    try {
      await call('POST', '/me/password', { body: { old_password: values.old_password, new_password: values.password } });
    } catch (error) {
      if (error instanceof Problem) set_faults(error.fields.map(({ field, code }) =>
        ({ field: field === 'new_password' ? 'password' : field, code })));
      throw error;
    }
    set_values({ old_password: '', password: '', repeated: '' });
    set_done(true);
  });
  const line = (name: keyof typeof values, autocomplete: string, hint?: string) =>
    <Line name={name} type="password" label={t.account[name]} value={values[name]} is_required autocomplete={autocomplete}
      hint={hint} fault={fault_text(faults, name)} on_change={value => set_values(old => ({ ...old, [name]: value }))}/>;
  return <Section id="change-password" title={t.account.change_password}>
    <ErrorSummary faults={faults} problem={problem}/>
    {is_done && <p class="note" role="status">{t.account.password_changed}</p>}
    <Form on_send={send} busy={busy} send={t.account.change_password}>
      {line('old_password', 'current-password')}
      {line('password', 'new-password', t.first_login.password_hint)}
      {line('repeated', 'new-password')}
    </Form>
  </Section>;
}

function Totp() {
  const [setup, set_setup] = useState<{ secret: string; uri: string } | null>(null);
  const [codes, set_codes] = useState<string[] | null>(null);
  const [code, set_code] = useState('');
  const { busy, problem, run } = use_act();
  const begin = () => run(async () => set_setup(await call('POST', '/me/totp', { body: {} })));
  const confirm = () => run(async () => {
    const found = await call<{ recovery_codes: string[] }>('POST', '/me/totp/confirm',
      { body: { code: code.replace(/\s/g, '') } });
    set_codes(found.recovery_codes);
    set_setup(null);
    await load_me();
  });
  return <Section id="totp" title={t.account.totp}>
    {problem && <ProblemText problem={problem}/>}
    <p>{me?.user.has_totp ? t.account.has_totp : t.account.no_totp}</p>
    {codes !== null && <div class="note" role="status"><p>{t.account.recovery}</p>
      <ul class="codes">{codes.map(one => <li key={one}><code>{one}</code></li>)}</ul></div>}
    {setup === null ? !me?.user.has_totp && <p><button type="button" onClick={begin}>
      {busy ? t.common.sending : t.account.begin_totp}</button></p>
      : <><p>{t.account.secret}</p><p><code>{setup.secret.replace(/(.{4})/g, '$1 ').trim()}</code></p>
        <p><a href={setup.uri}>{t.account.open_app}</a></p>
        <Form on_send={confirm} busy={busy} send={t.account.confirm_totp}>
          <Line name="totp_code" label={t.login.code} value={code} on_change={set_code} inputmode="numeric"
            autocomplete="one-time-code" is_required/></Form></>}
  </Section>;
}

function Sessions() {
  const loaded = use_load(() => call<{ items: Session[] }>('GET', '/me/sessions'), []);
  const { problem, run } = use_act();
  const end = (id: string) => run(async () => {
    await call('DELETE', `/me/sessions/${id}`);
    loaded.reload();
  });
  return <Section id="sessions" title={t.account.sessions} note={t.account.sessions_note}>
    {problem && <ProblemText problem={problem}/>}
    <Show of={loaded}>{({ items }) => <table class="stack"><thead><tr><th>{t.account.since}{t.common.in_brackets(zone_mark())}</th>
      <th>{t.account.seen}{t.common.in_brackets(zone_mark())}</th><th>{t.account.address}</th><th>{t.account.agent}</th><th/></tr></thead>
    <tbody>{items.map(one => <tr key={one.id} data-row>
      <th scope="row" class="nw"><Moment at={one.created_at}/></th>
      <td class="nw" data-l={t.account.seen}><Moment at={one.seen_at}/></td>
      <td class="nw" data-l={t.account.address}>{one.address}</td><td data-l={t.account.agent}>{one.agent}</td>
      <td>{one.is_this ? t.account.this_one
        : <button type="button" class="btn-q" onClick={() => end(one.id)}>{t.account.end}</button>}</td>
    </tr>)}</tbody></table>}</Show>
  </Section>;
}
