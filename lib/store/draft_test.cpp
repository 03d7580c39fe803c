#include "test_store.h"

using namespace konseki;
using namespace konseki::store;

namespace {

Draft a_draft(std::uint32_t user, std::string_view key, std::string_view body, int on_day) {
    return {id_numbered('U', user), std::string(key), std::string(body), day(on_day)};
}

void write_draft(Store& store, const Draft& draft) {
    const std::unique_ptr<Writer> writer = ok(store.write());
    ok(writer->put_draft(draft));
    ok(writer->commit());
}

std::string body(Store& store, std::uint32_t user, std::string_view key) {
    const std::optional<Draft> found = ok(ok(store.read())->draft(id_numbered('U', user), key));
    return found ? found->body : "none";
}

}  // namespace

TEST_CASE("a draft is its writer's alone, is replaced by its key, and goes when it is removed") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        Store& store = *desk.store;
        put(store, a_user(1, "taro"));
        put(store, a_user(2, "hanako"));
        write_draft(store, a_draft(1, "intake", "一", 1));
        write_draft(store, a_draft(1, "new notes 01", "二", 2));
        write_draft(store, a_draft(2, "intake", "三", 3));
        write_draft(store, a_draft(1, "intake", "一の続き ' \" \\ 😀", 4));
        CHECK(body(store, 1, "intake") == "一の続き ' \" \\ 😀");
        CHECK(body(store, 2, "intake") == "三");
        CHECK(body(store, 2, "new notes 01") == "none");
        CHECK(body(store, 1, "INTAKE") == "none");
        const std::vector<Draft> own = ok(ok(store.read())->drafts_of(id_numbered('U', 1)));
        REQUIRE(own.size() == 2);
        CHECK(own[0].key == "intake");
        CHECK(own[0].updated_at == day(4));
        CHECK(own[0].body.empty());
        CHECK(own[1].key == "new notes 01");
        const std::unique_ptr<Writer> writer = ok(store.write());
        ok(writer->remove_draft(id_numbered('U', 1), "intake"));
        ok(writer->commit());
        CHECK(body(store, 1, "intake") == "none");
        CHECK(body(store, 2, "intake") == "三");
    }
}

TEST_CASE("drafts of long ago are forgotten, the others stay") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        Store& store = *desk.store;
        put(store, a_user(1, "taro"));
        write_draft(store, a_draft(1, "old", "x", 1));
        write_draft(store, a_draft(1, "new", "y", 2));
        const std::unique_ptr<Writer> writer = ok(store.write());
        ok(writer->forget_drafts(day(2)));
        ok(writer->commit());
        CHECK(body(store, 1, "old") == "none");
        CHECK(body(store, 1, "new") == "y");
    }
}

TEST_CASE("a draft is in no change, no search and no audit") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        Store& store = *desk.store;
        put(store, a_user(1, "taro"));
        write_draft(store, a_draft(1, "intake", "標的型攻撃", 1));
        const std::unique_ptr<Reader> reader = ok(store.read());
        const Sight all{{}, true};
        CHECK(ok(reader->last_change_no()) == 0);
        CHECK(ok(reader->search("標的", all, 50)).empty());
        CHECK(ok(reader->find_people("標的", all, 50)).empty());
        CHECK(ok(reader->audit({})).empty());
        CHECK(ok(store.check()).empty());
    }
}
