// What konsekid sends and takes, as api/openapi.yaml has it.

export type Ulid = string;
/** RFC 3339, UTC. */
export type Instant = string;

export interface Header {
  id: Ulid;
  version: number;
  change_no: number;
  created_at: Instant;
  created_by: Ulid;
  updated_at: Instant;
  updated_by: Ulid;
  deleted_at: Instant | null;
}

/** A blank never becomes a "no": null stands for "not asked". */
export type Answer<T> =
  | null
  | { answer: 'unknown' | 'declined' | 'not_applicable' }
  | { answer: 'value'; value: T };

// The codes of each enumeration, in the order in which pages offer them.
export const CODES = {
  asker_kind: ['organisation', 'individual', 'anonymous', 'agency'],
  purpose: ['victim_suspected', 'attack_failed', 'past_attack_information', 'health_check',
    'self_investigation', 'plan_review', 'information_sharing', 'general_advice', 'other'],
  case_kind: ['incident', 'health_check', 'advice', 'donated_traces'],
  motive: ['espionage', 'crime', 'unclear'],
  noticed_by: ['own_staff', 'own_monitoring', 'antivirus_alert', 'outside_agency', 'police',
    'vendor', 'partner', 'media', 'attacker_contact', 'other_case', 'health_check'],
  intake_channel: ['phone', 'mail', 'form', 'visit', 'partner', 'other'],
  consultation_state: ['received', 'in_progress', 'waiting_for_them', 'closed'],
  consultation_outcome: ['advised', 'moved_to_rescue', 'referred', 'information_received',
    'out_of_scope_crime', 'duplicate_of', 'no_answer', 'withdrawn'],
  attack_outcome: ['succeeded', 'failed', 'blocked'],
  done_already: ['nothing', 'cut_network', 'switched_off', 'cleaned', 'reinstalled',
    'passwords_changed', 'logs_saved'],
  case_state: ['open', 'closed'],
  case_phase: ['assess', 'preserve', 'scope', 'decide', 'contain', 'evict', 'recover', 'follow_up',
    'watching'],
  evidence_decision: ['keep', 'give_back', 'destroy', 'none'],
  rescue_state: ['proposed', 'active', 'ended', 'declined'],
  rescue_reason: ['harm_by_delay', 'root_of_chain', 'health_check'],
  visit_state: ['planned', 'done', 'cancelled'],
  legal_kind: ['company', 'association_foundation', 'independent_agency', 'national_government',
    'local_government', 'school_university', 'research_institute', 'think_tank', 'media', 'npo',
    'other_public', 'foreign_entity', 'individual', 'other'],
  size_band: ['none', 'one_admin', 'small_team', 'csirt'],
  ci_sector: ['ict', 'fin', 'avi', 'apt', 'rail', 'pow', 'gas', 'gov', 'med', 'wat', 'log', 'chem',
    'cred', 'oil', 'port'],
  theme_sector: ['academia', 'think_tank', 'media', 'high_tech', 'semiconductor', 'defense',
    'space', 'pharma', 'games', 'travel', 'diplomacy', 'trade_policy', 'politics',
    'individual_expert'],
  maturity: ['m0', 'm1', 'm2', 'm3'],
  tlp: ['red', 'amber_strict', 'amber', 'green', 'clear'],
  pap: ['red', 'amber', 'green', 'clear'],
  channel_kind: ['phone', 'mail', 'fax', 'post', 'chat', 'other'],
  safety: ['unknown', 'safe', 'unsafe'],
  case_link_kind: ['same_as', 'part_of', 'related', 'split_from'],
  task_state: ['open', 'done', 'dropped'],
  role: ['viewer', 'contributor', 'lead', 'approver', 'custodian', 'administrator',
    'organisation', 'partner'],
} as const;

export type Enumeration = keyof typeof CODES;
export type Code<E extends Enumeration> = (typeof CODES)[E][number];

export interface Organisation extends Header {
  name: string;
  name_kana: string | null;
  name_en: string | null;
  legal_kind: Answer<Code<'legal_kind'>>;
  ci_sector: Answer<Code<'ci_sector'>>;
  theme_sectors: Answer<Code<'theme_sector'>[]>;
  size_band: Answer<Code<'size_band'>>;
  prefecture: Answer<string>;
  country: string | null;
  maturity: Answer<Code<'maturity'>>;
  maturity_on: string | null;
  maturity_basis: string | null;
  remarks: string | null;
}

/** Contact data (name, name_kana) comes by `reveal` only. */
export interface Contact extends Header {
  name?: string | null;
  name_kana?: string | null;
  role: string | null;
  organisation_id: Ulid | null;
  language: string | null;
  may_be_contacted: boolean;
}

export interface Channel extends Header {
  contact_id: Ulid;
  kind: Code<'channel_kind'>;
  value?: string;
  safety: Code<'safety'>;
  safety_basis: string | null;
}

export interface Consultation extends Header {
  received_at: Instant;
  received_zone: string | null;
  channel: Answer<Code<'intake_channel'>>;
  contact_id: Ulid | null;
  gave_no_contact: boolean;
  asker_kind: Answer<Code<'asker_kind'>>;
  organisation_id: Ulid | null;
  organisation_told: string | null;
  purpose: Answer<Code<'purpose'>>;
  noticed_by: Answer<Code<'noticed_by'>>;
  motive: Answer<Code<'motive'>>;
  motive_reason: string | null;
  attack_outcome: Answer<Code<'attack_outcome'>>;
  done_already: Answer<Code<'done_already'>[]>;
  information_only: boolean;
  summary: string | null;
  original?: string | null;
  call_back_at: Instant | null;
  call_back_to?: string | null;
  tlp: Code<'tlp'>;
  state: Code<'consultation_state'>;
  outcome: Code<'consultation_outcome'> | null;
  closing_reason: string | null;
  case_id: Ulid | null;
  duplicate_of: Ulid | null;
}

export interface Case extends Header {
  number: string;
  title: string;
  kind: Code<'case_kind'>;
  organisation_id: Ulid | null;
  motive: Answer<Code<'motive'>>;
  summary: string | null;
  tlp: Code<'tlp'>;
  pap: Code<'pap'>;
  is_closed_off: boolean;
  state: Code<'case_state'>;
  phase: Code<'case_phase'>;
  opened_at: Instant;
  closed_at: Instant | null;
  closing_note: string | null;
  evidence_decision: Code<'evidence_decision'> | null;
}

export interface Rescue extends Header {
  case_id: Ulid;
  reason: Code<'rescue_reason'>;
  reason_text: string | null;
  decided_by: string;
  decided_at: Instant;
  state: Code<'rescue_state'>;
  started_at: Instant | null;
  ended_at: Instant | null;
  ending_reason: string | null;
}

export interface Visit extends Header {
  case_id: Ulid;
  planned_for: Instant;
  prefecture: Answer<string>;
  purpose: string | null;
  people: string | null;
  result: string | null;
  state: Code<'visit_state'>;
  started_at: Instant | null;
  ended_at: Instant | null;
  cancelling_reason: string | null;
}

export interface CaseLink extends Header {
  case_id: Ulid;
  other_case_id: Ulid;
  kind: Code<'case_link_kind'>;
  reason: string;
  undone_at: Instant | null;
  undoing_reason: string | null;
}

export interface Note extends Header {
  case_id: Ulid;
  title: string | null;
  body: string;
}

export interface Task extends Header {
  case_id: Ulid | null;
  title: string;
  owner_id: Ulid | null;
  due_at: Instant | null;
  state: Code<'task_state'>;
}

/** Things by the word that paths name them with. */
export interface Entities {
  organisations: Organisation;
  contacts: Contact;
  channels: Channel;
  consultations: Consultation;
  cases: Case;
  rescues: Rescue;
  visits: Visit;
  'case-links': CaseLink;
  notes: Note;
  tasks: Task;
}
export type Plural = keyof Entities;

export interface Page<T> {
  items: T[];
  next: string | null;
}
