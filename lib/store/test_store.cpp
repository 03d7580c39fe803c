#include "test_store.h"

#include <array>
#include <cstdlib>
#include <cstring>

#include <unistd.h>

#include "postgresql/connection.h"
#include "sqlite/connection.h"
#include "test_cluster.h"

namespace konseki::store {

using namespace casebook;

TempFolder::TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "konseki-store-XXXXXX").string();
    require(::mkdtemp(name.data()) != nullptr, "a temporary folder can be made");
    path_ = name;
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::vector<Kind> kinds() {
    if (test_cluster() != nullptr) return {Kind::sqlite, Kind::postgresql};
    return {Kind::sqlite};
}

Desk::Desk(Kind kind) {
    location.folder = folder.path() / "data";
    if (kind == Kind::postgresql) location.postgresql = test_cluster()->new_database();
    store = ok(Store::open(location, day(0)));
}

Ulid id_numbered(std::uint8_t kind, std::uint32_t number) {
    Ulid out;
    out.bytes[5] = kind;
    for (std::size_t i = 0; i < 4; ++i)
        out.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    return out;
}

Time day(int number) {
    return Time::from_unix_seconds(1'554'044'400 + std::int64_t{86'400} * number);
}

Change by(std::uint32_t user) {
    Change out;
    out.at = day(1);
    out.by = id_numbered('U', user);
    out.via = "api";
    out.address = "192.0.2.1";
    out.request_id = "r1";
    return out;
}

Row insert(Store& store, const Row& row) {
    const std::unique_ptr<Writer> writer = ok(store.write());
    Row out = ok(writer->insert(row, by(1)));
    ok(writer->commit());
    return out;
}

Case a_case(std::uint32_t number, std::string_view title) {
    Case out;
    out.header.id = id_numbered('C', number);
    out.title = title;
    out.opened_at = day(static_cast<int>(number));
    return out;
}

Consultation a_consultation(std::uint32_t number, std::string_view summary) {
    Consultation out;
    out.header.id = id_numbered('A', number);
    out.received_at = day(static_cast<int>(number));
    out.summary = summary;
    return out;
}

Note a_note(std::uint32_t number, Ulid case_id, std::string_view body) {
    Note out;
    out.header.id = id_numbered('N', number);
    out.case_id = case_id;
    out.body = body;
    return out;
}

User a_user(std::uint32_t number, std::string_view login) {
    User out;
    out.id = id_numbered('U', number);
    out.login = login;
    out.display_name = login;
    out.created_at = day(0);
    return out;
}

void put(Store& store, const User& user) {
    const std::unique_ptr<Writer> writer = ok(store.write());
    ok(writer->put_user(user));
    ok(writer->commit());
}

void put(Store& store, const Grant& grant) {
    const std::unique_ptr<Writer> writer = ok(store.write());
    ok(writer->put_grant(grant));
    ok(writer->commit());
}

void tamper(const Desk& desk, std::string_view sql) {
    const std::unique_ptr<Connection> connection =
        desk.location.postgresql.empty()
            ? ok(open_sqlite(desk.location.folder / "desk.sqlite", Access::write))
            : ok(open_postgresql(desk.location.postgresql));
    ok(connection->run_all(std::string(sql)));
}

}  // namespace konseki::store
