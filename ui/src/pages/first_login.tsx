// Behind the one-time link: the token stands after the `#`, so that no log of a server on the way keeps it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { call, type FieldFault, Problem } from '../api/client.ts';
import { Line } from '../parts/fields.tsx';
import { ErrorSummary, fault_text, Form } from '../parts/form.tsx';
import { LanguageSwitch } from '../parts/frame.tsx';
import { use_act } from '../parts/load.tsx';
import { type Language, t } from '../words/index.ts';

/** As the server asks; told before it is sent. */
const LEAST_PASSWORD = 12;

interface FirstLoginProps {
  token: string;
  on_in: () => void;
  on_language: (wanted: Language) => void;
}
export function FirstLoginPage({ token, on_in, on_language }: FirstLoginProps) {
  const [values, set_values] = useState({ login: '', display_name: '', password: '', repeated: '' });
  const [faults, set_faults] = useState<FieldFault[]>([]);
  const { busy, problem, run } = use_act();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${t.first_login.title} - konseki`;
    heading.current?.focus();
  }, []);
  const send = () => run(async () => {
    const found: FieldFault[] = [];
    for (const field of ['login', 'display_name'] as const)
      if (values[field] === '') found.push({ field, code: 'missing' });
    if ([...values.password].length < LEAST_PASSWORD) found.push({ field: 'password', code: 'too_short' });
    else if (values.password !== values.repeated) found.push({ field: 'repeated', code: 'not_the_same' });
    set_faults(found);
    if (found.length > 0) return;
    try {
      const { login, display_name, password } = values;
      await call('POST', '/first-login', { is_login: true, body: { token, login, display_name, password } });
      on_in();
    } catch (error) {
      if (error instanceof Problem) set_faults(error.fields);
      throw error;
    }
  });
  const line = (name: keyof typeof values, more: object = {}) =>
    <Line name={name} label={t.first_login[name]} value={values[name]} is_required
      fault={fault_text(faults, name)} on_change={value => set_values(old => ({ ...old, [name]: value }))} {...more}/>;
  return <main class="wrap narrow">
    <div class="head"><h1 ref={heading} tabIndex={-1}>{t.first_login.title}</h1>
      <p>{t.first_login.lead}</p></div>
    <ErrorSummary faults={faults} problem={problem}/>
    <Form on_send={send} busy={busy} send={t.first_login.send}>
      {line('login', { autocomplete: 'username', hint: t.first_login.login_hint })}
      {line('display_name', { autocomplete: 'name' })}
      {line('password', { type: 'password', autocomplete: 'new-password', hint: t.first_login.password_hint })}
      {line('repeated', { type: 'password', autocomplete: 'new-password' })}
    </Form>
    <p><LanguageSwitch on_language={on_language}/></p>
  </main>;
}
