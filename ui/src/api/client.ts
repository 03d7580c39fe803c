// The one way to the server.
import type { Entities, Page, Plural } from './types.ts';

export interface FieldFault {
  field: string;
  code: string;
}

/** What went wrong, as problem+json tells it; status 0: no answer came. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: FieldFault[];
  readonly current: unknown;
  readonly request_id: string;
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    super(String(body['title'] ?? status));
    this.status = status;
    this.code = String(body['code'] ?? '');
    this.fields = Array.isArray(body['fields']) ? (body['fields'] as FieldFault[]) : [];
    this.current = body['current'] ?? null;
    this.request_id = String(body['request_id'] ?? '');
    this.body = body;
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
interface Options {
  body?: unknown;
  /** Of the row that is changed. */
  version?: number;
  query?: Record<string, string | undefined>;
  /** A 401 is an answer here, not the end of a session. */
  is_login?: boolean;
  /** The same for each try of one and the same form: sent twice, it is done once. */
  key?: string;
}

/** Why somebody is asked for their password over the page: the login ended, or the act is a sensitive one. */
export type Ask = 'expired' | 'sensitive';
/** Resolves when the same person has shown who they are, rejects when they gave up. */
let ask_login: (why: Ask) => Promise<void> = () => Promise.reject(new Problem(401, { code: 'not_logged_in' }));
export function on_login_needed(ask: (why: Ask) => Promise<void>): void {
  ask_login = ask;
}

export function random_key(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(n => n.toString(16).padStart(2, '0')).join('');
}

const PATIENCE_MS = 60_000;

async function send(method: Method, url: string, options: Options, key: string): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (options.version !== undefined) headers['if-match'] = `"${options.version}"`;
  if (method === 'POST') headers['idempotency-key'] = key;
  try {
    return await fetch(url, {
      method, headers, credentials: 'same-origin', redirect: 'error', cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
  } catch {
    throw new Problem(0, { code: 'no_answer' });
  }
}

async function read(response: Response): Promise<Record<string, unknown>> {
  const text = await response.text();
  if (text === '') return {};
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { code: 'no_json' };
  }
}

/** One request. */
export async function call<T>(method: Method, path: string, options: Options = {}): Promise<T> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options.query ?? {}))
    if (value !== undefined && value !== '') query.set(name, value);
  const asked = query.toString();
  const url = `/api/v1${path}${asked ? `?${asked}` : ''}`;
  const key = options.key ?? random_key();
  let response = await send(method, url, options, key);
  let body = await read(response);
  const why = options.is_login ? null : response.status === 401 ? 'expired'
    : response.status === 403 && body['code'] === 'login_again' ? 'sensitive' : null;
  if (why !== null) {
    await ask_login(why);
    // What was refused for who asked was not done: the same key, so that it still is done once.
    response = await send(method, url, options, key);
    body = await read(response);
  }
  if (!response.ok) throw new Problem(response.status, body);
  return body as T;
}

const enc = encodeURIComponent;

export function list<K extends Plural>(plural: K, query: Record<string, string | undefined> = {}):
    Promise<Page<Entities[K]>> {
  return call('GET', `/${plural}`, { query });
}

/** Pages of a case's own things are few; past this the page says that there is more. */
const MOST_PAGES = 10;

/** All of a list, page by page. */
export async function list_all<K extends Plural>(plural: K, query: Record<string, string | undefined>):
    Promise<Entities[K][]> {
  const found: Entities[K][] = [];
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; ++page) {
    const { items, next } = await list(plural, { ...query, limit: '100', after });
    found.push(...items);
    if (next === null) break;
    after = next;
  }
  return found;
}

export function get<K extends Plural>(plural: K, id: string): Promise<Entities[K]> {
  return call('GET', `/${plural}/${enc(id)}`);
}
export function create<K extends Plural>(plural: K, body: object): Promise<Entities[K]> {
  return call('POST', `/${plural}`, { body });
}
export function patch<K extends Plural>(plural: K, id: string, version: number, body: object): Promise<Entities[K]> {
  return call('PATCH', `/${plural}/${enc(id)}`, { body, version });
}
export function bin<K extends Plural>(plural: K, id: string, version: number): Promise<unknown> {
  return call('DELETE', `/${plural}/${enc(id)}`, { version });
}
export function act<T>(plural: Plural, id: string, verb: string, version: number, body: object = {}): Promise<T> {
  return call('POST', `/${plural}/${enc(id)}/${verb}`, { body, version });
}
/** Contact data; the audit keeps who looked. */
export function reveal<K extends Plural>(plural: K, id: string): Promise<Partial<Entities[K]>> {
  return call('POST', `/${plural}/${enc(id)}/reveal`, { body: {} });
}
