// Deadlines of the next two weeks: one square each.
import type { Instant } from '../api/types.ts';
import { day_text, from_instant, weekday } from '../lib/time.ts';
import { t } from '../words/index.ts';

const DAYS = 14, DAY_MS = 86_400_000, STEP = 24, WIDTH = DAYS * STEP + 4;
/** More than these stand as a number. */
const MOST_SQUARES = 3;
const LINE = 52;

export function Strip({ from, at }: { from: number; at: readonly Instant[] }) {
  const counts = new Map<string, number>();
  const today = day_text(from);
  for (const one of at) {
    const day = day_text(from_instant(one));
    const shown = day < today ? today : day;
    counts.set(shown, (counts.get(shown) ?? 0) + 1);
  }
  const days = Array.from({ length: DAYS }, (_, index) => {
    const ticks = from + index * DAY_MS;
    return { text: day_text(ticks), weekday: weekday(ticks), count: counts.get(day_text(ticks)) ?? 0, x: 2 + index * STEP };
  });
  const told = days.filter(day => day.count > 0).map(day => t.today.on_day(day.text.slice(5), day.count));
  return <>
    <svg class="strip" viewBox={`0 0 ${WIDTH} 86`} role="img"
      aria-label={told.length === 0 ? t.today.no_deadlines : told.join(t.common.comma)}>
      {days.map(day => <g key={day.text}>
        {(day.weekday === 0 || day.weekday === 6) &&
          <rect class="g-rest" x={day.x} y={4} width={STEP - 2} height={78}/>}
        {day.count > MOST_SQUARES
          ? <text class="t12 b" text-anchor="middle" x={day.x + 11} y={46}>{day.count}</text>
          : Array.from({ length: day.count }, (_, nth) => <rect class="g-ink" key={nth} x={day.x + 6}
            y={LINE - 14 - nth * 13} width={10} height={10}/>)}
        <text class={day.text === today ? 't12 b' : 't12'} text-anchor="middle" x={day.x + 11} y={66}>
          {Number(day.text.slice(8))}</text>
        <text class="t11 t2" text-anchor="middle" x={day.x + 11} y={80}>{t.weekdays[day.weekday]!.slice(0, 2)}</text>
      </g>)}
      <path class="g-line2" d={`M2 ${LINE}H${WIDTH - 2}`}/>
    </svg>
    <p class="qq">{told.length === 0 ? t.today.no_deadlines : t.today.strip_note}</p>
  </>;
}
