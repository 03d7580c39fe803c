// The login ended while somebody was at work: over the page, so that no word is lost.
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Ask, call } from '../api/client.ts';
import { me } from '../session.ts';
import { t } from '../words/index.ts';
import { field_id, Line } from './fields.tsx';
import { ErrorSummary, Form } from './form.tsx';
import { use_act } from './load.tsx';

interface ReloginProps {
  why: Ask;
  on_in: () => void;
  /** The sensitive act is not done. */
  on_cancel: () => void;
  on_leave: () => void;
}
export function Relogin({ why, on_in, on_cancel, on_leave }: ReloginProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [password, set_password] = useState('');
  const [code, set_code] = useState('');
  const { busy, problem, run } = use_act();
  useEffect(() => {
    dialog.current?.showModal();
    document.getElementById(field_id('relogin_password'))?.focus();
  }, []);
  const login = me?.user.login ?? '';
  const send = () => run(async () => {
    const secrets = { password, ...(code === '' ? {} : { code: code.replace(/\s/g, '') }) };
    if (why === 'expired') await call('POST', '/login', { is_login: true, body: { login, ...secrets } });
    else await call('POST', '/me/authenticate', { is_login: true, body: secrets });
    on_in();
  });
  // Escape would leave the page without its login: only the two buttons lead on.
  return <dialog ref={dialog} aria-labelledby="relogin" onCancel={event => event.preventDefault()}>
    <h2 id="relogin">{why === 'expired' ? t.login.again : t.login.sensitive}</h2>
    <p>{why === 'expired' ? t.login.kept : t.login.sensitive_note}</p>
    <ErrorSummary faults={[]} problem={problem}/>
    <Form on_send={send} busy={busy} send={why === 'expired' ? t.login.send : t.login.confirm}>
      <Line name="relogin_login" label={t.login.login} value={login} on_change={() => undefined} readonly
        autocomplete="username" is_required/>
      <Line name="relogin_password" label={t.login.password} type="password" value={password}
        on_change={set_password} autocomplete="current-password" is_required/>
      <Line name="relogin_code" label={t.login.code} value={code} on_change={set_code} inputmode="numeric"
        autocomplete="one-time-code" hint={t.login.code_hint}/>
    </Form>
    <p>{why === 'expired' ? <button type="button" class="btn-t" onClick={on_leave}>{t.login.give_up}</button>
      : <button type="button" class="btn-t" onClick={on_cancel}>{t.common.cancel}</button>}</p>
  </dialog>;
}
