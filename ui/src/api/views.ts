// What the server puts together for a page.
import { call } from './client.ts';
import type { Case, Channel, Code, Consultation, Contact, Entities, Header, Instant, Plural, Task, Ulid, Visit }
  from './types.ts';

export interface Today {
  call_backs: Consultation[];
  consultations: Consultation[];
  tasks: Task[];
  visits: Visit[];
}
export const today = () => call<Today>('GET', '/today');

export interface TakenIn {
  consultation: Consultation;
  contact: Contact | null;
  channels: Channel[];
}
export const take_in = (body: object, key: string) => call<TakenIn>('POST', '/intake', { body, key });

export type Which = 'consultations' | 'rescues' | 'visited';
export type Basis = 'event' | 'cohort';
export interface PeriodFigures {
  period: string;
  consultations: number;
  rescues: number;
  visited: number;
}
export interface Figures {
  basis: Basis;
  periods: PeriodFigures[];
  breaches: { case_id: Ulid; breach: string }[];
}
export const figures = (basis: Basis, from: number | null, to: number) =>
  call<Figures>('GET', '/figures', { query: { basis, to: String(to), ...(from === null ? {} : { from: String(from) }) } });
export const figure_rows = (period: string, which: Which, basis: Basis) =>
  call<{ items: (Case | Consultation)[] }>('GET', `/figures/${encodeURIComponent(period)}/${which}`,
    { query: { basis } });

/** Kinds by the one word for one thing. */
export interface Kinds {
  organisation: 'organisations';
  contact: 'contacts';
  channel: 'channels';
  consultation: 'consultations';
  case: 'cases';
  rescue: 'rescues';
  visit: 'visits';
  case_link: 'case-links';
  note: 'notes';
  task: 'tasks';
}
/** A thing of some kind. */
export type Found = { [K in keyof Kinds]: { kind: K; row: Entities[Kinds[K]] } }[keyof Kinds];
export const search = (q: string) => call<{ items: Found[] }>('GET', '/search', { query: { q } });

/** Who may be calling: a contact with where they belong, or an organisation alone. */
export interface Known {
  contact: { id: Ulid; name: string | null; name_kana: string | null; role: string | null; may_be_contacted: boolean }
    | null;
  organisation: { id: Ulid; name: string; name_kana: string | null } | null;
  /** A field's name, or the kind of a way to reach them. */
  matched: string;
}
export const people = (q: string) => call<{ items: Known[]; has_more: boolean }>('GET', '/people', { query: { q } });

/** What was being written; its body comes alone. */
export interface KeptDraft {
  key: string;
  updated_at: Instant;
}
// Behind the back of who writes: a login that ended is not asked for here.
export const drafts = async () =>
  (await call<{ items: KeptDraft[] }>('GET', '/me/drafts', { is_login: true })).items;
export const draft = (key: string) =>
  call<KeptDraft & { body: string }>('GET', `/me/drafts/${encodeURIComponent(key)}`);
export const put_draft = async (key: string, body: string) => {
  await call<KeptDraft>('PUT', `/me/drafts/${encodeURIComponent(key)}`, { body: { body }, is_login: true });
};
export const drop_draft = async (key: string) => {
  await call<object>('DELETE', `/me/drafts/${encodeURIComponent(key)}`, { is_login: true });
};

export interface Version<T> {
  at: Instant;
  by: Ulid;
  row: T;
}
export const versions = <K extends Plural>(plural: K, id: Ulid) =>
  call<{ items: Version<Entities[K]>[] }>('GET', `/${plural}/${encodeURIComponent(id)}/versions`);

export interface Grant {
  user_id: Ulid;
  role: Code<'role'>;
}
export const grants = (case_id: Ulid) => call<{ items: Grant[] }>('GET', `/cases/${case_id}/grants`);

export interface AuditEvent {
  seq: number;
  at: Instant;
  actor: Ulid;
  action: string;
  object_kind: string;
  object: Ulid;
  reason: string | null;
}
export const audit = (query: Record<string, string>) =>
  call<{ items: AuditEvent[] }>('GET', '/audit', { query });

export interface Session extends Pick<Header, 'id' | 'created_at'> {
  seen_at: Instant;
  address: string;
  agent: string;
  is_this: boolean;
}
