// What people read for the codes of the casebook (docs/desk.md).
export const codes = {
  asker_kind: { organisation: '組織', individual: '個人', anonymous: '匿名', agency: '関係機関' },
  purpose: {
    victim_suspected: '被害の疑い', attack_failed: '失敗した攻撃の連絡',
    past_attack_information: '過去の攻撃の情報', health_check: '健康診断の希望',
    self_investigation: '自組織の調査への助言', plan_review: '対応計画の確認',
    information_sharing: '情報共有', general_advice: '一般的な助言', other: 'その他',
  },
  case_kind: {
    incident: '攻撃または疑い', health_check: '健康診断', advice: '助言', donated_traces: '痕跡の提供',
  },
  motive: { espionage: 'サイバーエスピオナージ', crime: 'サイバークライム', unclear: '判断できない' },
  noticed_by: {
    own_staff: '職員の気づき', own_monitoring: '自組織の監視', antivirus_alert: 'ウイルス対策ソフト',
    outside_agency: '外部機関の通知', police: '警察', vendor: 'ベンダ', partner: '取引先', media: '報道',
    attacker_contact: '攻撃者からの連絡', other_case: '別の事案', health_check: '健康診断',
  },
  intake_channel: {
    phone: '電話', mail: 'メール', form: 'Webの申込み', visit: '来訪', partner: '連携機関', other: 'その他',
  },
  consultation_state: {
    received: '受付', in_progress: '対応中', waiting_for_them: '先方の返答待ち', closed: '終了',
  },
  consultation_outcome: {
    advised: '助言した', moved_to_rescue: 'レスキュー支援に移行', referred: 'ほかの窓口を案内',
    information_received: '情報を受領', out_of_scope_crime: '対象外(サイバークライム)',
    duplicate_of: 'ほかの相談と重複', no_answer: '返答なし', withdrawn: '取り下げ',
  },
  attack_outcome: { succeeded: '侵入された', failed: '失敗した', blocked: '遮断した' },
  done_already: {
    nothing: '何もしていない', cut_network: 'ネットワークから切り離した', switched_off: '電源を切った',
    cleaned: '駆除・削除した', reinstalled: '初期化した', passwords_changed: 'パスワードを変えた',
    logs_saved: 'ログを保存した',
  },
  case_state: { open: '対応中', closed: '終了' },
  case_phase: {
    assess: '聞き取り', preserve: '保全', scope: '範囲の確認', decide: '判断', contain: '封じ込め',
    evict: '排除', recover: '復旧', follow_up: 'フォロー', watching: '見守り',
  },
  evidence_decision: {
    keep: '保管を続ける', give_back: '返却する', destroy: '廃棄する', none: '預かった証拠はない',
  },
  rescue_state: { proposed: '提案', active: '支援中', ended: '終了', declined: '見送り' },
  rescue_reason: {
    harm_by_delay: '(a) 被害が見込まれ、遅れが社会や産業に影響する',
    root_of_chain: '(b) 連鎖する攻撃の起点とみられる', health_check: '(c) 平時の健康診断',
  },
  visit_state: { planned: '予定', done: '実施済み', cancelled: '取りやめ' },
  legal_kind: {
    company: '企業', association_foundation: '社団・財団', independent_agency: '独立行政法人',
    national_government: '国の機関', local_government: '地方公共団体', school_university: '学校・大学',
    research_institute: '研究所', think_tank: 'シンクタンク', media: '報道機関', npo: 'NPO',
    other_public: 'その他の公的団体', foreign_entity: '海外の組織', individual: '個人', other: 'その他',
  },
  size_band: {
    none: '管理者なし', one_admin: '管理者 1名', small_team: '少人数のチーム', csirt: 'CSIRTあり',
  },
  ci_sector: {
    ict: '情報通信', fin: '金融', avi: '航空', apt: '空港', rail: '鉄道', pow: '電力', gas: 'ガス',
    gov: '政府・行政サービス', med: '医療', wat: '水道', log: '物流', chem: '化学', cred: 'クレジット',
    oil: '石油', port: '港湾',
  },
  theme_sector: {
    academia: '学術', think_tank: 'シンクタンク', media: '報道', high_tech: '先端技術',
    semiconductor: '半導体', defense: '防衛', space: '宇宙', pharma: '医薬', games: 'ゲーム',
    travel: '旅行', diplomacy: '外交', trade_policy: '通商', politics: '政治',
    individual_expert: '有識者個人',
  },
  maturity: {
    m0: 'M0(初めて)', m1: 'M1(支援を受けたことがある)', m2: 'M2(自ら改善している)',
    m3: 'M3(見つけたものを共有する)',
  },
  tlp: {
    red: 'TLP:RED', amber_strict: 'TLP:AMBER+STRICT', amber: 'TLP:AMBER', green: 'TLP:GREEN',
    clear: 'TLP:CLEAR',
  },
  pap: { red: 'PAP:RED', amber: 'PAP:AMBER', green: 'PAP:GREEN', clear: 'PAP:CLEAR' },
  channel_kind: {
    phone: '電話', mail: 'メール', fax: 'ファクス', post: '郵便', chat: 'チャット', other: 'その他',
  },
  safety: { unknown: '未確認', safe: '攻撃者に読まれない', unsafe: '使わない' },
  case_link_kind: {
    same_as: '同じ事案(統合)', part_of: '一部', related: '関連', split_from: '分けた元',
  },
  task_state: { open: '未完了', done: '完了', dropped: '中止' },
  role: {
    viewer: '閲覧', contributor: '記入', lead: '主担当', approver: '承認', custodian: '証拠管理',
    administrator: '管理者', organisation: '先方の窓口', partner: '連携機関',
  },
};

export const prefectures: Record<string, string> = Object.fromEntries(
  ('北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 ' +
  '富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 ' +
  '鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 ' +
  '鹿児島県 沖縄県 海外').split(' ')
    .map((name, at) => [at === 47 ? 'overseas' : String(at + 1).padStart(2, '0'), name]));
