import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clock_text, day_text, fiscal_year, from_instant, moment_text, parse_moment, set_zone, to_instant, weekday,
  zone_mark } from '../src/lib/time.ts';

const at = (text: string) => from_instant(text);

test('a moment stands in the zone of the desk, whatever the browser has', () => {
  set_zone('Asia/Tokyo');
  assert.equal(moment_text(at('2019-09-30T15:00:00Z')), '2019-10-01 00:00');
  assert.equal(day_text(at('2019-09-30T14:59:59.9999999Z')), '2019-09-30');
  assert.equal(clock_text(at('2019-05-20T05:03:00Z')), '14:03');
  assert.equal(weekday(at('2019-05-19T15:00:00Z')), 1);
  assert.equal(zone_mark(), 'JST');
});

test('what is typed is read strictly, in the zone of the desk', () => {
  set_zone('Asia/Tokyo');
  const read = (text: string) => { const found = parse_moment(text); return found === null ? null : to_instant(found); };
  assert.equal(read('2019-05-20 14:05'), '2019-05-20T05:05:00.000Z');
  assert.equal(read('2019/5/20 0:05'), '2019-05-19T15:05:00.000Z');
  assert.equal(read(' 2019.05.20T14:05:30 '), '2019-05-20T05:05:30.000Z');
  assert.equal(read('２０１９－０５－２０　１４：０５'), '2019-05-20T05:05:00.000Z');
  for (const text of ['', '2019-05-20', '14:05', '2019-02-29 10:00', '2019-13-01 10:00', '2019-05-20 24:00',
    '2019-05-20 14:60', 'yesterday 10:00', '2019-05-20 14:05 PM'])
    assert.equal(read(text), null, text);
});

test('a zone with summer time is read on either side of its change', () => {
  set_zone('Europe/Berlin');
  assert.equal(to_instant(parse_moment('2019-03-31 01:30')!), '2019-03-31T00:30:00.000Z');
  assert.equal(to_instant(parse_moment('2019-03-31 03:30')!), '2019-03-31T01:30:00.000Z');
  assert.equal(to_instant(parse_moment('2019-07-01 12:00')!), '2019-07-01T10:00:00.000Z');
  assert.equal(zone_mark(), 'Europe/Berlin');
  set_zone('Asia/Tokyo');
});

test('the fiscal year begins on 1 April in Japan', () => {
  assert.equal(fiscal_year(at('2019-03-31T14:59:59Z')), 2018);
  assert.equal(fiscal_year(at('2019-03-31T15:00:00Z')), 2019);
  assert.equal(fiscal_year(at('2020-01-01T00:00:00Z')), 2019);
});
