// What a pasted mail or memo may hold of use. Proposals only: a person takes them or not.

export interface Proposal {
  kind: 'phone' | 'mail';
  value: string;
}

/** As many as a person looks at. */
const MOST_PROPOSALS = 5;
/** A memo is read this far: headers and the first screen of a mail hold who wrote it. */
const MOST_READ = 20_000;

const MAIL = /[a-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/gi;
// 03-1234-5678, 090-1234-5678, 0120-123-456, +81-3-1234-5678, with brackets or blanks.
const PHONE = /(?<![\d-])(?:\+81[- ]?|0)\d{1,4}[- ()]{1,2}\d{1,4}[- ()]{1,2}\d{3,4}(?![\d-])/g;

/** Addresses and numbers in the order in which they stand in the text, each once. */
export function proposals_in(text: string): Proposal[] {
  const read = text.slice(0, MOST_READ).normalize('NFKC').replace(/[‐‑‒–—―−]/g, '-');
  const found = [
    ...[...read.matchAll(MAIL)].map(match => ({ at: match.index, kind: 'mail' as const, value: match[0] })),
    ...[...read.matchAll(PHONE)].map(match => ({ at: match.index, kind: 'phone' as const, value: match[0].trim() })),
  ].sort((a, b) => a.at - b.at);
  const seen = new Set<string>();
  return found.filter(({ value }) => !seen.has(value) && seen.add(value))
    .slice(0, MOST_PROPOSALS).map(({ kind, value }) => ({ kind, value }));
}
