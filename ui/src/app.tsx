// The frame round all pages: who is logged in, where we are, keys.
import type { FunctionComponent } from 'preact';
import { useEffect, useMemo, useReducer, useState } from 'preact/hooks';
import { type Ask, call, on_login_needed, Problem } from './api/client.ts';
import { drop_all_drafts, flush_drafts } from './lib/drafts.ts';
import { match } from './lib/router.ts';
import { listen_to_keys } from './keys.ts';
import { LoginPage } from './pages/login.tsx';
import { NotFoundPage } from './pages/not_found.tsx';
import { Frame } from './parts/frame.tsx';
import { later } from './parts/later.tsx';
import { as_problem, ProblemText } from './parts/load.tsx';
import { PAGES, type PageProps, ROUTES } from './routes.ts';
import { forget_me, load_me, load_users, me } from './session.ts';
import { choose_language, type Language, language, speak, t } from './words/index.ts';

const FirstLoginPage = later(() => import('./pages/first_login.tsx').then(found => found.FirstLoginPage));
const Relogin = later(() => import('./parts/relogin.tsx').then(found => found.Relogin));
const HelpDialog = later(() => import('./parts/help.tsx').then(found => found.HelpDialog));

const FIRST_LOGIN = '/first-login';

type Stage = 'starting' | 'out' | 'in' | 'failed';

interface Waiter {
  why: Ask;
  resolve: () => void;
  reject: (problem: Problem) => void;
}

export function App() {
  const [stage, set_stage] = useState<Stage>('starting');
  const [problem, set_problem] = useState<Problem | null>(null);
  const [hash, set_hash] = useState(location.hash);
  const [waiters, set_waiters] = useState<Waiter[]>([]);
  const [is_help_open, set_help_open] = useState(false);
  const opened = useMemo(() => Date.now(), [hash, stage]);
  const [, redraw] = useReducer((n: number) => n + 1, 0);

  const enter = async () => {
    try {
      const found = await load_me();
      if (localStorage.getItem('konseki-language') === null && found.user.language !== language)
        await speak(found.user.language === 'en' ? 'en' : 'ja');
      await load_users().catch(() => []);
      set_stage('in');
    } catch (error) {
      const found = as_problem(error);
      if (found.status === 401) return set_stage('out');
      set_problem(found);
      set_stage('failed');
    }
  };
  const leave = async () => {
    await flush_drafts();
    const failed = await call('POST', '/logout', { body: {}, is_login: true }).then(() => null, as_problem);
    drop_all_drafts();
    forget_me();
    location.hash = '';
    if (failed === null || failed.status === 401) return set_stage('out');
    // The login still lasts: to say "logged out" would leave it to whoever sits here next.
    set_problem(failed);
    set_stage('failed');
  };
  const change_language = async (wanted: Language) => {
    await choose_language(wanted);
    redraw(0);
  };

  useEffect(() => {
    const on_hash = () => set_hash(location.hash);
    addEventListener('hashchange', on_hash);
    on_login_needed(why => new Promise<void>((resolve, reject) =>
      set_waiters(old => [...old, { why, resolve, reject }])));
    const stop_keys = listen_to_keys({ help: () => set_help_open(true) });
    void enter();
    return () => { removeEventListener('hashchange', on_hash); stop_keys(); };
  }, []);

  // A one-time link, as konsekid prints it. Its token stands behind the #, so that no log of a server keeps it.
  if (location.pathname === FIRST_LOGIN) return <FirstLoginPage token={hash.slice(1)} on_language={change_language}
    on_in={() => { history.replaceState(null, '', '/#/today'); set_hash(location.hash); void enter(); }}/>;
  if (stage === 'starting') return <main class="wrap narrow"><p class="q" role="status">{t.common.waiting}</p></main>;
  if (stage === 'failed') return <main class="wrap narrow">
    <h1>konseki</h1>{problem && <ProblemText problem={problem}/>}
    <button type="button" onClick={() => { set_stage('starting'); void enter(); }}>{t.common.again}</button>
  </main>;
  if (stage === 'out' || me === null)
    return <LoginPage on_in={enter} on_language={change_language}/>;

  const settle = (say: (waiter: Waiter) => void) => {
    waiters.forEach(say);
    set_waiters([]);
  };
  const place = match(hash === '' || hash === '#' || hash === '#/' ? '#/today' : hash, ROUTES);
  const Page: FunctionComponent<PageProps> = place ? PAGES[place.route]! : NotFoundPage;
  return <>
    <Frame route={place?.route ?? ''} opened={opened} on_language={change_language} on_leave={leave}
      on_help={() => set_help_open(true)}>
      <Page key={`${language} ${hash}`} ids={place?.ids ?? {}} query={place?.query ?? new URLSearchParams()}/>
    </Frame>
    {is_help_open && <HelpDialog on_close={() => set_help_open(false)}/>}
    {waiters.length > 0 && <Relogin why={waiters.some(waiter => waiter.why === 'expired') ? 'expired' : 'sensitive'}
      on_in={() => settle(waiter => waiter.resolve())}
      on_cancel={() => settle(waiter => waiter.reject(new Problem(403, { code: 'login_again' })))}
      on_leave={() => {
        settle(waiter => waiter.reject(new Problem(401, { code: 'not_logged_in' })));
        void leave();
      }}/>}
  </>;
}
