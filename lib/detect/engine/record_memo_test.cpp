#include "engine/record_memo.h"

#include <doctest/doctest.h>

#include "engine/test_batch.h"

using namespace konseki;
using namespace konseki::detect;
using namespace konseki::detect::test;

namespace {

constexpr std::uint16_t field = 4;  // behind the four of System

/// A binding of a shape with one field, and a batch with that field's values.
struct Made {
    explicit Made(const std::vector<std::string>& values) {
        log.add("C", "P", 1, {{"F", ""}});
        records::Shape& shape = *log.batch.own_shapes.front();
        shape.id = 1;
        binding.serial = 1;
        binding.shape = &shape;
        binding.gate_fields = {field};
        const records::Record first = log.batch.records.front();
        log.batch.records.clear();
        for (const std::string& value : values) {
            records::Record record = first;
            record.first_value = static_cast<std::uint32_t>(log.batch.values.size());
            for (std::size_t i = 0; i < field; ++i) log.batch.values.push_back(log.batch.values[i]);
            log.batch.values.push_back(log.utf16(value));
            log.batch.records.push_back(record);
        }
    }
    bool find(std::size_t i) {
        return memo.find(log.batch, log.batch.records[i], binding) != nullptr;
    }
    bool store(std::size_t i) {
        const Hit hit{.record = 0, .rule = static_cast<std::uint32_t>(i)};
        return memo.store(log.batch, log.batch.records[i], binding, {field}, {&hit, 1}) != nullptr;
    }

    TestLog log;
    Binding binding;
    RecordMemo memo;
};

}  // namespace

TEST_CASE("a record is found again by its values, and no other one is") {
    Made made({"a", "b", "a", ""});
    REQUIRE_FALSE(made.find(0));
    REQUIRE(made.store(0));
    CHECK_FALSE(made.find(1));
    CHECK_FALSE(made.find(3));
    CHECK(made.find(2));
}

TEST_CASE("values beyond the bound of a record are not kept") {
    Made made({std::string(RecordMemo::max_key_bytes / 2, 'x'), "y"});
    CHECK_FALSE(made.find(0));
    CHECK_FALSE(made.store(0));
    CHECK_FALSE(made.find(0));
    CHECK_FALSE(made.find(1));
    CHECK(made.store(1));
}

TEST_CASE("a binding whose records do not repeat rests, and is asked again later") {
    std::vector<std::string> values;
    for (int i = 0; i < 500; ++i) values.push_back(std::to_string(i));
    values.resize(6000, "same");
    Made made(values);
    std::size_t found = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (made.find(i))
            ++found;
        else
            made.store(i);
        if (i == 500) CHECK(made.binding.repeats.rest != 0);
    }
    CHECK(found > 1000);
    CHECK(found < 5500);
}
