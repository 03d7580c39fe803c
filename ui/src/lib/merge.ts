// When two people wrote on one thing: what each changed, and what of it is in each other's way.

/** Pairs of equal lines, longest common subsequence. */
function common_lines(a: readonly string[], b: readonly string[]): [number, number][] {
  const width = b.length + 1;
  const best = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; --i)
    for (let j = b.length - 1; j >= 0; --j)
      best[i * width + j] = a[i] === b[j]
        ? best[(i + 1) * width + j + 1]! + 1
        : Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!);
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (best[(i + 1) * width + j]! >= best[i * width + j + 1]!) ++i;
    else ++j;
  }
  return pairs;
}

/** Two texts of this many lines are compared within a moment (16 MB of table); longer ones stand side by side. */
export const MOST_LINES = 2000;

/** A piece of a merged text: agreed on, or as each has it. */
export type Piece = { same: string[] } | { base: string[]; theirs: string[]; mine: string[] };

const equal = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((line, at) => line === b[at]);

/** Three-way merge by lines. */
export function merge_lines(base: string, theirs: string, mine: string): Piece[] {
  const o = base.split('\n'), a = theirs.split('\n'), b = mine.split('\n');
  if (Math.max(o.length, a.length, b.length) > MOST_LINES) return [{ base: o, theirs: a, mine: b }];
  const in_theirs = new Map(common_lines(o, a)), in_mine = new Map(common_lines(o, b));
  const pieces: Piece[] = [];
  let from_o = 0, from_a = 0, from_b = 0;
  const close = (to_o: number, to_a: number, to_b: number) => {
    const was = o.slice(from_o, to_o), their = a.slice(from_a, to_a), my = b.slice(from_b, to_b);
    if (was.length + their.length + my.length === 0) return;
    if (equal(their, my) || equal(my, was)) add_same(pieces, their);
    else if (equal(their, was)) add_same(pieces, my);
    else pieces.push({ base: was, theirs: their, mine: my });
  };
  for (let at = 0; at < o.length; ++at) {
    const their = in_theirs.get(at), my = in_mine.get(at);
    if (their === undefined || my === undefined) continue;
    close(at, their, my);
    add_same(pieces, [o[at]!]);
    [from_o, from_a, from_b] = [at + 1, their + 1, my + 1];
  }
  close(o.length, a.length, b.length);
  return pieces;
}

function add_same(pieces: Piece[], lines: string[]): void {
  if (lines.length === 0) return;
  const last = pieces.at(-1);
  if (last && 'same' in last) last.same.push(...lines);
  else pieces.push({ same: [...lines] });
}

/** A text to go on with: what is in each other's way stands in it twice, theirs first, so that no word is lost. */
export function merged_text(pieces: readonly Piece[]): string {
  return pieces.flatMap(piece => ('same' in piece ? piece.same : [...piece.theirs, ...piece.mine]))
    .join('\n');
}
export function is_clean(pieces: readonly Piece[]): boolean {
  return pieces.every(piece => 'same' in piece);
}

export type Fields = Record<string, unknown>;

function alike(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** Which of the named fields both changed, each to something else. */
export function clashes(base: Fields, theirs: Fields, mine: Fields, names: readonly string[]): string[] {
  return names.filter(name => !alike(theirs[name], base[name]) && !alike(mine[name], base[name]) &&
    !alike(theirs[name], mine[name]));
}
/** What `mine` changes of `base`: all that is sent, so that nobody else's change is taken back. */
export function changed(base: Fields, mine: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(names.filter(name => !alike(base[name], mine[name]))
    .map(name => [name, mine[name] ?? null]));
}
