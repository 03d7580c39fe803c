-- What somebody is writing and has not sent yet: theirs alone, in no version, no audit and no search.
CREATE TABLE "draft" (
    "user_id" TEXT NOT NULL REFERENCES "user" ("id"),
    "key" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "updated_at" INTEGER NOT NULL,
    PRIMARY KEY ("user_id", "key")
) STRICT;
CREATE INDEX "draft_by_updated_at" ON "draft" ("updated_at");
