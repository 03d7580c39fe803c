// Who is logged in, and the names of who else works here.
import { call } from './api/client.ts';
import type { Code, Ulid } from './api/types.ts';
import { set_zone } from './lib/time.ts';
import { t } from './words/index.ts';

export interface User {
  id: Ulid;
  /** For those who manage users. */
  login?: string;
  display_name: string;
  is_disabled: boolean;
}
export interface Me {
  user: { id: Ulid; login: string; display_name: string; language: string; has_totp: boolean };
  /** On the whole desk. */
  roles: Code<'role'>[];
  /** What those roles allow everywhere but in what is closed off. */
  acts: string[];
  desk: { name: string; zone: string; version: string };
}

export let me: Me | null = null;
const names = new Map<Ulid, string>();

export async function load_me(): Promise<Me> {
  me = await call<Me>('GET', '/me', { is_login: true });
  set_zone(me.desk.zone);
  names.set(me.user.id, me.user.display_name);
  return me;
}
export function forget_me(): void {
  me = null;
  names.clear();
}
/** Whether a page is worth showing: the server decides each act by itself. */
export function may(act: string): boolean {
  return me?.acts.includes(act) ?? false;
}

export async function load_users(): Promise<User[]> {
  const { items } = await call<{ items: User[] }>('GET', '/users');
  for (const user of items) names.set(user.id, user.display_name);
  return items;
}
/** What the desk does by itself, or before it knows for whom. */
const NOBODY = '0'.repeat(26);
export function user_name(id: Ulid): string {
  if (id === NOBODY) return t.common.desk_itself;
  return names.get(id) ?? id.slice(-6);
}
