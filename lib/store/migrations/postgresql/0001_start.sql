-- The tables of a desk. One for each entity, with the columns that its description names (an answer has two); times are
-- ticks of Time, booleans 0 and 1, lists of codes JSON.

CREATE TABLE "organisation" (
    "id" TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    "created_at" BIGINT NOT NULL,
    "created_by" TEXT COLLATE "C" NOT NULL,
    "updated_at" BIGINT NOT NULL,
    "updated_by" TEXT COLLATE "C" NOT NULL,
    "version" BIGINT NOT NULL,
    "change_no" BIGINT NOT NULL UNIQUE,
    "deleted_at" BIGINT,
    "name" TEXT COLLATE "C" NOT NULL,
    "name_kana" TEXT COLLATE "C",
    "name_en" TEXT COLLATE "C",
    "legal_kind" TEXT COLLATE "C",
    "legal_kind_answer" TEXT COLLATE "C" NOT NULL,
    "ci_sector" TEXT COLLATE "C",
    "ci_sector_answer" TEXT COLLATE "C" NOT NULL,
    "theme_sectors" TEXT COLLATE "C",
    "theme_sectors_answer" TEXT COLLATE "C" NOT NULL,
    "size_band" TEXT COLLATE "C",
    "size_band_answer" TEXT COLLATE "C" NOT NULL,
    "prefecture" TEXT COLLATE "C",
    "prefecture_answer" TEXT COLLATE "C" NOT NULL,
    "country" TEXT COLLATE "C",
    "maturity" TEXT COLLATE "C",
    "maturity_answer" TEXT COLLATE "C" NOT NULL,
    "maturity_on" TEXT COLLATE "C",
    "maturity_basis" TEXT COLLATE "C",
    "remarks" TEXT COLLATE "C"
);

CREATE TABLE "contact" (
    "id" TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    "created_at" BIGINT NOT NULL,
    "created_by" TEXT COLLATE "C" NOT NULL,
    "updated_at" BIGINT NOT NULL,
    "updated_by" TEXT COLLATE "C" NOT NULL,
    "version" BIGINT NOT NULL,
    "change_no" BIGINT NOT NULL UNIQUE,
    "deleted_at" BIGINT,
    "name" TEXT COLLATE "C",
    "name_kana" TEXT COLLATE "C",
    "role" TEXT COLLATE "C",
    "organisation_id" TEXT COLLATE "C" REFERENCES "organisation" ("id"),
    "language" TEXT COLLATE "C",
    "may_be_contacted" BIGINT
);
CREATE INDEX "contact_by_organisation_id" ON "contact" ("organisation_id");

CREATE TABLE "channel" (
    "id" TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    "created_at" BIGINT NOT NULL,
    "created_by" TEXT COLLATE "C" NOT NULL,
    "updated_at" BIGINT NOT NULL,
    "updated_by" TEXT COLLATE "C" NOT NULL,
    "version" BIGINT NOT NULL,
    "change_no" BIGINT NOT NULL UNIQUE,
    "deleted_at" BIGINT,
    "contact_id" TEXT COLLATE "C" NOT NULL REFERENCES "contact" ("id"),
    "kind" TEXT COLLATE "C" NOT NULL,
    "value" TEXT COLLATE "C" NOT NULL,
    "safety" TEXT COLLATE "C",
    "safety_basis" TEXT COLLATE "C"
);
CREATE INDEX "channel_by_contact_id" ON "channel" ("contact_id");

CREATE TABLE "case" (
    "id" TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    "created_at" BIGINT NOT NULL,
    "created_by" TEXT COLLATE "C" NOT NULL,
    "updated_at" BIGINT NOT NULL,
    "updated_by" TEXT COLLATE "C" NOT NULL,
    "version" BIGINT NOT NULL,
    "change_no" BIGINT NOT NULL UNIQUE,
    "deleted_at" BIGINT,
    "number" TEXT COLLATE "C",
    "title" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C",
    "organisation_id" TEXT COLLATE "C" REFERENCES "organisation" ("id"),
    "motive" TEXT COLLATE "C",
    "motive_answer" TEXT COLLATE "C" NOT NULL,
    "summary" TEXT COLLATE "C",
    "tlp" TEXT COLLATE "C",
    "pap" TEXT COLLATE "C",
    "is_closed_off" BIGINT,
    "state" TEXT COLLATE "C",
    "phase" TEXT COLLATE "C",
    "opened_at" BIGINT,
    "closed_at" BIGINT,
    "closing_note" TEXT COLLATE "C",
    "evidence_decision" TEXT COLLATE "C"
);
CREATE INDEX "case_by_organisation_id" ON "case" ("organisation_id");

CREATE TABLE "consultation" (
    "id" TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    "created_at" BIGINT NOT NULL,
    "created_by" TEXT COLLATE "C" NOT NULL,
    "updated_at" BIGINT NOT NULL,
    "updated_by" TEXT COLLATE "C" NOT NULL,
    "version" BIGINT NOT NULL,
    "change_no" BIGINT NOT NULL UNIQUE,
    "deleted_at" BIGINT,
    "received_at" BIGINT NOT NULL,
    "received_zone" TEXT COLLATE "C",
    "channel" TEXT COLLATE "C",
    "channel_answer" TEXT COLLATE "C" NOT NULL,
    "contact_id" TEXT COLLATE "C" REFERENCES "contact" ("id"),
    "gave_no_contact" BIGINT,
    "asker_kind" TEXT COLLATE "C",
    "asker_kind_answer" TEXT COLLATE "C" NOT NULL,
    "organisation_id" TEXT COLLATE "C" REFERENCES "organisation" ("id"),
    "organisation_told" TEXT COLLATE "C",
    "purpose" TEXT COLLATE "C",
    "purpose_answer" TEXT COLLATE "C" NOT NULL,
    "noticed_by" TEXT COLLATE "C",
    "noticed_by_answer" TEXT COLLATE "C" NOT NULL,
    "motive" TEXT COLLATE "C",
    "motive_answer" TEXT COLLATE "C" NOT NULL,
    "motive_reason" TEXT COLLATE "C",
    "attack_outcome" TEXT COLLATE "C",
    "attack_outcome_answer" TEXT COLLATE "C" NOT NULL,
    "done_already" TEXT COLLATE "C",
    "done_already_answer" TEXT COLLATE "C" NOT NULL,
    "information_only" BIGINT,
    "summary" TEXT COLLATE "C",
    "original" TEXT COLLATE "C",
    "call_back_at" BIGINT,
    "call_back_to" TEXT COLLATE "C",
    "tlp" TEXT COLLATE "C",
    "state" TEXT COLLATE "C",
    "outcome" TEXT COLLATE "C",
    "closing_reason" TEXT COLLATE "C",
    "case_id" TEXT COLLATE "C" REFERENCES "case" ("id"),
    "duplicate_of" TEXT COLLATE "C" REFERENCES "consultation" ("id")
);
CREATE INDEX "consultation_by_contact_id" ON "consultation" ("contact_id");
CREATE INDEX "consultation_by_organisation_id" ON "consultation" ("organisation_id");
CREATE INDEX "consultation_by_case_id" ON "consultation" ("case_id");
CREATE INDEX "consultation_by_duplicate_of" ON "consultation" ("duplicate_of");

CREATE TABLE "rescue" (
    "id" TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    "created_at" BIGINT NOT NULL,
    "created_by" TEXT COLLATE "C" NOT NULL,
    "updated_at" BIGINT NOT NULL,
    "updated_by" TEXT COLLATE "C" NOT NULL,
    "version" BIGINT NOT NULL,
    "change_no" BIGINT NOT NULL UNIQUE,
    "deleted_at" BIGINT,
    "case_id" TEXT COLLATE "C" NOT NULL REFERENCES "case" ("id"),
    "reason" TEXT COLLATE "C" NOT NULL,
    "reason_text" TEXT COLLATE "C",
    "decided_by" TEXT COLLATE "C" NOT NULL,
    "decided_at" BIGINT NOT NULL,
    "state" TEXT COLLATE "C",
    "started_at" BIGINT,
    "ended_at" BIGINT,
    "ending_reason" TEXT COLLATE "C"
);
CREATE INDEX "rescue_by_case_id" ON "rescue" ("case_id");

CREATE TABLE "visit" (
    "id" TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    "created_at" BIGINT NOT NULL,
    "created_by" TEXT COLLATE "C" NOT NULL,
    "updated_at" BIGINT NOT NULL,
    "updated_by" TEXT COLLATE "C" NOT NULL,
    "version" BIGINT NOT NULL,
    "change_no" BIGINT NOT NULL UNIQUE,
    "deleted_at" BIGINT,
    "case_id" TEXT COLLATE "C" NOT NULL REFERENCES "case" ("id"),
    "planned_for" BIGINT NOT NULL,
    "prefecture" TEXT COLLATE "C",
    "prefecture_answer" TEXT COLLATE "C" NOT NULL,
    "purpose" TEXT COLLATE "C",
    "people" TEXT COLLATE "C",
    "result" TEXT COLLATE "C",
    "state" TEXT COLLATE "C",
    "started_at" BIGINT,
    "ended_at" BIGINT,
    "cancelling_reason" TEXT COLLATE "C"
);
CREATE INDEX "visit_by_case_id" ON "visit" ("case_id");

CREATE TABLE "case_link" (
    "id" TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    "created_at" BIGINT NOT NULL,
    "created_by" TEXT COLLATE "C" NOT NULL,
    "updated_at" BIGINT NOT NULL,
    "updated_by" TEXT COLLATE "C" NOT NULL,
    "version" BIGINT NOT NULL,
    "change_no" BIGINT NOT NULL UNIQUE,
    "deleted_at" BIGINT,
    "case_id" TEXT COLLATE "C" NOT NULL REFERENCES "case" ("id"),
    "other_case_id" TEXT COLLATE "C" NOT NULL REFERENCES "case" ("id"),
    "kind" TEXT COLLATE "C" NOT NULL,
    "reason" TEXT COLLATE "C" NOT NULL,
    "undone_at" BIGINT,
    "undoing_reason" TEXT COLLATE "C"
);
CREATE INDEX "case_link_by_case_id" ON "case_link" ("case_id");
CREATE INDEX "case_link_by_other_case_id" ON "case_link" ("other_case_id");

CREATE TABLE "note" (
    "id" TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    "created_at" BIGINT NOT NULL,
    "created_by" TEXT COLLATE "C" NOT NULL,
    "updated_at" BIGINT NOT NULL,
    "updated_by" TEXT COLLATE "C" NOT NULL,
    "version" BIGINT NOT NULL,
    "change_no" BIGINT NOT NULL UNIQUE,
    "deleted_at" BIGINT,
    "case_id" TEXT COLLATE "C" NOT NULL REFERENCES "case" ("id"),
    "title" TEXT COLLATE "C",
    "body" TEXT COLLATE "C" NOT NULL
);
CREATE INDEX "note_by_case_id" ON "note" ("case_id");

CREATE TABLE "task" (
    "id" TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    "created_at" BIGINT NOT NULL,
    "created_by" TEXT COLLATE "C" NOT NULL,
    "updated_at" BIGINT NOT NULL,
    "updated_by" TEXT COLLATE "C" NOT NULL,
    "version" BIGINT NOT NULL,
    "change_no" BIGINT NOT NULL UNIQUE,
    "deleted_at" BIGINT,
    "case_id" TEXT COLLATE "C" REFERENCES "case" ("id"),
    "title" TEXT COLLATE "C" NOT NULL,
    "owner_id" TEXT COLLATE "C",
    "due_at" BIGINT,
    "state" TEXT COLLATE "C"
);
CREATE INDEX "task_by_case_id" ON "task" ("case_id");

CREATE UNIQUE INDEX "case_by_number" ON "case" ("number");
CREATE INDEX "consultation_by_received_at" ON "consultation" ("received_at", "id");
CREATE INDEX "consultation_by_state" ON "consultation" ("state", "received_at", "id");
CREATE INDEX "case_by_state" ON "case" ("state", "id");
CREATE INDEX "task_by_owner_id" ON "task" ("owner_id");

-- One row: the last numbers given out. Whoever writes holds it, so that numbers have no gaps.
CREATE TABLE "head" (
    "id" BIGINT PRIMARY KEY NOT NULL CHECK ("id" = 1),
    "change_no" BIGINT NOT NULL,
    "audit_seq" BIGINT NOT NULL,
    "audit_hash" TEXT COLLATE "C" NOT NULL,
    "index_made" TEXT COLLATE "C" NOT NULL
);
INSERT INTO "head" ("id", "change_no", "audit_seq", "audit_hash", "index_made") VALUES (1, 0, 0, '', '');

CREATE TABLE "row_version" (
    "entity" TEXT COLLATE "C" NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "version" BIGINT NOT NULL,
    "json" TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY ("entity", "id", "version")
);

CREATE TABLE "case_number" (
    "fiscal_year" BIGINT PRIMARY KEY NOT NULL,
    "last" BIGINT NOT NULL
);

CREATE TABLE "audit_event" (
    "seq" BIGINT PRIMARY KEY NOT NULL,
    "at" BIGINT NOT NULL,
    "actor" TEXT COLLATE "C" NOT NULL,
    "via" TEXT COLLATE "C" NOT NULL,
    "address" TEXT COLLATE "C" NOT NULL,
    "action" TEXT COLLATE "C" NOT NULL,
    "object_kind" TEXT COLLATE "C" NOT NULL,
    "object" TEXT COLLATE "C" NOT NULL,
    "case_id" TEXT COLLATE "C",
    "before" TEXT COLLATE "C" NOT NULL,
    "after" TEXT COLLATE "C" NOT NULL,
    "reason" TEXT COLLATE "C" NOT NULL,
    "request_id" TEXT COLLATE "C" NOT NULL,
    "previous" TEXT COLLATE "C" NOT NULL,
    "hash" TEXT COLLATE "C" NOT NULL
);
CREATE INDEX "audit_event_by_case_id" ON "audit_event" ("case_id", "seq");
CREATE INDEX "audit_event_by_object" ON "audit_event" ("object", "seq");
CREATE INDEX "audit_event_by_actor" ON "audit_event" ("actor", "seq");

CREATE TABLE "user" (
    "id" TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    "login" TEXT COLLATE "C" NOT NULL,
    "login_folded" TEXT COLLATE "C" NOT NULL UNIQUE,
    "display_name" TEXT COLLATE "C" NOT NULL,
    "language" TEXT COLLATE "C" NOT NULL,
    "password" TEXT COLLATE "C" NOT NULL,
    "totp_secret" TEXT COLLATE "C" NOT NULL,
    "totp_last_step" BIGINT NOT NULL,
    "recovery_codes" TEXT COLLATE "C" NOT NULL,
    "first_login" TEXT COLLATE "C" NOT NULL,
    "first_login_until" BIGINT,
    "is_disabled" BIGINT NOT NULL,
    "created_at" BIGINT NOT NULL
);

-- A role on the whole desk has an empty case_id.
CREATE TABLE "role_grant" (
    "user_id" TEXT COLLATE "C" NOT NULL REFERENCES "user" ("id"),
    "case_id" TEXT COLLATE "C" NOT NULL,
    "role" TEXT COLLATE "C" NOT NULL,
    "by" TEXT COLLATE "C" NOT NULL,
    "at" BIGINT NOT NULL,
    PRIMARY KEY ("user_id", "case_id", "role")
);
CREATE INDEX "role_grant_by_case_id" ON "role_grant" ("case_id");

CREATE TABLE "session" (
    "id" TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL REFERENCES "user" ("id"),
    "token_hash" TEXT COLLATE "C" NOT NULL UNIQUE,
    "created_at" BIGINT NOT NULL,
    "seen_at" BIGINT NOT NULL,
    "authenticated_at" BIGINT NOT NULL,
    "address" TEXT COLLATE "C" NOT NULL,
    "agent" TEXT COLLATE "C" NOT NULL
);
CREATE INDEX "session_by_user_id" ON "session" ("user_id");

CREATE TABLE "login_tries" (
    "whom" TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    "failed" BIGINT NOT NULL,
    "last" BIGINT NOT NULL,
    "locked_until" BIGINT
);

-- What is searched: a number for each row, and the tokens that the store makes of its texts, in pieces, since a vector
-- takes 16,383 positions and 256 of one token.
CREATE TABLE "search_row" (
    "doc" BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "entity" TEXT COLLATE "C" NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL UNIQUE
);
CREATE TABLE "search_token" (
    "doc" BIGINT NOT NULL REFERENCES "search_row" ("doc") ON DELETE CASCADE,
    "tokens" TSVECTOR NOT NULL
);
CREATE INDEX "search_token_by_doc" ON "search_token" ("doc");
CREATE INDEX "search_token_by_token" ON "search_token" USING GIN ("tokens");

-- Folded names, readings and ways of contact, to find a person by what was heard on the phone.
CREATE TABLE "person_key" (
    "id" TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL
);
