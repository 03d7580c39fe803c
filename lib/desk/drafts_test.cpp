#include "test_desk.h"

namespace konseki::desk {

using casebook::Role;

TEST_CASE("drafts: a draft is its writer's alone, whatever roles others have") {
    TestDesk test;
    const Actor writer = test.actor({Role::contributor});
    const Actor other = test.actor({Role::lead, Role::administrator});
    done(test.desk().put_draft(writer, "intake", "書きかけ"));
    CHECK(done(test.desk().draft(writer, "intake")).body == "書きかけ");
    CHECK(code_of_refusal(test.desk().draft(other, "intake")) == "not_found");
    CHECK(done(test.desk().drafts(other)).empty());
    done(test.desk().remove_draft(other, "intake"));
    done(test.desk().put_draft(other, "intake", "別の人"));
    CHECK(done(test.desk().draft(writer, "intake")).body == "書きかけ");
    done(test.desk().remove_draft(writer, "intake"));
    CHECK(code_of_refusal(test.desk().draft(writer, "intake")) == "not_found");
    done(test.desk().remove_draft(writer, "intake"));
}

TEST_CASE("drafts: what nobody wrote on for 30 days is forgotten") {
    TestDesk test;
    const Actor writer = test.actor({Role::contributor});
    done(test.desk().put_draft(writer, "old", "x"));
    test.wait_seconds(30 * 24 * 3600);
    done(test.desk().put_draft(writer, "new", "y"));
    CHECK(done(test.desk().drafts(writer)).size() == 2);
    test.wait_seconds(1);
    CHECK(code_of_refusal(test.desk().draft(writer, "old")) == "not_found");
    CHECK(done(test.desk().drafts(writer)).size() == 1);
    done(test.desk().put_draft(writer, "new", "y2"));
    CHECK(must(must(test.store().read())->drafts_of(writer.user)).size() == 1);
}

TEST_CASE("drafts: too many and too long ones are refused, and none is lost for it") {
    TestDesk test;
    const Actor writer = test.actor({Role::contributor});
    for (int i = 0; i < 100; ++i)
        done(test.desk().put_draft(writer, "notes/" + std::to_string(i), "x"));
    CHECK(code_of_refusal(test.desk().put_draft(writer, "intake", "x")) == "too_many_drafts");
    done(test.desk().put_draft(writer, "notes/0", "once more"));
    CHECK(done(test.desk().drafts(writer)).size() == 100);
    done(test.desk().remove_draft(writer, "notes/1"));
    const std::string longest(1024 * 1024, 'x');
    done(test.desk().put_draft(writer, "intake", longest));
    const auto fault = [&](const std::string& key, const std::string& body) {
        const Outcome<store::Draft> outcome = test.desk().put_draft(writer, key, body);
        REQUIRE_FALSE(outcome);
        REQUIRE(outcome.error().fields.size() == 1);
        return outcome.error().fields[0].field + ' ' + outcome.error().fields[0].code;
    };
    CHECK(fault("intake", longest + "x") == "body too_long");
    CHECK(fault("intake", std::string("a\0b", 3)) == "body not_text");
    CHECK(fault(std::string(201, 'k'), "x") == "key too_long");
}

}  // namespace konseki::desk
