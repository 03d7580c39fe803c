// What is being written stays when a page is left and come back to. It lives in this tab's memory and nowhere else:
// a browser's storage is no place for what a victim told.

const drafts = new Map<string, unknown>();

export function draft_of<T>(key: string): T | undefined {
  return drafts.get(key) as T | undefined;
}
export function keep_draft(key: string, value: unknown): void {
  drafts.set(key, value);
}
export function drop_draft(key: string): void {
  drafts.delete(key);
}
/** Somebody else logs in. */
export function drop_all_drafts(): void {
  drafts.clear();
}

addEventListener('beforeunload', event => {
  if (drafts.size > 0) event.preventDefault();
});
