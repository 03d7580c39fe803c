// Whether an organisation was here before (R30, R49): how often, when last, and the way there.
import { list } from '../api/client.ts';
import type { Ulid } from '../api/types.ts';
import { href } from '../lib/router.ts';
import { from_instant, moment_text } from '../lib/time.ts';
import { t } from '../words/index.ts';
import { code_word } from './basics.tsx';
import { Show, use_load } from './load.tsx';

/** As many as one looks at before the call goes on; the page of the organisation has all. */
const MOST_SHOWN = 3;
/** The longest page of the server; an organisation with more says so. */
const MOST_COUNTED = 200;

interface BeforeProps {
  organisation: Ulid;
  /** What is looked at itself was not before. */
  but?: Ulid | undefined;
}
export function Before({ organisation, but }: BeforeProps) {
  const loaded = use_load(async () => {
    const query = { organisation_id: organisation, limit: String(MOST_COUNTED) };
    const [cases, consultations] = await Promise.all([list('cases', { ...query, order: '-opened_at' }),
      list('consultations', { ...query, order: '-received_at' })]);
    return { cases, consultations: { ...consultations, items: consultations.items.filter(one => one.id !== but) } };
  }, [organisation, but]);
  return <Show of={loaded}>{({ cases, consultations }) => {
    const last = consultations.items[0]?.received_at ?? cases.items[0]?.opened_at ?? null;
    if (cases.items.length + consultations.items.length === 0) return <p class="q">{t.before.none}</p>;
    const count = ({ items, next }: { items: unknown[]; next: string | null }) => `${items.length}${next === null ? '' : '+'}`;
    return <div class="note before">
      <p><b>{t.before.found(count(cases), count(consultations),
        last === null ? t.common.not_shown : moment_text(from_instant(last)).slice(0, 10))}</b>{' '}
        <a href={href(['organisations', organisation])}>{t.before.all}</a></p>
      <ul>{cases.items.slice(0, MOST_SHOWN).map(one => <li key={one.id}>
        <a href={href(['cases', one.id])}>{one.number} {one.title}</a> {code_word('case_state', one.state)}</li>)}
      {cases.items.length === 0 && consultations.items.slice(0, MOST_SHOWN).map(one => <li key={one.id}>
        {moment_text(from_instant(one.received_at)).slice(0, 10)}{' '}
        <a href={href(['consultations', one.id])}>{one.summary?.split('\n')[0] ?? t.consultation.no_summary}</a>{' '}
        {code_word('consultation_state', one.state)}</li>)}</ul>
    </div>;
  }}</Show>;
}
