// Keys: none of them alone does anything that cannot be taken back, and single letters can be switched off.

const KEPT = 'konseki-keys';

export function has_single_keys(): boolean {
  return localStorage.getItem(KEPT) !== 'off';
}
export function set_single_keys(is_on: boolean): void {
  localStorage.setItem(KEPT, is_on ? 'on' : 'off');
}

function is_writing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable ||
    target.matches('textarea,select,input:not([type=radio]):not([type=checkbox])'));
}

/** To the next or the last line of the lists of the page. */
function walk(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('[data-row]')]
    .map(row => row.querySelector<HTMLElement>('a,button')).filter(link => link !== null);
  if (links.length === 0) return;
  const row = document.activeElement?.closest('[data-row]') ?? null;
  const at = row === null ? -1 : links.findIndex(link => row.contains(link));
  const next = row === null ? (step > 0 ? 0 : links.length - 1) : at + step;
  const link = links[Math.max(0, Math.min(links.length - 1, next))];
  link?.focus();
  link?.scrollIntoView({ block: 'nearest' });
}

export function listen_to_keys({ help }: { help: () => void }): () => void {
  const on_key = (event: KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      // Only what somebody is writing in: a page that asks for a decision is not answered by chance.
      const form = (event.target as Element | null)?.closest('form');
      if (!form) return;
      form.requestSubmit();
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || is_writing(event.target) || !has_single_keys() ||
        document.querySelector('dialog[open]')) return;
    const act = {
      '/': () => document.getElementById('q')?.focus(),
      'j': () => walk(1),
      'k': () => walk(-1),
      'e': () => document.querySelector<HTMLElement>('[data-edit]')?.click(),
      '?': help,
    }[event.key];
    if (!act) return;
    act();
    event.preventDefault();
  };
  addEventListener('keydown', on_key);
  return () => removeEventListener('keydown', on_key);
}
