// Pages are named behind the `#`: the server hands out one page, and a token in a first-login link stays in the browser.

export interface Place {
  /** The route's pattern, `/cases/:id`. */
  route: string;
  ids: Record<string, string>;
  query: URLSearchParams;
}

function parts_of(path: string): string[] {
  return path.split('/').filter(part => part !== '');
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** The first pattern that fits `#/path?query`, or nothing. */
export function match(hash: string, routes: readonly string[]): Place | null {
  const [path = '', query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  const given = parts_of(path).map(decoded);
  for (const route of routes) {
    const wanted = parts_of(route);
    if (wanted.length !== given.length) continue;
    const ids: Record<string, string> = {};
    const fits = wanted.every((want, at) => {
      const part = given[at];
      if (part === null || part === undefined) return false;
      if (!want.startsWith(':')) return want === part;
      ids[want.slice(1)] = part;
      return true;
    });
    if (fits) return { route, ids, query: new URLSearchParams(query) };
  }
  return null;
}

/** `#/cases/01…?q=…`; each part is escaped. */
export function href(parts: readonly string[], query: Record<string, string> = {}): string {
  const asked = new URLSearchParams(query).toString();
  return `#/${parts.map(encodeURIComponent).join('/')}${asked ? `?${asked}` : ''}`;
}

export function go(parts: readonly string[], query: Record<string, string> = {}): void {
  location.hash = href(parts, query);
}
/** Like `go`, but Back does not return here: after a form was sent. */
export function replace(parts: readonly string[], query: Record<string, string> = {}): void {
  location.replace(href(parts, query));
}
