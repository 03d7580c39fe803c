// The three numbers by half-years and years, the rules beneath. Every number opens what it counts.
import type { Case, Consultation } from '../api/types.ts';
import { type Basis, figure_rows, figures, type Figures, type PeriodFigures, type Which } from '../api/views.ts';
import { go, href } from '../lib/router.ts';
import { fiscal_year } from '../lib/time.ts';
import { code_word, Moment, PageHead, Section } from '../parts/basics.tsx';
import { Radios, Select } from '../parts/controls.tsx';
import { Show, use_load } from '../parts/load.tsx';
import { CaseName } from '../parts/names.tsx';
import type { PageProps } from '../routes.ts';
import { t } from '../words/index.ts';
import { consultation_line } from './today.tsx';
import { zone_mark } from '../lib/time.ts';

const WHICH: readonly Which[] = ['consultations', 'rescues', 'visited'];
/** The first year for which such desks published figures. */
const FIRST_YEAR = 2011;

export function TablePage({ query }: PageProps) {
  const last = fiscal_year(Date.now());
  const asked_basis = query.get('basis');
  const basis: Basis = asked_basis === 'cohort' ? 'cohort' : 'event';
  const to = Number(query.get('to')) || last;
  // Without a choice the desk begins with its first year.
  const asked_from = query.has('from') ? Math.min(Number(query.get('from')) || to, to) : null;
  const loaded = use_load(() => figures(basis, asked_from, to), [basis, asked_from, to]);
  const shown_from = loaded.state === 'ready' ? loaded.value.periods[0]?.period.slice(0, 4) : undefined;
  const chosen = { basis: basis as string, from: String(asked_from ?? shown_from ?? to), to: String(to) };
  const years = Array.from({ length: last - FIRST_YEAR + 1 }, (_, at) => last - at)
    .map(year => ({ value: String(year), label: t.table.year(year) }));
  const choose = (next: Partial<typeof chosen>) => {
    go(['table'], { ...chosen, ...next });
  };
  return <>
    <PageHead title={t.table.title}><p>{t.table.lead}</p></PageHead>
    <div class="filters noprint">
      <Select name="from" label={t.table.from} value={chosen.from} choices={years} on_change={value => choose({ from: value })}/>
      <Select name="to" label={t.table.to} value={chosen.to} choices={years} on_change={value => choose({ to: value })}/>
      <Radios name="basis" label={t.table.basis} value={chosen.basis} on_change={value => choose({ basis: value })}
        choices={[{ value: 'event', label: t.table.bases.event }, { value: 'cohort', label: t.table.bases.cohort }]}/>
    </div>
    <Show of={loaded}>{found => <Numbers found={found}/>}</Show>
  </>;
}

function period_name(code: string): string {
  const year = Number(code.slice(0, 4));
  return code.endsWith('H1') ? t.table.first(year) : code.endsWith('H2') ? t.table.second(year) : t.table.whole(year);
}

function Numbers({ found }: { found: Figures }) {
  return <>
    {found.breaches.length > 0 && <section class="problem" aria-labelledby="breaches">
      <h2 id="breaches">{t.table.breaches}</h2>
      <ul>{found.breaches.map(({ case_id, breach }) => <li key={`${case_id} ${breach}`}>
        <CaseName id={case_id}/> {t.table.breach[breach] ?? breach}</li>)}</ul></section>}
    <table class="big figures">
      <caption>{t.table.caption(t.table.bases[found.basis])}</caption>
      <thead><tr><th scope="col">{t.table.period}</th>{WHICH.map(which =>
        <th scope="col" class="n" key={which}>{t.table.which[which]}</th>)}</tr></thead>
      <tbody>{found.periods.map(period => <tr key={period.period} data-row
        class={period.period.length === 4 ? 'whole' : ''}>
        <th scope="row">{period_name(period.period)}</th>
        {WHICH.map(which => <td class="n" key={which}><NumberLink period={period} which={which} basis={found.basis}/></td>)}
      </tr>)}</tbody>
    </table>
    <Bars found={found}/>
    <Section id="rules" title={t.table.rules}><ol class="rules">{t.table.rule_list.map(([id, text]) =>
      <li key={id}><b>{id}</b> {text}</li>)}</ol></Section>
  </>;
}

function NumberLink({ period, which, basis }: { period: PeriodFigures; which: Which; basis: Basis }) {
  const count = period[which];
  if (count === 0) return <>0</>;
  return <a href={href(['table', basis, period.period, which])}
    aria-label={t.table.open(period_name(period.period), t.table.which[which], count)}>{count}</a>;
}

const BAR = 10, GAP = 14, LEFT = 150, WIDTH = 640;
/** The same numbers as lengths; read out they are the table above. */
function Bars({ found }: { found: Figures }) {
  const halves = found.periods.filter(period => period.period.length > 4);
  const most = Math.max(1, ...halves.map(period => period.consultations));
  const height = halves.length * (3 * BAR + GAP) + 4;
  const length = (count: number) => Math.round((count / most) * (WIDTH - LEFT - 60));
  return <figure>
    <svg width={WIDTH} height={height} viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true">{halves.map((period, at) => {
      const y = at * (3 * BAR + GAP) + 2;
      return <g key={period.period}>
        <text class="t12" x={0} y={y + BAR + 6}>{period_name(period.period)}</text>
        {WHICH.map((which, nth) => <g key={which}>
          <rect class={`q${4 - nth}`} x={LEFT} y={y + nth * BAR} width={length(period[which])} height={BAR - 1}/>
          <text class="t11 t2" x={LEFT + 6 + length(period[which])} y={y + nth * BAR + 9}>{period[which]}</text></g>)}
      </g>;
    })}</svg>
    <figcaption>{t.table.bars}</figcaption>
  </figure>;
}

export function FigureRowsPage({ ids }: PageProps) {
  const basis: Basis = ids['basis'] === 'cohort' ? 'cohort' : 'event';
  const period = ids['period']!;
  const which = WHICH.find(one => one === ids['which']) ?? 'consultations';
  const loaded = use_load(() => figure_rows(period, which, basis), [period, which, basis]);
  return <>
    <PageHead title={`${period_name(period)} ${t.table.which[which]}`} above={<span>{t.table.bases[basis]}</span>}/>
    <Show of={loaded}>{({ items }) => <><p>{t.table.rows(items.length)}</p>
      <table class="stack"><thead><tr><th>{which === 'consultations' ? t.consultation.received_at : t.cases.opened_at}
        {t.common.in_brackets(zone_mark())}</th><th>{t.consultation.what}</th><th>{t.fields.state}</th></tr></thead>
      <tbody>{items.map(one => ('received_at' in one ? <ConsultationLine one={one} key={one.id}/>
        : <CaseLine one={one} key={one.id}/>))}</tbody></table></>}</Show>
    <p class="noprint"><a href={href(['table'], { basis })}>{t.common.back}</a></p>
  </>;
}

function ConsultationLine({ one }: { one: Consultation }) {
  return <tr data-row><td class="nw"><Moment at={one.received_at}/></td>
    <th scope="row"><a href={href(['consultations', one.id])}>{consultation_line(one)}</a></th>
    <td data-l={t.fields.state}>{code_word('consultation_state', one.state)}</td></tr>;
}
function CaseLine({ one }: { one: Case }) {
  return <tr data-row><td class="nw"><Moment at={one.opened_at}/></td>
    <th scope="row"><a href={href(['cases', one.id])}>{one.number} {one.title}</a></th>
    <td data-l={t.fields.state}>{code_word('case_state', one.state)}</td></tr>;
}
