// A row's fields as questions and answers.
import type { Answer } from '../api/types.ts';
import { from_instant, moment_text, zone_mark } from '../lib/time.ts';
import type { Fields } from '../lib/merge.ts';
import { t } from '../words/index.ts';
import { answer_text, code_word } from './basics.tsx';
import { is_instant } from './fields.tsx';
import { type Field, label_of } from './form.tsx';
import { OrganisationName } from './names.tsx';

/** Any field in words. */
export function value_text({ kind }: Field, value: unknown): string {
  if (typeof kind === 'object' && !('code' in kind)) {
    const of = 'answer' in kind ? kind.answer : 'answer_list' in kind ? kind.answer_list : kind.answers;
    return answer_text(value as Answer<string | string[]> | undefined, given =>
      (Array.isArray(given) ? given : [given]).map(code => code_word(of, code)).join(t.common.comma));
  }
  if (kind === 'prefecture_answer')
    return answer_text(value as Answer<string> | undefined, code => t.prefectures[code] ?? code);
  if (value === null || value === undefined || value === '') return t.common.nothing_written;
  if (typeof kind === 'object') return code_word(kind.code, String(value));
  if (kind === 'boolean') return value === true ? t.common.yes : t.common.no;
  if (is_instant(value)) return `${moment_text(from_instant(String(value)))} ${zone_mark()}`;
  return String(value);
}

function is_no_value({ kind }: Field, value: unknown): boolean {
  if (kind === 'prefecture_answer' || (typeof kind === 'object' && !('code' in kind)))
    return value === null || value === undefined || (value as { answer: string }).answer !== 'value';
  return value === null || value === undefined || value === '';
}

export function Answers({ fields, row }: { fields: readonly Field[]; row: object }) {
  return <dl class="answers">{fields.map(field => {
    const value = (row as Fields)[field.name];
    return <div key={field.name}>
      <dt>{label_of(field.name)}</dt>
      <dd class={field.kind === 'text' ? 'written' : ''}>
        {field.kind === 'organisation' && value ? <OrganisationName id={String(value)}/>
          : is_no_value(field, value) ? <span class="st">{value_text(field, value)}</span> : value_text(field, value)}
      </dd>
    </div>;
  })}</dl>;
}
