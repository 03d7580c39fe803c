// The fields that people write, by kind of thing, in the order in which pages show them. What acts set (states,
// numbers) is not among them.
import type { Plural } from './api/types.ts';
import type { Field } from './parts/form.tsx';

export const CONSULTATION_QUESTIONS: readonly Field[] = [
  { name: 'channel', kind: { answer: 'intake_channel' } },
  { name: 'asker_kind', kind: { answer: 'asker_kind' } },
  { name: 'purpose', kind: { answer: 'purpose' } },
  { name: 'noticed_by', kind: { answer: 'noticed_by' } },
  { name: 'attack_outcome', kind: { answer: 'attack_outcome' } },
  { name: 'motive', kind: { answer: 'motive' } },
];

export const FIELDS: Readonly<Record<Plural, readonly Field[]>> = {
  organisations: [
    { name: 'name', kind: 'line', is_required: true },
    { name: 'name_kana', kind: 'line' },
    { name: 'name_en', kind: 'line' },
    { name: 'legal_kind', kind: { answer_list: 'legal_kind' } },
    { name: 'ci_sector', kind: { answer_list: 'ci_sector' } },
    { name: 'theme_sectors', kind: { answers: 'theme_sector' } },
    { name: 'size_band', kind: { answer: 'size_band' } },
    { name: 'prefecture', kind: 'prefecture_answer' },
    { name: 'country', kind: 'line' },
    { name: 'maturity', kind: { answer: 'maturity' } },
    { name: 'maturity_on', kind: 'date' },
    { name: 'maturity_basis', kind: 'line' },
    { name: 'remarks', kind: 'text' },
  ],
  contacts: [
    { name: 'name', kind: 'line' },
    { name: 'name_kana', kind: 'line' },
    { name: 'role', kind: 'line' },
    { name: 'organisation_id', kind: 'organisation' },
    { name: 'language', kind: 'line' },
    { name: 'may_be_contacted', kind: 'boolean' },
  ],
  channels: [
    { name: 'kind', kind: { code: 'channel_kind' }, is_required: true },
    { name: 'value', kind: 'line', is_required: true },
    { name: 'safety', kind: { code: 'safety' } },
    { name: 'safety_basis', kind: 'line' },
  ],
  consultations: [
    { name: 'received_at', kind: 'instant', is_required: true },
    { name: 'summary', kind: 'text' },
    { name: 'organisation_told', kind: 'line' },
    { name: 'organisation_id', kind: 'organisation' },
    ...CONSULTATION_QUESTIONS,
    { name: 'motive_reason', kind: 'line' },
    { name: 'done_already', kind: { answers: 'done_already' } },
    { name: 'information_only', kind: 'boolean' },
    { name: 'call_back_at', kind: 'instant' },
    { name: 'tlp', kind: { code: 'tlp' } },
  ],
  cases: [
    { name: 'title', kind: 'line', is_required: true },
    { name: 'kind', kind: { code: 'case_kind' } },
    { name: 'organisation_id', kind: 'organisation' },
    { name: 'motive', kind: { answer: 'motive' } },
    { name: 'summary', kind: 'text' },
    { name: 'tlp', kind: { code: 'tlp' } },
    { name: 'pap', kind: { code: 'pap' } },
  ],
  rescues: [
    { name: 'reason', kind: { code: 'rescue_reason' }, is_required: true },
    { name: 'reason_text', kind: 'text' },
    { name: 'decided_by', kind: 'line', is_required: true },
    { name: 'decided_at', kind: 'instant', is_required: true },
  ],
  visits: [
    { name: 'planned_for', kind: 'instant', is_required: true },
    { name: 'prefecture', kind: 'prefecture_answer' },
    { name: 'purpose', kind: 'line' },
    { name: 'people', kind: 'line' },
    { name: 'result', kind: 'text' },
  ],
  'case-links': [{ name: 'reason', kind: 'line', is_required: true }],
  notes: [
    { name: 'title', kind: 'line' },
    { name: 'body', kind: 'text', is_required: true },
  ],
  tasks: [
    { name: 'title', kind: 'line', is_required: true },
    { name: 'due_at', kind: 'instant' },
  ],
};
