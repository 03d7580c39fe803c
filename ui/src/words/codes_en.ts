// What people read for the codes of the casebook (docs/desk.md).
import type { codes as codes_ja } from './codes_ja.ts';

export const codes: typeof codes_ja = {
  asker_kind: { organisation: 'organisation', individual: 'individual', anonymous: 'anonymous', agency: 'agency' },
  purpose: {
    victim_suspected: 'suspected victim', attack_failed: 'report of a failed attack',
    past_attack_information: 'information on a past attack', health_check: 'wish for a health check',
    self_investigation: 'advice on their own investigation', plan_review: 'review of a response plan',
    information_sharing: 'information sharing', general_advice: 'general advice', other: 'other',
  },
  case_kind: {
    incident: 'attack or suspicion', health_check: 'health check', advice: 'advice',
    donated_traces: 'donated traces',
  },
  motive: { espionage: 'cyber espionage', crime: 'cybercrime', unclear: 'cannot tell' },
  noticed_by: {
    own_staff: 'own staff', own_monitoring: 'own monitoring', antivirus_alert: 'antivirus alert',
    outside_agency: 'notice from outside', police: 'police', vendor: 'vendor', partner: 'business partner',
    media: 'media', attacker_contact: 'contact by the attacker', other_case: 'another case',
    health_check: 'health check',
  },
  intake_channel: {
    phone: 'phone', mail: 'mail', form: 'web form', visit: 'in person', partner: 'partner agency', other: 'other',
  },
  consultation_state: {
    received: 'received', in_progress: 'in progress', waiting_for_them: 'waiting for them', closed: 'closed',
  },
  consultation_outcome: {
    advised: 'advice given', moved_to_rescue: 'moved to rescue support', referred: 'referred elsewhere',
    information_received: 'information received', out_of_scope_crime: 'out of scope (cybercrime)',
    duplicate_of: 'duplicate of another consultation', no_answer: 'no answer', withdrawn: 'withdrawn',
  },
  attack_outcome: { succeeded: 'succeeded', failed: 'failed', blocked: 'blocked' },
  done_already: {
    nothing: 'nothing', cut_network: 'cut off from the network', switched_off: 'switched off',
    cleaned: 'cleaned or deleted', reinstalled: 'reinstalled', passwords_changed: 'passwords changed',
    logs_saved: 'logs saved',
  },
  case_state: { open: 'open', closed: 'closed' },
  case_phase: {
    assess: 'assess', preserve: 'preserve', scope: 'scope', decide: 'decide', contain: 'contain',
    evict: 'evict', recover: 'recover', follow_up: 'follow up', watching: 'watch',
  },
  evidence_decision: {
    keep: 'keep it', give_back: 'give it back', destroy: 'destroy it', none: 'no evidence was taken',
  },
  rescue_state: { proposed: 'proposed', active: 'active', ended: 'ended', declined: 'declined' },
  rescue_reason: {
    harm_by_delay: '(a) damage is foreseen and delay would harm society or industry',
    root_of_chain: '(b) looks like the root of a chain of attacks', health_check: '(c) health check in peace time',
  },
  visit_state: { planned: 'planned', done: 'done', cancelled: 'cancelled' },
  legal_kind: {
    company: 'company', association_foundation: 'association or foundation',
    independent_agency: 'independent administrative agency', national_government: 'national government',
    local_government: 'local government', school_university: 'school or university',
    research_institute: 'research institute', think_tank: 'think tank', media: 'media', npo: 'NPO',
    other_public: 'other public body', foreign_entity: 'body abroad', individual: 'individual', other: 'other',
  },
  size_band: {
    none: 'no administrator', one_admin: 'one administrator', small_team: 'small team', csirt: 'has a CSIRT',
  },
  ci_sector: {
    ict: 'information and communication', fin: 'finance', avi: 'aviation', apt: 'airports', rail: 'railways',
    pow: 'electric power', gas: 'gas', gov: 'government services', med: 'medical', wat: 'water',
    log: 'logistics', chem: 'chemical', cred: 'credit cards', oil: 'petroleum', port: 'ports',
  },
  theme_sector: {
    academia: 'academia', think_tank: 'think tanks', media: 'media', high_tech: 'high technology',
    semiconductor: 'semiconductors', defense: 'defence', space: 'space', pharma: 'pharmaceuticals',
    games: 'games', travel: 'travel', diplomacy: 'diplomacy', trade_policy: 'trade policy',
    politics: 'politics', individual_expert: 'individual experts',
  },
  maturity: {
    m0: 'M0 (first time)', m1: 'M1 (has been supported before)', m2: 'M2 (improves by itself)',
    m3: 'M3 (shares what it finds)',
  },
  tlp: {
    red: 'TLP:RED', amber_strict: 'TLP:AMBER+STRICT', amber: 'TLP:AMBER', green: 'TLP:GREEN', clear: 'TLP:CLEAR',
  },
  pap: { red: 'PAP:RED', amber: 'PAP:AMBER', green: 'PAP:GREEN', clear: 'PAP:CLEAR' },
  channel_kind: { phone: 'phone', mail: 'mail', fax: 'fax', post: 'post', chat: 'chat', other: 'other' },
  safety: { unknown: 'not checked', safe: 'not read by the attacker', unsafe: 'do not use' },
  case_link_kind: {
    same_as: 'same case (merge)', part_of: 'part of', related: 'related', split_from: 'split from',
  },
  task_state: { open: 'open', done: 'done', dropped: 'dropped' },
  role: {
    viewer: 'viewer', contributor: 'contributor', lead: 'lead', approver: 'approver', custodian: 'custodian',
    administrator: 'administrator', organisation: 'their own contact', partner: 'partner agency',
  },
};

export const prefectures: Record<string, string> = Object.fromEntries(
  ('Hokkaido Aomori Iwate Miyagi Akita Yamagata Fukushima Ibaraki Tochigi Gunma Saitama Chiba Tokyo Kanagawa ' +
  'Niigata Toyama Ishikawa Fukui Yamanashi Nagano Gifu Shizuoka Aichi Mie Shiga Kyoto Osaka Hyogo Nara ' +
  'Wakayama Tottori Shimane Okayama Hiroshima Yamaguchi Tokushima Kagawa Ehime Kochi Fukuoka Saga Nagasaki ' +
  'Kumamoto Oita Miyazaki Kagoshima Okinawa overseas').split(' ')
    .map((name, at) => [at === 47 ? 'overseas' : String(at + 1).padStart(2, '0'), name]));
