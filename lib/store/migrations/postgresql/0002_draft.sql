-- What somebody is writing and has not sent yet: theirs alone, in no version, no audit and no search.
CREATE TABLE "draft" (
    "user_id" TEXT COLLATE "C" NOT NULL REFERENCES "user" ("id"),
    "key" TEXT COLLATE "C" NOT NULL,
    "body" TEXT COLLATE "C" NOT NULL,
    "updated_at" BIGINT NOT NULL,
    PRIMARY KEY ("user_id", "key")
);
CREATE INDEX "draft_by_updated_at" ON "draft" ("updated_at");
