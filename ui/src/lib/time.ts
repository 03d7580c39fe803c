// Moments are UTC on the wire and stand in the desk's zone on every page, with the zone named.

let zone = 'Asia/Tokyo';

/** The zone in which all pages show and take times: the desk's, not the browser's. */
export function set_zone(name: string): void {
  zone = name;
}
export function zone_name(): string {
  return zone;
}
/** As people write it: JST for Japan, else the zone's own name. */
export function zone_mark(): string {
  return zone === 'Asia/Tokyo' ? 'JST' : zone;
}

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function parts_of(at: number): Parts {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric',
      hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
    formats.set(zone, format);
  }
  const found: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) found[type] = Number(value);
  return found as unknown as Parts;
}

const two = (n: number) => String(n).padStart(2, '0');
const four = (n: number) => String(n).padStart(4, '0');

/** `2019-05-20` */
export function day_text(at: number): string {
  const { year, month, day } = parts_of(at);
  return `${four(year)}-${two(month)}-${two(day)}`;
}
/** `14:05` */
export function clock_text(at: number): string {
  const { hour, minute } = parts_of(at);
  return `${two(hour)}:${two(minute)}`;
}
/** `2019-05-20 14:05` */
export function moment_text(at: number): string {
  return `${day_text(at)} ${clock_text(at)}`;
}
/** 0 for Sunday. */
export function weekday(at: number): number {
  const { year, month, day } = parts_of(at);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** How far the zone is before UTC at a moment, in milliseconds. */
function offset_at(at: number): number {
  const { year, month, day, hour, minute, second } = parts_of(at);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

/** Takes `2019-05-20 14:05`, also with / or . or T, in full width, with seconds. Nothing where it is no moment. */
export function parse_moment(text: string): number | null {
  const plain = text.normalize('NFKC').trim();
  const match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(plain);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map(n => Number(n ?? 0)) as
    [number, number, number, number, number, number];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const read = new Date(wall);
  if (read.getUTCMonth() !== month - 1 || read.getUTCDate() !== day) return null;
  // The offset may differ on the other side of a change of clocks: asked twice.
  const near = wall - offset_at(wall);
  return wall - offset_at(near);
}

/** As the interface writes it. */
export function to_instant(at: number): string {
  return new Date(at).toISOString();
}
/** Up to seven digits of a second come; Date keeps three, more than any page shows. */
export function from_instant(text: string): number {
  return Date.parse(text.replace(/(\.\d{3})\d+Z$/, '$1Z'));
}

/** Japan's fiscal year of a moment, for the choice of years: the desk does the counting. */
export function fiscal_year(at: number): number {
  const japan = new Date(at + 9 * 3_600_000);
  return japan.getUTCFullYear() - (japan.getUTCMonth() < 3 ? 1 : 0);
}
