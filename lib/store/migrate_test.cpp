#include "migrate.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include <sys/stat.h>

#include "postgresql/connection.h"
#include "sqlite/connection.h"
#include "test_cluster.h"
#include "test_store.h"

using namespace konseki;
using namespace konseki::store;
using namespace konseki::casebook;

namespace {

constexpr std::array<Migration, 2> two_steps = {
    Migration{1, "0001_start",
              R"(CREATE TABLE "thing" ("a" BIGINT); INSERT INTO "thing" VALUES (1))"},
    Migration{2, "0002_more",
              R"(ALTER TABLE "thing" ADD COLUMN "b" BIGINT; UPDATE "thing" SET "b" = 2)"}};
constexpr std::array<Migration, 2> broken_step = {
    two_steps[0],
    Migration{2, "0002_broken", R"(UPDATE "thing" SET "a" = 7; UPDATE "nothing" SET "a" = 7)"}};

std::unique_ptr<Connection> new_connection(const TempFolder& folder, Kind kind) {
    if (kind == Kind::postgresql) return ok(open_postgresql(test_cluster()->new_database()));
    return ok(open_sqlite(folder.path() / "desk.sqlite", Access::write));
}

Result<void> no_copy(std::int64_t) { return {}; }

std::int64_t number(Connection& connection, std::string_view sql) {
    const Table table = ok(connection.run(sql, {}));
    return ok(number_in(table.row(0)[0]));
}

/// Names of a table's columns.
std::vector<std::string> columns_in(Connection& connection, std::string_view table) {
    const std::string name(table);
    const std::string sql =
        connection.dialect().name == "sqlite"
            ? "SELECT \"name\" FROM pragma_table_info('" + name + "')"
            : "SELECT column_name::TEXT FROM information_schema.columns WHERE table_schema = "
              "current_schema() AND table_name = '" +
                  name + "' ORDER BY ordinal_position";
    const Table found = ok(connection.run(sql, {}));
    std::vector<std::string> out;
    for (std::size_t i = 0; i < found.rows(); ++i) out.push_back(ok(text_in(found.row(i)[0])));
    return out;
}

}  // namespace

TEST_CASE("the tables have the columns that the descriptions name, in their order") {
    ON_EACH_DATABASE(kind) {
        const TempFolder folder;
        const std::unique_ptr<Connection> connection = new_connection(folder, kind);
        ok(migrate(*connection, migrations_of(connection->dialect().name), day(0), no_copy));
        for (std::size_t i = 0; i < entity_count; ++i) {
            const EntityInfo& info = info_of(static_cast<Entity>(i));
            std::vector<std::string> wanted = {"id",         "created_at", "created_by",
                                               "updated_at", "updated_by", "version",
                                               "change_no",  "deleted_at"};
            for (const FieldInfo& field : info.fields) {
                wanted.emplace_back(field.name);
                if (field.is_answer) wanted.push_back(std::string(field.name) + "_answer");
            }
            CHECK(columns_in(*connection, info.name) == wanted);
        }
    }
}

TEST_CASE("both databases have the same steps") {
    const std::span<const Migration> one = migrations_of("sqlite"),
                                     other = migrations_of("postgresql");
    REQUIRE(one.size() == other.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
        CHECK(one[i].version == static_cast<std::int64_t>(i) + 1);
        CHECK(one[i].name == other[i].name);
    }
}

TEST_CASE("the data of each version that was are brought up to this one") {
    ON_EACH_DATABASE(kind) {
        const TempFolder folder;
        const std::unique_ptr<Connection> connection = new_connection(folder, kind);
        const std::span<const Migration> known = migrations_of(connection->dialect().name);
        ok(migrate(*connection, known.first(1), day(0), no_copy));
        ok(connection->run(
            R"(INSERT INTO "login_tries" ("whom", "failed", "last") VALUES ('a', 7, 1))", {}));
        ok(migrate(*connection, known, day(1), no_copy));
        CHECK(number(*connection, R"(SELECT "failed" FROM "login_tries")") == 7);
        CHECK(columns_in(*connection, "draft") ==
              std::vector<std::string>{"user_id", "key", "body", "updated_at"});
    }
}

TEST_CASE("data of an older version are brought up once, after a copy, and what was there stays") {
    ON_EACH_DATABASE(kind) {
        const TempFolder folder;
        const std::unique_ptr<Connection> connection = new_connection(folder, kind);
        std::vector<std::int64_t> copied;
        const auto copy = [&copied](std::int64_t version) {
            copied.push_back(version);
            return Result<void>{};
        };
        ok(migrate(*connection, std::span(two_steps).first(1), day(0), copy));
        CHECK(copied.empty());
        ok(migrate(*connection, two_steps, day(1), copy));
        ok(migrate(*connection, two_steps, day(2), copy));
        CHECK(copied == std::vector<std::int64_t>{1});
        CHECK(number(*connection, R"(SELECT "a" + "b" FROM "thing")") == 3);
        CHECK(number(*connection, R"(SELECT COUNT(*) FROM "schema_version")") == 2);
    }
}

TEST_CASE("without its copy nothing is brought up, and a step that fails leaves all as it was") {
    ON_EACH_DATABASE(kind) {
        const TempFolder folder;
        const std::unique_ptr<Connection> connection = new_connection(folder, kind);
        ok(migrate(*connection, std::span(two_steps).first(1), day(0), no_copy));
        const auto refuse = [](std::int64_t) -> Result<void> {
            return fail(Error{ErrorKind::io, "no space"});
        };
        CHECK(error_kind(migrate(*connection, two_steps, day(1), refuse)) == ErrorKind::io);
        CHECK_FALSE(migrate(*connection, broken_step, day(1), no_copy));
        CHECK(number(*connection, R"(SELECT "a" FROM "thing")") == 1);
        CHECK(number(*connection, R"(SELECT MAX("version") FROM "schema_version")") == 1);
        ok(migrate(*connection, two_steps, day(1), no_copy));
    }
}

TEST_CASE("data that a newer version wrote are left alone") {
    ON_EACH_DATABASE(kind) {
        Desk desk(kind);
        desk.store.reset();
        tamper(desk, R"(INSERT INTO "schema_version" ("version", "at") VALUES (9, 0))");
        const Result<std::unique_ptr<Store>> opened = Store::open(desk.location, day(1));
        CHECK(error_kind(opened) == ErrorKind::unsupported);
    }
}

TEST_CASE("a file that is no database is refused and left as it is") {
    const TempFolder folder;
    const std::string text(5'000, 'x');
    std::ofstream(folder.path() / "desk.sqlite") << text;
    CHECK(error_kind(Store::open({folder.path(), ""}, day(0))) == ErrorKind::bad_value);
    std::ifstream in(folder.path() / "desk.sqlite");
    CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == text);
}

TEST_CASE("a desk's file and folder are for their owner alone") {
    const Desk desk(Kind::sqlite);
    insert(*desk.store, a_case(1, "一"));
    struct stat found = {};
    for (const auto& entry : std::filesystem::directory_iterator(desk.location.folder)) {
        REQUIRE(::stat(entry.path().c_str(), &found) == 0);
        CHECK((found.st_mode & 0777) == 0600);
    }
    REQUIRE(::stat(desk.location.folder.c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0700);
}
