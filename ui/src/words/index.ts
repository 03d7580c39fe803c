// The words of the pages in the language that is spoken now. `t` is read whenever a page is drawn: choosing another
// language draws all of it again.
import type { Words } from './ja.ts';

export type Language = 'ja' | 'en';
export type { Words };

const WORDS = {
  ja: () => import('./ja.ts').then(found => found.ja),
  en: () => import('./en.ts').then(found => found.en),
};
/** The only thing that this page keeps in the browser's storage besides the switch of shortcuts. */
const KEPT = 'konseki-language';

export let t: Words;
export let language: Language = 'ja';

export async function speak(wanted: Language): Promise<void> {
  t = await WORDS[wanted]();
  language = wanted;
  document.documentElement.lang = wanted;
}
export function choose_language(wanted: Language): Promise<void> {
  localStorage.setItem(KEPT, wanted);
  return speak(wanted);
}
export function preferred_language(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'ja' || kept === 'en') return kept;
  return navigator.language.startsWith('ja') ? 'ja' : 'en';
}
