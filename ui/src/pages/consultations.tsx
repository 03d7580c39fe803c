// All consultations, newest first.
import { useState } from 'preact/hooks';
import { list } from '../api/client.ts';
import { CODES, type Consultation } from '../api/types.ts';
import { href } from '../lib/router.ts';
import { AnswerText, code_word, Moment, PageHead } from '../parts/basics.tsx';
import { Select } from '../parts/controls.tsx';
import { Paged } from '../parts/paged.tsx';
import { zone_mark } from '../lib/time.ts';
import { may } from '../session.ts';
import { t } from '../words/index.ts';
import { consultation_line } from './today.tsx';

export function ConsultationsPage() {
  const [state, set_state] = useState('');
  return <>
    <PageHead title={t.frame.pages.consultations}/>
    <div class="filters"><Select name="state" label={t.fields.state} value={state} on_change={set_state}
      choices={[{ value: '', label: t.common.all },
        ...CODES.consultation_state.map(code => ({ value: code, label: code_word('consultation_state', code) }))]}/>
    <p><a class="btn btn-p" href={href(['intake'])}>{t.intake.take_in}</a></p></div>
    <Paged asked={[state]} fetch={after => list('consultations', { order: '-received_at', state, after, limit: '50' })}
      none={t.consultation.none}
      head={<tr><th>{t.consultation.received_at}{t.common.in_brackets(zone_mark())}</th><th>{t.consultation.what}</th>
        <th>{t.fields.purpose}</th><th>{t.fields.state}</th></tr>}
      line={(one: Consultation) => <tr key={one.id} data-row>
        <td class="nw"><Moment at={one.received_at}/></td>
        <th scope="row"><a href={href(['consultations', one.id])}>{consultation_line(one)}</a></th>
        <td data-l={t.fields.purpose}><AnswerText answer={one.purpose} say={code => code_word('purpose', code)}/></td>
        <td data-l={t.fields.state}>{code_word('consultation_state', one.state)}</td>
      </tr>}/>
    {may('bin') && <p class="noprint end"><a href={href(['bin', 'consultations'])}>{t.rows.see_bin}</a></p>}
  </>;
}
