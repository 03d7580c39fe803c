#include <set>

#include "test_store.h"

using namespace konseki;
using namespace konseki::store;
using namespace konseki::casebook;

namespace {

/// Numbers of the rows of all pages, each of so many rows.
std::vector<int> numbers_of(Reader& reader, Query query, std::size_t page_size) {
    query.limit = page_size;
    std::vector<int> out;
    do {
        const Page page = ok(reader.list(query));
        CHECK(page.rows.size() <= page_size);
        for (const Row& row : page.rows) out.push_back(row.header.id.bytes[15]);
        query.after = page.next;
    } while (!query.after.empty());
    return out;
}

using Numbers = std::vector<int>;
using Is = Condition::Is;

Numbers where(Store& store, std::string_view field, Is is, Plain value) {
    Query query;
    query.entity = Entity::consultation;
    query.where = {{field, is, std::move(value)}};
    const std::unique_ptr<Reader> reader = ok(store.read());
    const Numbers out = numbers_of(*reader, query, 50);
    CHECK(ok(reader->count(query)) == out.size());
    return out;
}

void insert_three_consultations(Store& store) {
    Consultation first = a_consultation(1, "一");
    first.purpose = {AnswerState::value, Purpose::health_check};
    first.done_already = {AnswerState::value, {DoneAlready::cleaned, DoneAlready::reinstalled}};
    insert(store, first);
    Consultation second = a_consultation(2, "二");
    second.purpose = {AnswerState::unknown, {}};
    second.information_only = true;
    insert(store, second);
    insert(store, a_consultation(3, ""));
}

}  // namespace

TEST_CASE("pages neither repeat nor leave out, in any order, with and without a value to sort by") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        for (std::uint32_t i = 1; i <= 9; ++i) {
            Case thing = a_case(i, i % 2 == 0 ? "同じ" : "件名'%_");
            if (i % 3 == 0) thing.summary = "概要";
            insert(*desk.store, thing);
        }
        const std::unique_ptr<Reader> reader = ok(desk.store->read());
        for (const std::size_t size : {1, 2, 4, 9, 50}) {
            Query query;
            CHECK(numbers_of(*reader, query, size) == Numbers{1, 2, 3, 4, 5, 6, 7, 8, 9});
            query.descending = true;
            CHECK(numbers_of(*reader, query, size) == Numbers{9, 8, 7, 6, 5, 4, 3, 2, 1});
            query.order_by = "title";
            CHECK(numbers_of(*reader, query, size) == Numbers{8, 6, 4, 2, 9, 7, 5, 3, 1});
            query.order_by = "opened_at";
            CHECK(numbers_of(*reader, query, size) == Numbers{9, 8, 7, 6, 5, 4, 3, 2, 1});
            query.order_by = "summary";
            CHECK(numbers_of(*reader, query, size) == Numbers{9, 6, 3, 8, 7, 5, 4, 2, 1});
            query.descending = false;
            CHECK(numbers_of(*reader, query, size) == Numbers{3, 6, 9, 1, 2, 4, 5, 7, 8});
        }
    }
}

TEST_CASE("a list is asked by codes, by a code in a list, by answers and by their being empty") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        Store& store = *desk.store;
        insert_three_consultations(store);
        const std::string health = "health_check", cleaned = "cleaned", one = "一";
        CHECK(where(store, "purpose", Is::equal, health) == Numbers{1});
        CHECK(where(store, "purpose", Is::not_equal, health) == Numbers{2, 3});
        CHECK(where(store, "purpose", Is::empty, {}) == Numbers{3});
        CHECK(where(store, "purpose", Is::not_empty, {}) == Numbers{1, 2});
        CHECK(where(store, "done_already", Is::equal, cleaned) == Numbers{1});
        CHECK(where(store, "done_already", Is::not_equal, cleaned) == Numbers{2, 3});
        CHECK(where(store, "done_already", Is::equal, std::string("clean_d")).empty());
        CHECK(where(store, "information_only", Is::equal, true) == Numbers{2});
        CHECK(where(store, "summary", Is::equal, one) == Numbers{1});
        CHECK(where(store, "summary", Is::empty, {}) == Numbers{3});
        CHECK(where(store, "received_at", Is::from, day(2).ticks) == Numbers{2, 3});
        CHECK(where(store, "received_at", Is::before, day(2).ticks) == Numbers{1});
        CHECK(where(store, "id", Is::equal, to_text(id_numbered('A', 2))) == Numbers{2});
        CHECK(where(store, "state", Is::equal, std::string("' OR 1=1 --")).empty());
    }
}

TEST_CASE("a field, a value or a page that is none is refused as a mistake of who asks") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        const std::unique_ptr<Reader> reader = ok(desk.store->read());
        const auto refused = [&reader](const Query& query) {
            const Result<Page> page = reader->list(query);
            return !page && page.error().kind == ErrorKind::usage;
        };
        Query query;
        query.entity = Entity::consultation;
        for (const std::string_view field :
             {"", "password", "id\" --", "state\"", "version", "STATE"}) {
            query.where = {{field, Is::equal, std::string("x")}};
            CHECK(refused(query));
            query.where.clear();
            query.order_by = field;
            CHECK(refused(query));
            query.order_by = "id";
        }
        query.where = {{"received_at", Is::equal, std::string("2019")}};
        CHECK(refused(query));
        query.where = {{"state", Is::equal, std::int64_t{1}}};
        CHECK(refused(query));
        query.where = {{"done_already", Is::from, std::string("cleaned")}};
        CHECK(refused(query));
        query.where.clear();
        query.order_by = "done_already";
        CHECK(refused(query));
        query.order_by = "received_at";
        const std::string id = to_text(id_numbered('A', 1));
        for (const std::string& after : {std::string("x"), id, id + "x", id + "n", id + "t41",
                                         id + "i", id + "i1x", id + "i99999999999999999999"}) {
            query.after = after;
            CHECK(refused(query));
        }
        query.after = id + "i5";
        CHECK_FALSE(refused(query));
    }
}

TEST_CASE("by contact data nobody lists or sorts, but the desk itself") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        const std::unique_ptr<Reader> reader = ok(desk.store->read());
        Query query;
        query.entity = Entity::contact;
        query.order_by = "name";
        CHECK(reader->list(query));
        query.sight = Sight{id_numbered('U', 1), true};
        CHECK(error_kind(reader->list(query)) == ErrorKind::usage);
        query.order_by = "id";
        query.where = {{"name_kana", Is::from, std::string("や")}};
        CHECK(error_kind(reader->list(query)) == ErrorKind::usage);
        CHECK(error_kind(reader->count(query)) == ErrorKind::usage);
    }
}

TEST_CASE("the bin is a list of its own") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        insert(*desk.store, a_case(1, "一"));
        insert(*desk.store, a_case(2, "二"));
        const std::unique_ptr<Writer> writer = ok(desk.store->write());
        ok(writer->bin(Entity::case_, id_numbered('C', 1), 1, by(1)));
        ok(writer->commit());
        const std::unique_ptr<Reader> reader = ok(desk.store->read());
        Query query;
        CHECK(numbers_of(*reader, query, 50) == Numbers{2});
        query.in_bin = true;
        CHECK(numbers_of(*reader, query, 50) == Numbers{1});
        CHECK(ok(reader->changes_since(0, Sight{{}, true}, 50)).size() == 2);
    }
}

TEST_CASE("what changed since a number comes in the order of its changes, all kinds together") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        Case thing = insert(*desk.store, a_case(1, "一"));
        insert(*desk.store, a_note(1, thing.header.id, "本文"));
        {
            const std::unique_ptr<Writer> writer = ok(desk.store->write());
            ok(writer->update(to_row(thing), by(1)));
            ok(writer->commit());
        }
        const std::unique_ptr<Reader> reader = ok(desk.store->read());
        const Sight all{{}, true};
        const std::vector<Row> changes = ok(reader->changes_since(0, all, 50));
        REQUIRE(changes.size() == 2);
        CHECK(changes[0].entity == Entity::note);
        CHECK(changes[0].header.change_no == 2);
        CHECK(changes[1].header.change_no == 3);
        CHECK(ok(reader->changes_since(2, all, 50)).size() == 1);
        CHECK(ok(reader->changes_since(0, all, 1)).size() == 1);
        CHECK(ok(reader->changes_since(3, all, 50)).empty());
    }
}
