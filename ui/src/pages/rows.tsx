// What every kind of thing has: its versions, and the way into the bin and out of it.
import { act, bin, get, list } from '../api/client.ts';
import type { Header, Plural } from '../api/types.ts';
import { versions } from '../api/views.ts';
import { FIELDS } from '../entities.ts';
import { changed, type Fields } from '../lib/merge.ts';
import { href } from '../lib/router.ts';
import { zone_mark } from '../lib/time.ts';
import { ActForm } from '../parts/act_page.tsx';
import { Moment, PageHead } from '../parts/basics.tsx';
import { label_of } from '../parts/form.tsx';
import { Show, use_load } from '../parts/load.tsx';
import { Paged } from '../parts/paged.tsx';
import { value_text } from '../parts/shown.tsx';
import type { PageProps } from '../routes.ts';
import { user_name } from '../session.ts';
import { t } from '../words/index.ts';
import { NotFoundPage } from './not_found.tsx';

const is_plural = (text: string): text is Plural => Object.hasOwn(FIELDS, text);

/** Where a thing is shown. */
function home_of(plural: Plural, row: Fields): string {
  if (plural === 'cases' || plural === 'consultations' || plural === 'organisations' || plural === 'contacts')
    return href([plural, String(row['id'])]);
  if (plural === 'channels') return href(['contacts', String(row['contact_id'])]);
  return row['case_id'] ? href(['cases', String(row['case_id'])]) : href(['today']);
}

export function VersionsPage({ ids }: PageProps) {
  const plural = ids['plural']!;
  return is_plural(plural) ? <Versions plural={plural} id={ids['id']!}/> : <NotFoundPage/>;
}

function Versions({ plural, id }: { plural: Plural; id: string }) {
  const loaded = use_load(() => versions(plural, id), [plural, id]);
  return <>
    <PageHead title={t.rows.versions} above={<span>{t.plurals[plural]}</span>}><p>{t.rows.versions_lead}</p></PageHead>
    <Show of={loaded}>{({ items }) => {
      const newest = [...items].sort((a, b) => b.row.version - a.row.version);
      return <ol class="versions">{newest.map((one, at) => {
        const before = newest[at + 1];
        return <li key={one.row.version}>
          <h2>{t.rows.version(one.row.version)} <small><Moment at={one.at} zoned/>　{user_name(one.by)}</small></h2>
          <Changes plural={plural} from={(before?.row ?? {}) as unknown as Fields} to={one.row as unknown as Fields}
            is_first={before === undefined}/>
        </li>;
      })}</ol>;
    }}</Show>
    <Show of={loaded}>{({ items }) => <p class="noprint"><a href={home_of(plural, (items[0]?.row ?? {}) as unknown as Fields)}>
      {t.common.back}</a></p>}</Show>
  </>;
}

function Changes({ plural, from, to, is_first }: { plural: Plural; from: Fields; to: Fields; is_first: boolean }) {
  const own = FIELDS[plural];
  const moved = ['state', 'phase', 'deleted_at'].filter(name => name in to);
  const fields = own.filter(({ name }) => Object.hasOwn(changed(from, to, [name]), name));
  const acts = Object.keys(changed(from, to, moved)).filter(name => !own.some(field => field.name === name));
  if (fields.length + acts.length === 0) return <p class="q">{t.rows.no_change}</p>;
  return <table class="stack"><thead><tr><th>{t.rows.field}</th>{!is_first && <th>{t.rows.before}</th>}<th>{t.rows.after}</th></tr></thead>
    <tbody>{fields.map(field => <tr key={field.name}><th scope="row">{label_of(field.name)}</th>
      {!is_first && <td data-l={t.rows.before} class="written">{value_text(field, from[field.name])}</td>}
      <td data-l={t.rows.after} class="written">{value_text(field, to[field.name])}</td></tr>)}
    {acts.map(name => <tr key={name}><th scope="row">{label_of(name)}</th>
      {!is_first && <td data-l={t.rows.before}>{state_text(plural, name, from[name])}</td>}
      <td data-l={t.rows.after}>{state_text(plural, name, to[name])}</td></tr>)}</tbody></table>;
}

/** What an act set. */
function state_text(plural: Plural, name: string, value: unknown): string {
  if (name === 'deleted_at') return value ? t.rows.binned : t.rows.not_binned;
  const words = { cases: t.codes.case_state, consultations: t.codes.consultation_state, rescues: t.codes.rescue_state,
    visits: t.codes.visit_state, tasks: t.codes.task_state }[plural as 'cases'] as Record<string, string> | undefined;
  const all = name === 'phase' ? (t.codes.case_phase as Record<string, string>) : words;
  return all?.[String(value)] ?? String(value ?? '—');
}

export function BinPage({ ids }: PageProps) {
  const plural = ids['plural']!;
  return is_plural(plural) ? <Bin plural={plural} id={ids['id']!}/> : <NotFoundPage/>;
}

function Bin({ plural, id }: { plural: Plural; id: string }) {
  const loaded = use_load(() => get(plural, id), [plural, id]);
  return <Show of={loaded}>{row => {
    const home = home_of(plural, row as unknown as Fields);
    if (row.deleted_at !== null)
      return <><PageHead title={t.rows.in_bin}><p>{t.rows.restore_lead}</p></PageHead>
        <ActForm fields={[]} send={t.rows.restore} back={home} on_send={async () => {
          await act(plural, id, 'restore', row.version);
          location.replace(home);
        }}/></>;
    return <><PageHead title={t.rows.to_bin} above={<span>{t.plurals[plural]}</span>}><p>{t.rows.bin_lead}</p></PageHead>
      <p class="draft">{name_of(plural, row as unknown as Fields)}</p>
      <ActForm fields={[]} send={t.rows.to_bin} back={home} is_grave on_send={async () => {
        await bin(plural, id, row.version);
        loaded.reload();
      }}/></>;
  }}</Show>;
}

export function BinListPage({ ids }: PageProps) {
  const plural = ids['plural']!;
  if (!is_plural(plural)) return <NotFoundPage/>;
  return <>
    <PageHead title={t.rows.bin} above={<span>{t.plurals[plural]}</span>}/>
    <Paged asked={[plural]} fetch={after => list(plural, { bin: 'true', after, limit: '50' })} none={t.rows.bin_empty}
      head={<tr><th>{t.fields.name}</th><th>{t.rows.since}{t.common.in_brackets(zone_mark())}</th></tr>}
      line={(row: Header) => <tr key={row.id} data-row>
        <th scope="row"><a href={href(['bin', plural, row.id])}>{name_of(plural, row as unknown as Fields)}</a></th>
        <td class="nw" data-l={t.rows.since}><Moment at={row.deleted_at}/></td></tr>}/>
  </>;
}

function name_of(plural: Plural, row: Fields): string {
  const first = FIELDS[plural].find(field => row[field.name]);
  return [row['number'], row['title'] ?? row['name'] ?? row['summary'] ?? (first && value_text(first, row[first.name]))]
    .filter(Boolean).join(' ');
}
