#include "test_store.h"

using namespace konseki;
using namespace konseki::store;
using namespace konseki::casebook;

namespace {

const Sight all{{}, true};

std::vector<int> found(Store& store, std::string_view words) {
    std::vector<int> out;
    for (const Row& row : ok(ok(store.read())->search(words, all, 50)))
        out.push_back(row.header.id.bytes[15]);
    return out;
}
using Numbers = std::vector<int>;

Channel a_channel(std::uint32_t number, Ulid contact, ChannelKind kind, std::string_view value) {
    Channel out;
    out.header.id = id_numbered('H', number);
    out.contact_id = contact;
    out.kind = kind;
    out.value = value;
    return out;
}

Contact a_contact(std::uint32_t number, std::string_view name, std::string_view kana) {
    Contact out;
    out.header.id = id_numbered('P', number);
    out.name = name;
    out.name_kana = kana;
    return out;
}

std::vector<int> people(Store& store, std::string_view part) {
    std::vector<int> out;
    for (const FoundPerson& found : ok(ok(store.read())->find_people(part, all, 50)))
        out.push_back(found.row.header.id.bytes[15]);
    return out;
}

}  // namespace

TEST_CASE("words of one, two and three characters are found within Japanese text, newest first") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        Store& store = *desk.store;
        insert(store, a_consultation(1, "標的型攻撃メールを受信。ｻｰﾊﾞのログは security.EVTX です"));
        insert(store, a_consultation(2, "貿易会社への攻撃。ファイル evil.example.jp/a.exe"));
        insert(store, a_consultation(3, "目標と的と型、撃攻"));
        CHECK(found(store, "攻撃") == Numbers{2, 1});
        CHECK(found(store, "標的型") == Numbers{1});
        CHECK(found(store, "貿") == Numbers{2});
        CHECK(found(store, "evtx") == Numbers{1});
        CHECK(found(store, "ＥＶＴＸ") == Numbers{1});
        CHECK(found(store, "サーバ") == Numbers{1});
        CHECK(found(store, "さーば") == Numbers{1});
        CHECK(found(store, "ﾌｧｲﾙ") == Numbers{2});
        CHECK(found(store, "evil.example.jp") == Numbers{2});
        CHECK(found(store, "example") == Numbers{2});
        CHECK(found(store, "exam") == Numbers{2});
        CHECK(found(store, "攻撃 貿易") == Numbers{2});
        CHECK(found(store, "攻撃　目標").empty());
        CHECK(found(store, "標的型を").empty());
        CHECK(found(store, "evil-example").empty());
    }
}

TEST_CASE("what looks like a search's own language is only text") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        insert(*desk.store, a_consultation(1, "a OR b, near(c) 100% _x"));
        for (const std::string_view words : {"\"", "*", "a OR", "'a'", "a:*", "(a", "b\" OR \"z",
                                             "%", "_", "<->", "!a", "a&b", "\\"}) {
            INFO(words);
            CHECK(ok(desk.store->read())->search(words, all, 10));
        }
        CHECK(found(*desk.store, "OR") == Numbers{1});
        CHECK(found(*desk.store, "a AND b").empty());
        CHECK(found(*desk.store, "%").empty());
        CHECK(found(*desk.store, "").empty());
    }
}

TEST_CASE("a word across two fields, or gone since a change or in the bin, is not found") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        Store& store = *desk.store;
        Case thing = a_case(1, "末尾攻");
        thing.summary = "撃先頭";
        thing = insert(store, thing);
        CHECK(found(store, "攻撃").empty());
        CHECK(found(store, "先頭 末尾") == Numbers{1});
        thing.summary = "別の文";
        const std::unique_ptr<Writer> writer = ok(store.write());
        const Written changed = ok(writer->update(to_row(thing), by(1)));
        CHECK(ok(writer->search("先頭", all, 10)).empty());
        CHECK(ok(writer->search("別の文", all, 10)).size() == 1);
        ok(writer->bin(Entity::case_, thing.header.id, changed.row.header.version, by(1)));
        CHECK(ok(writer->search("別の文", all, 10)).empty());
        ok(writer->commit());
        CHECK(ok(store.check()).empty());
    }
}

TEST_CASE("a text that one vector does not take is found to its end") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        std::string text;
        for (int i = 0; i < 3'000; ++i) text += "同じ語。";
        for (int i = 0; i < 20'000; ++i) text += std::to_string(i) + " ";
        text += "終わりの言葉";
        insert(*desk.store, a_consultation(1, text));
        CHECK(found(*desk.store, "終わりの言葉") == Numbers{1});
        CHECK(found(*desk.store, "12345") == Numbers{1});
        CHECK(found(*desk.store, "同じ語 19999 終わりの") == Numbers{1});
        CHECK(found(*desk.store, "同じ言葉").empty());
    }
}

TEST_CASE("contact data is not found by the search for all, but by the one for people") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        Store& store = *desk.store;
        const Ulid first = insert(store, a_contact(1, "架空 太郎", "カクウ タロウ")).header.id;
        insert(store, a_contact(2, "模擬花子", "もぎはなこ"));
        insert(store, a_channel(3, first, ChannelKind::phone, "０３－００００ー１２３４"));
        insert(store, a_channel(4, first, ChannelKind::phone, "+81-90-0000-5678"));
        insert(store, a_channel(5, first, ChannelKind::mail, "Taro@example.jp"));
        Consultation consultation = a_consultation(6, "");
        consultation.original = "架空太郎です";
        consultation.call_back_to = "架空";
        insert(store, consultation);
        for (const std::string_view words : {"架空", "カクウ", "0000", "taro", "example"})
            CHECK(found(store, words).empty());
        CHECK(people(store, "架空太郎") == Numbers{1});
        CHECK(people(store, "ｶｸｳ") == Numbers{1});
        CHECK(people(store, "はなこ") == Numbers{2});
        CHECK(people(store, "03-0000-1234") == Numbers{3});
        CHECK(people(store, "0300001234") == Numbers{3});
        CHECK(people(store, "090 0000 5678") == Numbers{4});
        CHECK(people(store, "TARO@example.jp") == Numbers{5});
        CHECK(people(store, "0").empty());
        CHECK(people(store, "").empty());
        CHECK(people(store, "%").empty());
        CHECK(ok(ok(store.read())->find_people("架空", Sight{{}, false}, 50)).empty());
    }
}

TEST_CASE("an organisation is found by its names and its reading, and every hit says by what") {
    ON_EACH_DATABASE(kind) {
        const Desk desk(kind);
        Store& store = *desk.store;
        Organisation organisation;
        organisation.header.id = id_numbered('O', 1);
        organisation.name = "港湾工科大学";
        organisation.name_kana = "こうわんこうかだいがく";
        organisation.name_en = "Harbour Institute";
        insert(store, organisation);
        const Ulid contact = insert(store, a_contact(2, "港 太郎", "ミナト タロウ")).header.id;
        insert(store, a_channel(3, contact, ChannelKind::phone, "03-0000-1234"));
        const auto field = [&store](std::string_view part) {
            std::string out;
            for (const FoundPerson& found : ok(ok(store.read())->find_people(part, all, 50)))
                (out += std::to_string(found.row.header.id.bytes[15])) += found.field;
            return out;
        };
        CHECK(field("工科") == "1name");
        CHECK(field("コウワン") == "1name_kana");
        CHECK(field("harbourinst") == "1name_en");
        CHECK(field("みなと") == "2name_kana");
        CHECK(field("港") == "2name1name");
        CHECK(field("00001234") == "3value");
        organisation = from_row<Organisation>(
            ok(ok(store.read())->load(Entity::organisation, organisation.header.id)).value());
        organisation.name_en = "Port Institute";
        const std::unique_ptr<Writer> writer = ok(store.write());
        ok(writer->update(to_row(organisation), by(1)));
        ok(writer->commit());
        CHECK(field("harbour").empty());
        CHECK(field("port") == "1name_en");
    }
}

TEST_CASE("an index that another version of the program made is made anew") {
    ON_EACH_DATABASE(kind) {
        Desk desk(kind);
        insert(*desk.store, a_consultation(1, "標的型攻撃"));
        insert(*desk.store, a_contact(2, "架空太郎", ""));
        desk.store.reset();
        tamper(desk, R"(UPDATE "head" SET "index_made" = 'old'; DELETE FROM "person_key";)");
        desk.store = ok(Store::open(desk.location, day(1)));
        CHECK(found(*desk.store, "標的") == Numbers{1});
        CHECK(people(*desk.store, "太郎") == Numbers{2});
        CHECK(ok(desk.store->check()).empty());
    }
}
