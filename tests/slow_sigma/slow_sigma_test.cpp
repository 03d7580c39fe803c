// The slow evaluator must itself be right: values from the specification and from sigma.md's tables.

#include <doctest/doctest.h>

#include <algorithm>

#include "record_maker.h"
#include "slow_logs.h"
#include "test_data.h"

using namespace konseki;
using namespace konseki::slow_sigma;

namespace {

struct PlainLookup : FieldLookup {
    std::vector<FlatField> values(const FlatRecord& record, std::string_view name) const override {
        std::vector<FlatField> out;
        for (const FlatField& field : record.fields)
            if (field.name == name) out.push_back(field);
        return out;
    }
};

/// `f: text` only, unless the text is absent.
FlatRecord record_of(std::optional<std::string> text) {
    FlatRecord record;
    if (!text) return record;
    record.fields.push_back({"f", "", FlatField::Kind::text, {}, {}, {}, {}});
    set_text(record.fields[0], *text);
    return record;
}

bool hits(const std::string& yaml, const FlatRecord& record) {
    const auto documents = detect::sigma::read_yaml(yaml);
    REQUIRE(documents.size() == 1);
    Detection detection;
    std::string reason;
    REQUIRE_MESSAGE(read_detection(documents[0].root, detection, reason), reason);
    return matches(detection, record, PlainLookup{});
}

bool hits(const std::string& yaml, const std::string& text) { return hits(yaml, record_of(text)); }

bool is_refused(const std::string& yaml) {
    const auto documents = detect::sigma::read_yaml(yaml);
    Detection detection;
    std::string reason;
    return documents.size() != 1 || !read_detection(documents[0].root, detection, reason);
}

bool condition(const std::string& text, std::vector<std::string> names, bool& value,
               const std::vector<std::string>& hit) {
    Expression expression;
    std::string reason;
    if (!read_condition(text, names, expression, reason)) return false;
    SlowRule rule;
    for (const std::string& name : names) {
        rule.detections.emplace_back(name, Detection{});
        rule.detections.back().second.any = std::find(hit.begin(), hit.end(), name) == hit.end();
    }
    rule.conditions.push_back(expression);
    value = matches(rule, {}, PlainLookup{});
    return true;
}

}  // namespace

TEST_CASE("slow: escapes as the specification lists them") {
    CHECK(hits("f: 'a\\b'", "a\\b"));
    CHECK(hits("f: 'a\\\\b'", "a\\b"));
    CHECK(hits("f: 'a\\*b'", "a*b"));
    CHECK_FALSE(hits("f: 'a\\*b'", "axb"));
    CHECK(hits("f: 'a\\\\*'", "a\\xyz"));
    CHECK(hits("f: 'a\\\\\\*b'", "a\\*b"));
    CHECK(hits("f: '\\\\\\\\server'", "\\\\server"));
    CHECK(hits("f: '\\\\\\server'", "\\\\server"));
    CHECK(hits("f|endswith: '\\Temp\\'", "C:\\temp\\"));
}

TEST_CASE("slow: wildcards match line breaks, a question mark exactly one character") {
    CHECK(hits("f: 'a*b'", "a\n\nb"));
    CHECK(hits("f: 'a?b'", "a\nb"));
    CHECK(hits("f: 'a?b'", "a😀b"));
    CHECK_FALSE(hits("f: 'a?b'", "ab"));
    CHECK_FALSE(hits("f: whoami", "whoami /all"));
}

TEST_CASE("slow: case is folded beyond ASCII unless cased") {
    CHECK(hits("f: STRASSE", "strasse"));
    CHECK(hits("f|contains: ÜNÏ", "xünïx"));
    CHECK_FALSE(hits("f|cased: Abc", "abc"));
    CHECK(hits("f|contains|cased: Abc", "xAbc"));
}

TEST_CASE("slow: null, empty and absent are three things") {
    FlatRecord null = record_of("");
    null.fields[0].kind = FlatField::Kind::null;

    CHECK(hits("f: null", null));
    CHECK(hits("f: null", record_of({})));
    CHECK_FALSE(hits("f: null", ""));
    CHECK_FALSE(hits("f: null", "-"));
    CHECK(hits("f: ''", ""));
    CHECK_FALSE(hits("f: ''", record_of({})));
    CHECK(hits("f|exists: true", null));
    CHECK(hits("f|exists: false", record_of({})));
}

TEST_CASE("slow: base64offset gives the three encodings of the specification's table") {
    CHECK(hits("f|base64offset|contains: foo", "xxZm9vxx"));
    CHECK(hits("f|base64offset|contains: foo", "xxZvbxx"));
    CHECK(hits("f|base64offset|contains: foo", "xxmb2xx"));
    CHECK_FALSE(hits("f|base64offset|contains: foo", "xxzM9Vxx"));
    CHECK(hits("f|wide|base64offset|contains: ab", "..EAYg.."));
    CHECK(hits("f|base64: foobar", "Zm9vYmFy"));
    CHECK(hits("f|base64: fo", "Zm8="));
}

TEST_CASE("slow: windash stands for five dashes before a word") {
    CHECK(hits("f|contains|windash: ' -enc '", "x /enc y"));
    CHECK(hits("f|contains|windash: ' /enc '",
               "x \xe2\x80\x93"
               "enc y"));
    CHECK(hits("f|windash|contains: ' -a -b'",
               "x /a \xe2\x80\x95"
               "b"));
    CHECK_FALSE(hits("f|contains|windash: 'a-b'", "a/b"));
}

TEST_CASE("slow: numbers, comparisons, networks") {
    CHECK(hits("f: 23", "23"));
    CHECK_FALSE(hits("f: 23", "0x17"));
    CHECK(hits("f: '0x17'", "0x17"));
    CHECK(hits("f|gte: 23", "0x17"));
    CHECK(hits("f|lt: 1.5", "1"));
    CHECK_FALSE(hits("f|gt: 5", record_of({})));
    CHECK(hits("f|cidr: 10.0.0.0/8", "10.255.255.255"));
    CHECK(hits("f|cidr: 10.0.0.0/8", "::ffff:10.1.2.3"));
    CHECK_FALSE(hits("f|cidr: 10.0.0.0/8", "11.0.0.0"));
    CHECK(hits("f|cidr: fe80::/10", "fe80::1%4"));
    CHECK_FALSE(hits("f|cidr: 10.0.0.0/8", "host"));
}

TEST_CASE("slow: neq negates the whole item, also for an absent field") {
    CHECK_FALSE(hits("f|neq: [a, b]", "A"));
    CHECK(hits("f|neq: [a, b]", "c"));
    CHECK(hits("f|neq: a", record_of({})));
}

TEST_CASE("slow: time parts are UTC, weeks are ISO weeks") {
    CHECK(hits("f|hour: 23", "2024-03-01T23:59:59.0000000Z"));
    CHECK(hits("f|week: 1", "2024-12-30 10:00:00.000"));
    CHECK(hits("f|week: 53", "2021-01-01 10:00:00"));
    CHECK(hits("f|year|gte: 2024", "2024-01-01T00:00:00Z"));
    CHECK_FALSE(hits("f|hour: 3", "three"));
}

TEST_CASE("slow: lists and maps combine as the specification says") {
    CHECK(hits("[{f: a}, {f: b}]", "b"));
    CHECK_FALSE(hits("{f|startswith: a, f|endswith: b}", "ac"));
    CHECK(hits("f|contains|all: [a, b]", "b-a"));
    CHECK_FALSE(hits("f|contains|all: [a, b]", "a"));
    CHECK(hits("[evil, worse]", "some Evil text"));
    CHECK(hits("'|all': [some, text]", "some Evil text"));
    CHECK(is_refused("f|contain: a"));
    CHECK(is_refused("{}"));
    CHECK(is_refused("f|contains: null"));
}

TEST_CASE("slow: conditions bind as the specification says") {
    bool value = false;
    CHECK(condition("not a and b", {"a", "b"}, value, {"b"}));
    CHECK(value);
    CHECK(condition("a or b and not c", {"a", "b", "c"}, value, {"a", "c"}));
    CHECK(value);
    CHECK(condition("1 of s* and not 1 of f_*", {"s1", "s2", "f_1"}, value, {"s2"}));
    CHECK(value);
    CHECK(condition("all of them", {"a", "_b"}, value, {"a"}));
    CHECK(value);
    CHECK_FALSE(condition("2 of them", {"a", "b"}, value, {}));
    CHECK_FALSE(condition("1 of x*", {"a"}, value, {}));
    CHECK_FALSE(condition("a and", {"a"}, value, {}));
    CHECK_FALSE(condition("(a", {"a"}, value, {}));
}
