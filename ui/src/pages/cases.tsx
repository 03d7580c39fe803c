import { useState } from 'preact/hooks';
import { list } from '../api/client.ts';
import { type Case, CODES } from '../api/types.ts';
import { href } from '../lib/router.ts';
import { zone_mark } from '../lib/time.ts';
import { code_word, Moment, PageHead, Tlp } from '../parts/basics.tsx';
import { Select } from '../parts/controls.tsx';
import { Paged } from '../parts/paged.tsx';
import { may } from '../session.ts';
import { t } from '../words/index.ts';

export function CasesPage() {
  const [state, set_state] = useState('open');
  return <>
    <PageHead title={t.frame.pages.cases}/>
    <div class="filters"><Select name="state" label={t.fields.state} value={state} on_change={set_state}
      choices={[{ value: '', label: t.common.all },
        ...CODES.case_state.map(code => ({ value: code, label: code_word('case_state', code) }))]}/></div>
    <Paged asked={[state]} fetch={after => list('cases', { order: '-opened_at', state, after, limit: '50' })}
      none={t.cases.none}
      head={<tr><th>{t.fields.number}</th><th>{t.fields.title}</th><th>{t.fields.phase}</th><th>{t.fields.state}</th>
        <th>{t.cases.opened_at}{t.common.in_brackets(zone_mark())}</th><th>TLP</th></tr>}
      line={(one: Case) => <tr key={one.id} data-row>
        <td class="nw">{one.number}</td>
        <th scope="row"><a href={href(['cases', one.id])}>{one.title}</a></th>
        <td data-l={t.fields.phase}>{code_word('case_phase', one.phase)}</td>
        <td data-l={t.fields.state}>{code_word('case_state', one.state)}</td>
        <td class="nw" data-l={t.cases.opened_at}><Moment at={one.opened_at}/></td>
        <td data-l="TLP"><Tlp tlp={one.tlp}/></td>
      </tr>}/>
    {may('bin') && <p class="noprint end"><a href={href(['bin', 'cases'])}>{t.rows.see_bin}</a></p>}
  </>;
}
