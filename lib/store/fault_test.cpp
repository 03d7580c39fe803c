#include <array>
#include <csignal>
#include <cstdint>
#include <thread>

#include <dlfcn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test_store.h"

using namespace konseki;
using namespace konseki::store;
using namespace konseki::casebook;

namespace {

constexpr int kill_rounds = 10;

/// Writes consultations from a number on until it is killed; each number goes into the pipe once it is committed.
[[noreturn]] void write_until_killed(const Location& location, std::uint32_t from, int pipe) {
    const Result<std::unique_ptr<Store>> store = Store::open(location, day(0));
    for (std::uint32_t number = from; store; ++number) {
        const Result<std::unique_ptr<Writer>> writer = (*store)->write();
        if (!writer || !(*writer)->insert(to_row(a_consultation(number, "途中で止まる")), by(1)))
            break;
        if (!(*writer)->commit() || ::write(pipe, &number, sizeof number) != sizeof number) break;
    }
    ::_exit(1);
}

/// The last number that a killed child acknowledged; it is killed after so many, in the middle of what follows.
std::uint32_t last_acknowledged(const Location& location, std::uint32_t from, int count) {
    std::array<int, 2> ends = {};
    REQUIRE(::pipe(ends.data()) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) write_until_killed(location, from, ends[1]);
    ::close(ends[1]);
    std::uint32_t last = 0;
    for (int i = 0; i < count; ++i) REQUIRE(::read(ends[0], &last, sizeof last) == sizeof last);
    // Each round a little later in the life of a transaction.
    ::usleep(static_cast<useconds_t>(count) * 37);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    while (::read(ends[0], &last, sizeof last) == sizeof last) {
    }
    ::close(ends[0]);
    return last;
}

/// Adds 1 to the number in a case's title so many times, each time based on what it read before.
int add_side_by_side(const Location& location, int times) {
    const std::unique_ptr<Store> store = ok(Store::open(location, day(0)));
    int stale = 0;
    for (int done = 0; done < times;) {
        Case thing =
            from_row<Case>(*ok(ok(store->read())->load(Entity::case_, id_numbered('C', 1))));
        thing.title = std::to_string(std::stoi(thing.title) + 1);
        const std::unique_ptr<Writer> writer = ok(store->write());
        const bool is_stale = ok(writer->update(to_row(thing), by(1))).is_stale;
        ok(writer->commit());
        (is_stale ? stale : done) += 1;
    }
    return stale;
}

}  // namespace

TEST_CASE(
    "what was acknowledged is there after a kill in the middle of writing, and all is whole") {
    ON_EACH_DATABASE(kind) {
        Desk desk(kind);
        desk.store.reset();
        std::uint32_t next = 1;
        for (int round = 0; round < kill_rounds; ++round) {
            const std::uint32_t last = last_acknowledged(desk.location, next, 3 + round);
            const std::unique_ptr<Store> store = ok(Store::open(desk.location, day(1)));
            CHECK(ok(store->check()).empty());
            const std::unique_ptr<Reader> reader = ok(store->read());
            for (std::uint32_t number = next; number <= last; ++number)
                CHECK(ok(reader->load(Entity::consultation, id_numbered('A', number))));
            Query query;
            query.entity = Entity::consultation;
            const auto count = static_cast<std::uint32_t>(ok(reader->count(query)));
            // One more may have been committed, but not acknowledged.
            CHECK(count >= last);
            CHECK(count <= last + 1);
            CHECK(ok(reader->last_change_no()) == count);
            next = count + 1;
        }
    }
}

TEST_CASE("a full disk is a clean error, and what was there can still be read") {
    const Desk desk(Kind::sqlite);
    insert(*desk.store, a_case(1, "一"));
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        // In a process of its own: the limit would hold for the test program too.
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit = {400'000, 400'000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const Result<std::unique_ptr<Store>> store = Store::open(desk.location, day(1));
        int failed = 0;
        std::int64_t kept = 1;
        for (std::uint32_t number = 2; store && failed < 3 && number < 100; ++number) {
            const Result<std::unique_ptr<Writer>> writer = (*store)->write();
            const bool is_done =
                writer &&
                (*writer)->insert(to_row(a_case(number, std::string(1'999, 'x'))), by(1)) &&
                (*writer)->commit();
            is_done ? ++kept : ++failed;
        }
        const Result<std::unique_ptr<Reader>> reader = (*store)->read();
        const bool is_well = failed == 3 && reader && *(*reader)->last_change_no() == kept &&
                             (*reader)->load(Entity::case_, id_numbered('C', 1))->has_value();
        ::_exit(is_well ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    CHECK(ok(desk.store->check()).empty());
    insert(*desk.store, a_note(1, id_numbered('C', 1), "また書ける"));
}

TEST_CASE("of several desks side by side none loses a change of another, and numbers have no gap") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        insert(*desk.store, a_case(1, "0"));
        constexpr int threads = 4, times = 25;
        {
            std::vector<std::jthread> all;
            for (int i = 0; i < threads; ++i)
                all.emplace_back([&desk] { add_side_by_side(desk.location, times); });
        }
        const std::unique_ptr<Reader> reader = ok(desk.store->read());
        const Row row = *ok(reader->load(Entity::case_, id_numbered('C', 1)));
        CHECK(from_row<Case>(row).title == std::to_string(threads * times));
        CHECK(row.header.version == threads * times + 1);
        CHECK(ok(reader->last_change_no()) == threads * times + 1);
        CHECK(ok(desk.store->check()).empty());
    }
}

TEST_CASE("a writer may end on another thread, and the next one gets its turn") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        std::unique_ptr<Writer> writer = ok(desk.store->write());
        std::jthread([&writer] {
            ok(writer->insert(to_row(a_case(1, "一")), by(1)));
            ok(writer->commit());
            writer.reset();
        }).join();
        insert(*desk.store, a_case(2, "二"));
    }
}

TEST_CASE("a server that cut all connections off is asked again") {
    if (kinds().size() < 2) return;
    const Desk desk(Kind::postgresql);
    insert(*desk.store, a_case(1, "一"));
    CHECK(ok(ok(desk.store->read())->last_change_no()) == 1);
    tamper(desk,
           "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
           "'konsekid' AND pid <> pg_backend_pid()");
    CHECK(ok(ok(desk.store->read())->last_change_no()) == 1);
    insert(*desk.store, a_case(2, "二"));
}

TEST_CASE("there is one libcrypto in the program: with two no TLS connection to a server comes about") {
    Dl_info found = {};
    REQUIRE(::dladdr(::dlsym(RTLD_DEFAULT, "EVP_sha256"), &found) != 0);
    CHECK(std::string_view(found.dli_fname).contains("libcrypto.so"));
}

TEST_CASE("a server that is not there is an error that does not repeat the password") {
    const Result<std::unique_ptr<Store>> store =
        Store::open({"", "postgresql://desk:secret@/desk?host=/nowhere"}, day(0));
    REQUIRE_FALSE(store);
    CHECK(store.error().kind == ErrorKind::io);
    CHECK_FALSE(store.error().message.contains("secret"));
}

TEST_CASE("a copy made while somebody writes holds one moment, whole") {
    const Desk desk(Kind::sqlite);
    insert(*desk.store, a_case(1, "一"));
    const std::unique_ptr<Writer> writer = ok(desk.store->write());
    ok(writer->insert(to_row(a_case(2, "二")), by(1)));
    const std::filesystem::path folder = desk.folder.path() / "copy";
    ok(desk.store->back_up(folder));
    ok(writer->commit());
    CHECK(error_kind(desk.store->back_up(folder)) == ErrorKind::usage);
    const std::unique_ptr<Store> copy = ok(Store::open({folder, ""}, day(1)));
    CHECK(ok(ok(copy->read())->last_change_no()) == 1);
    CHECK(ok(copy->check()).empty());
}

TEST_CASE("for a copy of a PostgreSQL database its own program is named") {
    if (kinds().size() < 2) return;
    const Desk desk(Kind::postgresql);
    const Result<void> made = desk.store->back_up(desk.folder.path() / "copy");
    CHECK(error_kind(made) == ErrorKind::unsupported);
    CHECK(made.error().message.contains("pg_dump"));
}
