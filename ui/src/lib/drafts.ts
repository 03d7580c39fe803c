// What is being written stays when a page is left and come back to: in this tab's memory, and some seconds after the
// last change on the server, for the one who wrote it alone. A browser's storage is no place for what a victim told.
import { draft as fetch_draft, drafts as fetch_drafts, drop_draft as remove, type KeptDraft, put_draft }
  from '../api/views.ts';
import { random_key } from '../api/client.ts';
import { Keeper, type Standing } from './keeper.ts';
import { from_instant } from './time.ts';

/** Of what a draft on the server holds; one that another version of the pages wrote is left alone. */
const FORMAT = 1;
/** The list of drafts is asked for once for all forms of a page. */
const FRESH_MS = 5_000;

const LEAVE_MS = 5_000;

const memory = new Map<string, unknown>();
const listeners = new Set<() => void>();
let listed: KeptDraft[] = [];
let listed_at = -Infinity;

const tell = () => listeners.forEach(listener => listener());
/** Each form that is opened anew has a key of its own: one draft never takes the place of another. */
const new_key = (form: string) => `${form}~${random_key().slice(0, 12)}`;
const is_of = (key: string, form: string) => key.startsWith(`${form}~`) && /^[0-9a-f]{12}$/.test(key.slice(form.length + 1));

const keeper = new Keeper({ put: put_draft, drop: remove },
  { now: Date.now, after: (ms, what) => setTimeout(what, ms), cancel: timer => clearTimeout(timer as number) },
  new_key, tell);

export function draft_of<T>(form: string): T | undefined {
  return memory.get(form) as T | undefined;
}
export function keep_draft(form: string, value: unknown): void {
  memory.set(form, value);
  keeper.keep(form, JSON.stringify({ format: FORMAT, value }));
}
export function drop_draft(form: string): void {
  memory.delete(form);
  listed = listed.filter(one => !(is_of(one.key, form) && keeper.owns(one.key)));
  keeper.drop(form);
}
/** Somebody else logs in. */
export function drop_all_drafts(): void {
  memory.clear();
  listed = [];
  listed_at = -Infinity;
  keeper.forget_all();
}
/** Sends what waits, before a login is ended; a server that does not answer keeps nobody logged in. */
export const flush_drafts = () =>
  Promise.race([keeper.flush(), new Promise<void>(resolve => setTimeout(resolve, LEAVE_MS))]);

export function on_drafts(listener: () => void): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}
export const standing_of = (form: string): Standing | null => keeper.standing(form);

/** Asks the server what it has. That it cannot be asked is no reason to keep somebody from writing. */
export async function look_for_drafts(): Promise<void> {
  if (Date.now() - listed_at < FRESH_MS) return;
  listed_at = Date.now();
  try {
    listed = await fetch_drafts();
    tell();
  } catch {
    listed_at = -Infinity;
  }
}
/** Drafts of a form that were left, in this browser or another one. */
export function offers_of(form: string): KeptDraft[] {
  return listed.filter(one => is_of(one.key, form) && !keeper.owns(one.key));
}
/** The form goes on with a draft; false where it is not there any more or cannot be read. */
export async function take_draft(form: string, { key }: KeptDraft): Promise<boolean> {
  const found = await fetch_draft(key);
  const kept = JSON.parse(found.body) as { format?: unknown; value?: unknown };
  if (kept.format !== FORMAT || typeof kept.value !== 'object' || kept.value === null) return false;
  memory.set(form, kept.value);
  keeper.adopt(form, key, found.body, from_instant(found.updated_at));
  return true;
}
export async function give_up_draft({ key }: KeptDraft): Promise<void> {
  await remove(key);
  listed = listed.filter(one => one.key !== key);
  tell();
}

addEventListener('beforeunload', event => {
  if (keeper.has_unkept()) event.preventDefault();
});
addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void keeper.flush();
});
