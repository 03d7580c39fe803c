-- The tables of a desk. One for each entity, with the columns that its description names (an answer has two); times are
-- ticks of Time, booleans 0 and 1, lists of codes JSON.

CREATE TABLE "organisation" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "updated_by" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "change_no" INTEGER NOT NULL UNIQUE,
    "deleted_at" INTEGER,
    "name" TEXT NOT NULL,
    "name_kana" TEXT,
    "name_en" TEXT,
    "legal_kind" TEXT,
    "legal_kind_answer" TEXT NOT NULL,
    "ci_sector" TEXT,
    "ci_sector_answer" TEXT NOT NULL,
    "theme_sectors" TEXT,
    "theme_sectors_answer" TEXT NOT NULL,
    "size_band" TEXT,
    "size_band_answer" TEXT NOT NULL,
    "prefecture" TEXT,
    "prefecture_answer" TEXT NOT NULL,
    "country" TEXT,
    "maturity" TEXT,
    "maturity_answer" TEXT NOT NULL,
    "maturity_on" TEXT,
    "maturity_basis" TEXT,
    "remarks" TEXT
) STRICT;

CREATE TABLE "contact" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "updated_by" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "change_no" INTEGER NOT NULL UNIQUE,
    "deleted_at" INTEGER,
    "name" TEXT,
    "name_kana" TEXT,
    "role" TEXT,
    "organisation_id" TEXT REFERENCES "organisation" ("id"),
    "language" TEXT,
    "may_be_contacted" INTEGER
) STRICT;
CREATE INDEX "contact_by_organisation_id" ON "contact" ("organisation_id");

CREATE TABLE "channel" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "updated_by" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "change_no" INTEGER NOT NULL UNIQUE,
    "deleted_at" INTEGER,
    "contact_id" TEXT NOT NULL REFERENCES "contact" ("id"),
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "safety" TEXT,
    "safety_basis" TEXT
) STRICT;
CREATE INDEX "channel_by_contact_id" ON "channel" ("contact_id");

CREATE TABLE "case" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "updated_by" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "change_no" INTEGER NOT NULL UNIQUE,
    "deleted_at" INTEGER,
    "number" TEXT,
    "title" TEXT NOT NULL,
    "kind" TEXT,
    "organisation_id" TEXT REFERENCES "organisation" ("id"),
    "motive" TEXT,
    "motive_answer" TEXT NOT NULL,
    "summary" TEXT,
    "tlp" TEXT,
    "pap" TEXT,
    "is_closed_off" INTEGER,
    "state" TEXT,
    "phase" TEXT,
    "opened_at" INTEGER,
    "closed_at" INTEGER,
    "closing_note" TEXT,
    "evidence_decision" TEXT
) STRICT;
CREATE INDEX "case_by_organisation_id" ON "case" ("organisation_id");

CREATE TABLE "consultation" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "updated_by" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "change_no" INTEGER NOT NULL UNIQUE,
    "deleted_at" INTEGER,
    "received_at" INTEGER NOT NULL,
    "received_zone" TEXT,
    "channel" TEXT,
    "channel_answer" TEXT NOT NULL,
    "contact_id" TEXT REFERENCES "contact" ("id"),
    "gave_no_contact" INTEGER,
    "asker_kind" TEXT,
    "asker_kind_answer" TEXT NOT NULL,
    "organisation_id" TEXT REFERENCES "organisation" ("id"),
    "organisation_told" TEXT,
    "purpose" TEXT,
    "purpose_answer" TEXT NOT NULL,
    "noticed_by" TEXT,
    "noticed_by_answer" TEXT NOT NULL,
    "motive" TEXT,
    "motive_answer" TEXT NOT NULL,
    "motive_reason" TEXT,
    "attack_outcome" TEXT,
    "attack_outcome_answer" TEXT NOT NULL,
    "done_already" TEXT,
    "done_already_answer" TEXT NOT NULL,
    "information_only" INTEGER,
    "summary" TEXT,
    "original" TEXT,
    "call_back_at" INTEGER,
    "call_back_to" TEXT,
    "tlp" TEXT,
    "state" TEXT,
    "outcome" TEXT,
    "closing_reason" TEXT,
    "case_id" TEXT REFERENCES "case" ("id"),
    "duplicate_of" TEXT REFERENCES "consultation" ("id")
) STRICT;
CREATE INDEX "consultation_by_contact_id" ON "consultation" ("contact_id");
CREATE INDEX "consultation_by_organisation_id" ON "consultation" ("organisation_id");
CREATE INDEX "consultation_by_case_id" ON "consultation" ("case_id");
CREATE INDEX "consultation_by_duplicate_of" ON "consultation" ("duplicate_of");

CREATE TABLE "rescue" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "updated_by" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "change_no" INTEGER NOT NULL UNIQUE,
    "deleted_at" INTEGER,
    "case_id" TEXT NOT NULL REFERENCES "case" ("id"),
    "reason" TEXT NOT NULL,
    "reason_text" TEXT,
    "decided_by" TEXT NOT NULL,
    "decided_at" INTEGER NOT NULL,
    "state" TEXT,
    "started_at" INTEGER,
    "ended_at" INTEGER,
    "ending_reason" TEXT
) STRICT;
CREATE INDEX "rescue_by_case_id" ON "rescue" ("case_id");

CREATE TABLE "visit" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "updated_by" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "change_no" INTEGER NOT NULL UNIQUE,
    "deleted_at" INTEGER,
    "case_id" TEXT NOT NULL REFERENCES "case" ("id"),
    "planned_for" INTEGER NOT NULL,
    "prefecture" TEXT,
    "prefecture_answer" TEXT NOT NULL,
    "purpose" TEXT,
    "people" TEXT,
    "result" TEXT,
    "state" TEXT,
    "started_at" INTEGER,
    "ended_at" INTEGER,
    "cancelling_reason" TEXT
) STRICT;
CREATE INDEX "visit_by_case_id" ON "visit" ("case_id");

CREATE TABLE "case_link" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "updated_by" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "change_no" INTEGER NOT NULL UNIQUE,
    "deleted_at" INTEGER,
    "case_id" TEXT NOT NULL REFERENCES "case" ("id"),
    "other_case_id" TEXT NOT NULL REFERENCES "case" ("id"),
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "undone_at" INTEGER,
    "undoing_reason" TEXT
) STRICT;
CREATE INDEX "case_link_by_case_id" ON "case_link" ("case_id");
CREATE INDEX "case_link_by_other_case_id" ON "case_link" ("other_case_id");

CREATE TABLE "note" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "updated_by" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "change_no" INTEGER NOT NULL UNIQUE,
    "deleted_at" INTEGER,
    "case_id" TEXT NOT NULL REFERENCES "case" ("id"),
    "title" TEXT,
    "body" TEXT NOT NULL
) STRICT;
CREATE INDEX "note_by_case_id" ON "note" ("case_id");

CREATE TABLE "task" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "created_at" INTEGER NOT NULL,
    "created_by" TEXT NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "updated_by" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "change_no" INTEGER NOT NULL UNIQUE,
    "deleted_at" INTEGER,
    "case_id" TEXT REFERENCES "case" ("id"),
    "title" TEXT NOT NULL,
    "owner_id" TEXT,
    "due_at" INTEGER,
    "state" TEXT
) STRICT;
CREATE INDEX "task_by_case_id" ON "task" ("case_id");

CREATE UNIQUE INDEX "case_by_number" ON "case" ("number");
CREATE INDEX "consultation_by_received_at" ON "consultation" ("received_at", "id");
CREATE INDEX "consultation_by_state" ON "consultation" ("state", "received_at", "id");
CREATE INDEX "case_by_state" ON "case" ("state", "id");
CREATE INDEX "task_by_owner_id" ON "task" ("owner_id");

-- One row: the last numbers given out. Whoever writes holds it, so that numbers have no gaps.
CREATE TABLE "head" (
    "id" INTEGER PRIMARY KEY NOT NULL CHECK ("id" = 1),
    "change_no" INTEGER NOT NULL,
    "audit_seq" INTEGER NOT NULL,
    "audit_hash" TEXT NOT NULL,
    "index_made" TEXT NOT NULL
) STRICT;
INSERT INTO "head" ("id", "change_no", "audit_seq", "audit_hash", "index_made") VALUES (1, 0, 0, '', '');

CREATE TABLE "row_version" (
    "entity" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "json" TEXT NOT NULL,
    PRIMARY KEY ("entity", "id", "version")
) STRICT;

CREATE TABLE "case_number" (
    "fiscal_year" INTEGER PRIMARY KEY NOT NULL,
    "last" INTEGER NOT NULL
) STRICT;

CREATE TABLE "audit_event" (
    "seq" INTEGER PRIMARY KEY NOT NULL,
    "at" INTEGER NOT NULL,
    "actor" TEXT NOT NULL,
    "via" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "object_kind" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "case_id" TEXT,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL
) STRICT;
CREATE INDEX "audit_event_by_case_id" ON "audit_event" ("case_id", "seq");
CREATE INDEX "audit_event_by_object" ON "audit_event" ("object", "seq");
CREATE INDEX "audit_event_by_actor" ON "audit_event" ("actor", "seq");

CREATE TABLE "user" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "login" TEXT NOT NULL,
    "login_folded" TEXT NOT NULL UNIQUE,
    "display_name" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "password" TEXT NOT NULL,
    "totp_secret" TEXT NOT NULL,
    "totp_last_step" INTEGER NOT NULL,
    "recovery_codes" TEXT NOT NULL,
    "first_login" TEXT NOT NULL,
    "first_login_until" INTEGER,
    "is_disabled" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL
) STRICT;

-- A role on the whole desk has an empty case_id.
CREATE TABLE "role_grant" (
    "user_id" TEXT NOT NULL REFERENCES "user" ("id"),
    "case_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    PRIMARY KEY ("user_id", "case_id", "role")
) STRICT;
CREATE INDEX "role_grant_by_case_id" ON "role_grant" ("case_id");

CREATE TABLE "session" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "user_id" TEXT NOT NULL REFERENCES "user" ("id"),
    "token_hash" TEXT NOT NULL UNIQUE,
    "created_at" INTEGER NOT NULL,
    "seen_at" INTEGER NOT NULL,
    "authenticated_at" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "agent" TEXT NOT NULL
) STRICT;
CREATE INDEX "session_by_user_id" ON "session" ("user_id");

CREATE TABLE "login_tries" (
    "whom" TEXT PRIMARY KEY NOT NULL,
    "failed" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,
    "locked_until" INTEGER
) STRICT;

-- What is searched: a number for each row, and the tokens that the store makes of its texts. The ASCII tokenizer parts
-- them at blanks only, so that they stay as they were made.
CREATE TABLE "search_row" (
    "doc" INTEGER PRIMARY KEY NOT NULL,
    "entity" TEXT NOT NULL,
    "id" TEXT NOT NULL UNIQUE
) STRICT;
CREATE VIRTUAL TABLE "search_token" USING fts5("tokens", content='', tokenize='ascii');

-- Folded names, readings and ways of contact, to find a person by what was heard on the phone.
CREATE TABLE "person_key" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "key" TEXT NOT NULL
) STRICT;
