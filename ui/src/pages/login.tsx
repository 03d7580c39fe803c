import { useEffect, useRef, useState } from 'preact/hooks';
import { call } from '../api/client.ts';
import { Line } from '../parts/fields.tsx';
import { ErrorSummary, Form } from '../parts/form.tsx';
import { LanguageSwitch } from '../parts/frame.tsx';
import { use_act } from '../parts/load.tsx';
import { type Language, t } from '../words/index.ts';

interface LoginProps {
  on_in: () => Promise<void>;
  on_language: (wanted: Language) => void;
}
export function LoginPage({ on_in, on_language }: LoginProps) {
  const [login, set_login] = useState('');
  const [password, set_password] = useState('');
  const [code, set_code] = useState('');
  const { busy, problem, run } = use_act();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${t.login.title} - konseki`;
    heading.current?.focus();
  }, []);
  const send = () => run(async () => {
    await call('POST', '/login', { is_login: true,
      body: { login, password, ...(code === '' ? {} : { code: code.replace(/\s/g, '') }) } });
    await on_in();
  });
  return <main class="wrap narrow">
    <div class="head"><h1 ref={heading} tabIndex={-1}>{t.frame.name}</h1><p class="meta">{t.login.title}</p></div>
    <ErrorSummary faults={[]} problem={problem}/>
    <Form on_send={send} busy={busy} send={t.login.send}>
      <Line name="login" label={t.login.login} value={login} on_change={set_login} autocomplete="username" is_required/>
      <Line name="password" label={t.login.password} type="password" value={password} on_change={set_password}
        autocomplete="current-password" is_required/>
      <Line name="code" label={t.login.code} value={code} on_change={set_code} inputmode="numeric"
        autocomplete="one-time-code" hint={t.login.code_hint}/>
    </Form>
    <p class="qq">{t.login.help}</p>
    <p><LanguageSwitch on_language={on_language}/></p>
  </main>;
}
