// The fast way (gates, programs, lists, memos) against the plain tree walk, on random rules and events.

#include <doctest/doctest.h>

#include <random>
#include <thread>

#include "engine/explain.h"
#include "engine/store.h"
#include "engine/test_batch.h"

using namespace konseki;
using namespace konseki::detect;
using namespace konseki::detect::test;

namespace {

/// Makes rules and events out of few words, so that hits are common and literals overlap.
class Maker {
  public:
    explicit Maker(std::uint32_t seed) : random_(seed) {}

    std::size_t below(std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
    }
    bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }

    std::string word() {
        static const std::vector<std::string> words = {"cmd.exe",
                                                       "\\cmd.exe",
                                                       "powershell",
                                                       "power",
                                                       "shell.exe",
                                                       "aaaa",
                                                       "aaab",
                                                       "aaaaaaab",
                                                       "a",
                                                       "-enc",
                                                       " -E ",
                                                       "\xc3\x84rger",
                                                       "\xc3\xa4RGER",
                                                       "mimikatz",
                                                       "\xe2\x84\xaa"
                                                       "atz",
                                                       "4688",
                                                       "1",
                                                       "x",
                                                       "",
                                                       "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e",
                                                       "C:\\Windows\\Temp\\",
                                                       "10.0.0.1",
                                                       "true",
                                                       "dpapi::",
                                                       "\xc5\xbf"
                                                       "ekurlsa",
                                                       "sekurlsa"};
        return words[below(words.size())];
    }
    std::string text() {
        std::string out;
        for (std::size_t i = below(5); i > 0; --i) out += word();
        if (chance(5)) out.append(below(300), 'a');
        return out;
    }
    std::string field() {
        static const std::vector<std::string> fields = {
            "A", "B", "C", "Data", "Provider_Name", "EventID", "Gone"};
        return fields[below(fields.size())];
    }

    sigma::Node leaf() {
        const std::string name = chance(12) ? "" : field();
        switch (below(12)) {
            case 0: return number(name, static_cast<std::int64_t>(below(4)));
            case 1:
                return regex(
                    name,
                    std::vector<std::string>{"power(shell)?", "(cmd|aaaab)", "[ap]", "(?i)MIMI.+",
                                             ".{20,}", "^$", "sekurlsa|x"}[below(7)],
                    chance(30));
            case 2: return of_kind(sigma::Test::Kind::is_null, field());
            case 3: return of_kind(sigma::Test::Kind::exists, field());
            case 4: return list(field());
            case 5: {
                sigma::Node node = of_kind(sigma::Test::Kind::field_ref, field());
                node.test.other_field = field();
                node.test.ref_kind = static_cast<sigma::Test::RefKind>(below(4));
                return node;
            }
            default: return field_is(name, written(), chance(10));
        }
    }
    sigma::Node list(const std::string& name) {
        std::vector<sigma::Node> tests;
        for (std::size_t i = 10 + below(30); i > 0; --i) tests.push_back(field_is(name, written()));
        return any(std::move(tests));
    }
    std::string written() {
        std::string out = word();
        if (chance(60)) out = "*" + out;
        if (chance(60)) out += "*";
        if (chance(20)) out += word() + (chance(50) ? "?" : "*");
        return out;
    }
    sigma::Node tree(int depth) {
        if (depth == 0 || chance(25)) return leaf();
        if (chance(20)) return no(tree(depth - 1));
        std::vector<sigma::Node> children;
        for (std::size_t i = 1 + below(3); i > 0; --i) children.push_back(tree(depth - 1));
        return chance(55) ? all(std::move(children)) : any(std::move(children));
    }

    void event(TestLog& log) {
        std::vector<Put> fields;
        for (const char* const name : {"A", "B", "C", "Data", "Data", "Gone"}) {
            if (chance(25)) continue;
            if (chance(8))
                fields.push_back(null_field(name));
            else if (chance(8))
                fields.push_back(absent_field(name));
            else if (chance(10))
                fields.push_back({name, std::nullopt, log.array({text(), text()})});
            else if (chance(10))
                fields.push_back(
                    {name, std::nullopt, log.hex(static_cast<std::uint32_t>(below(20)))});
            else
                fields.push_back({name, text()});
        }
        log.add(chance(50) ? "C1" : "C2", word(), static_cast<std::uint32_t>(below(4)), fields);
    }

  private:
    std::mt19937 random_;
};

std::vector<std::string> slow_hits(const Rules& rules, const records::Batch& batch) {
    const Rules::Body& body = rules.body();
    const FieldNames names(body.flat);
    Tester tester(body.flat, *body.runtime);
    Values values;
    std::vector<std::string> out;
    for (std::size_t r = 0; r < batch.records.size(); ++r) {
        const ShapeFields fields = names.resolve(*batch.records[r].shape);
        for (std::uint32_t rule = 0; rule < body.flat.rules.size(); ++rule) {
            values.begin(body.flat, batch, batch.records[r]);
            tester.begin_record();
            if (SlowMatch(body.flat, tester, values, fields).matches(rule))
                out.push_back(std::to_string(r) + ":" + std::to_string(rule));
        }
    }
    return out;
}

std::vector<std::string> without_marks(std::vector<std::string> hits) {
    for (std::string& hit : hits)
        if (hit.ends_with('?')) hit.pop_back();
    return hits;
}

}  // namespace

TEST_CASE("matchers that share an engine and run at once find what one alone finds") {
    Maker maker(7);
    std::vector<sigma::Node> conditions;
    for (int i = 0; i < 40; ++i) conditions.push_back(maker.tree(3));
    const Rules rules = rules_of(std::move(conditions));
    TestLog log;
    for (int i = 0; i < 200; ++i) maker.event(log);
    const std::vector<std::string> expected = hits_of(rules, log.batch);
    Engine engine(rules);
    std::vector<std::vector<Hit>> hits(4);

    {
        std::vector<std::jthread> threads;
        for (std::vector<Hit>& own : hits)
            threads.emplace_back([&] { Matcher(engine).match(log.batch, own); });
    }

    for (const std::vector<Hit>& own : hits) {
        REQUIRE(own.size() == expected.size());
        for (std::size_t i = 0; i < own.size(); ++i)
            CHECK(std::to_string(own[i].record) + ":" + std::to_string(own[i].rule) +
                      (own[i].unchecked ? "?" : "") ==
                  expected[i]);
    }
}

TEST_CASE("gates, programs, lists and memos never change what fires") {
    std::size_t all_hits = 0;
    for (std::uint32_t seed = 1; seed <= 150; ++seed) {
        INFO("seed " << seed);
        Maker maker(seed);
        std::vector<sigma::Node> conditions;
        for (int i = 0; i < 25; ++i) conditions.push_back(maker.tree(3));
        std::vector<sigma::Route> routes{route_to("C1", {0, 1}), route_to("C*")};
        if (maker.chance(50)) routes[0].condition = maker.leaf();
        const Rules rules = rules_of(std::move(conditions), std::move(routes));
        TestLog log;
        for (int i = 0; i < 25; ++i) maker.event(log);

        const std::vector<std::string> expected = slow_hits(rules, log.batch);

        CHECK(without_marks(hits_of(rules, log.batch)) == expected);
        all_hits += expected.size();
    }
    CHECK(all_hits > 10'000);
}

namespace {

std::string text_of(const Explanation& why) {
    std::string out;
    for (const auto& [field, value, pattern] : why.matched)
        for (const std::string_view part : {field, value, pattern})
            out.append(part).push_back('\n');
    for (const Explanation::Unchecked& each : why.unchecked) {
        out.append(each.selection).append(": ");
        for (const std::string_view field : each.fields) out.append(field).push_back(' ');
    }
    return out;
}

std::string slow_explanation(const Rules& rules, const records::Batch& batch, const Hit& hit) {
    const Rules::Body& body = rules.body();
    Tester tester(body.flat, *body.runtime);
    Values values;
    values.begin(body.flat, batch, batch.records[hit.record]);
    const ShapeFields fields = FieldNames(body.flat).resolve(*batch.records[hit.record].shape);
    return text_of(SlowMatch(body.flat, tester, values, fields).explain(hit.rule));
}

/// Records of few shapes whose values are mostly those of others.
void repeat_records(Maker& maker, records::Batch& batch, std::size_t count) {
    const std::vector<records::Record> first = batch.records;
    for (std::size_t i = 0; i < batch.own_shapes.size(); ++i)
        batch.own_shapes[i]->id = static_cast<std::uint32_t>(i);
    while (batch.records.size() < count) {
        records::Record record = first[maker.below(first.size())];
        const std::size_t from = record.first_value, size = record.shape->value_count;
        record.first_value = static_cast<std::uint32_t>(batch.values.size());
        for (std::size_t i = 0; i < size; ++i) {
            const records::Value value = batch.values[from + i];
            batch.values.push_back(value);
        }
        if (maker.chance(40)) {
            const records::Value other = batch.values[maker.below(batch.values.size())];
            batch.values[record.first_value + maker.below(size)] = other;
        }
        batch.records.push_back(record);
    }
}

}  // namespace

TEST_CASE("what matching remembers of a record explains its hits as the plain tree walk does") {
    std::size_t explained = 0;
    for (std::uint32_t seed = 200; seed <= 260; ++seed) {
        INFO("seed " << seed);
        Maker maker(seed);
        std::vector<sigma::Node> conditions;
        for (int i = 0; i < 25; ++i) conditions.push_back(named("sel", maker.tree(3)));
        const Rules rules =
            rules_of(std::move(conditions), {route_to("C1", {0, 1}), route_to("C*")});
        TestLog log;
        for (int i = 0; i < 25; ++i) maker.event(log);
        Engine engine(rules);
        Matcher matcher(engine), other(engine);
        matcher.begin(log.batch);
        for (std::uint32_t record = 0; record < log.batch.records.size(); ++record) {
            std::vector<Hit> hits;
            matcher.match(record, hits);
            for (const Hit& hit : hits) {
                const std::string expected = slow_explanation(rules, log.batch, hit);
                CHECK(text_of(matcher.explain(log.batch, hit)) == expected);
                CHECK(text_of(other.explain(log.batch, hit)) == expected);
                ++explained;
            }
        }
    }
    CHECK(explained > 5'000);
}

TEST_CASE("what is remembered of records never changes what is found on others, nor why") {
    std::size_t all_hits = 0;
    for (std::uint32_t seed = 300; seed <= 360; ++seed) {
        INFO("seed " << seed);
        Maker maker(seed);
        std::vector<sigma::Node> conditions;
        for (int i = 0; i < 25; ++i) conditions.push_back(maker.tree(3));
        const Rules rules =
            rules_of(std::move(conditions), {route_to("C1", {0, 1}), route_to("C*")});
        TestLog log;
        for (int i = 0; i < 6; ++i) maker.event(log);
        repeat_records(maker, log.batch, 80);
        Engine engine(rules);
        Matcher matcher(engine);
        const std::vector<std::string> expected = slow_hits(rules, log.batch);
        for (int round = 0; round < 2; ++round) {
            std::vector<Hit> hits;
            std::vector<std::string> got;
            matcher.begin(log.batch);
            for (std::uint32_t record = 0; record < log.batch.records.size(); ++record) {
                hits.clear();
                matcher.match(record, hits);
                for (const Hit& hit : hits) {
                    got.push_back(std::to_string(hit.record) + ":" + std::to_string(hit.rule));
                    if (maker.chance(50))
                        CHECK(text_of(matcher.explain(log.batch, hit)) ==
                              slow_explanation(rules, log.batch, hit));
                }
            }
            CHECK(got == expected);
            all_hits += got.size();
        }
    }
    CHECK(all_hits > 20'000);
}
