#include "records/evtx_json.h"

#include <doctest/doctest.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "records/evtx_json_variant.h"

using namespace konseki;
using namespace konseki::report;

namespace {

using records::Shape;
using records::Step;
using records::StepKind;
using records::Value;

constexpr std::uint16_t data_slots = 24;

/// Event with attributes, text beside them, an optional element and one Data for each slot.
class MadeRecords {
  public:
    MadeRecords() {
        shape_.id = 0;
        shape_.value_count = data_slots + 3;
        shape_.slot_lists = {2};
        shape_.literals = {Value::utf8("always \"here\"")};
        open("Event");
        open("System");
        open("EventID");
        attribute("Qualifiers", 0);
        slot(1);
        close();
        open("Security", {shape_.slot_lists.data(), 1});
        attribute("UserID", 2);
        close();
        open("Channel");
        slot(records::literal_base);
        close();
        close();
        open("EventData");
        for (std::uint16_t n = 0; n < data_slots; ++n) {
            open("Data");
            add(StepKind::attribute, "Name");
            names_.push_back(std::make_unique<std::string>("D" + std::to_string(n)));
            add(StepKind::text, *names_.back());
            add(StepKind::attribute_end);
            slot(static_cast<std::uint16_t>(n + 3));
            close();
        }
        close();
        close();
    }

    /// Adds a record of these values; those that are not given are null.
    void add_record(const std::vector<Value>& values) {
        records::Record record;
        record.shape = &shape_;
        record.first_value = static_cast<std::uint32_t>(batch.values.size());
        for (std::size_t n = 0; n < shape_.value_count; ++n)
            batch.values.push_back(n < values.size() ? values[n] : Value{});
        batch.records.push_back(record);
    }

    Value value(std::uint8_t type, std::string_view bytes) {
        const Bytes kept = as_bytes(batch.arena.copy(bytes));
        return {kept.data(), static_cast<std::uint32_t>(kept.size()), type};
    }

    records::Batch batch;

  private:
    Step& add(StepKind kind, std::string_view text = {}) {
        Step& step = shape_.steps.emplace_back();
        step.kind = kind;
        step.text = text;
        return step;
    }
    void open(std::string_view name, std::span<const std::uint16_t> needs = {}) {
        add(StepKind::open, name).needs = needs;
    }
    void close() { add(StepKind::close); }
    void slot(std::uint16_t slot) { add(StepKind::slot).slot = slot; }
    void attribute(std::string_view name, std::uint16_t value_slot) {
        add(StepKind::attribute, name);
        slot(value_slot);
        add(StepKind::attribute_end);
    }

    Shape shape_;
    std::vector<std::unique_ptr<std::string>> names_;
};

std::string line(EvtxJsonWriter& writer, const records::Batch& batch,
                 const records::Record& record) {
    render::JsonBuffer out;
    writer.write(batch, record, out);
    return std::string(out.text());
}

/// Values of every type, some of them empty, of an odd size, an array or nothing but NULs; `turn` chooses.
std::vector<Value> values_of_turn(MadeRecords& made, unsigned turn) {
    using namespace std::string_view_literals;
    constexpr std::string_view bytes =
        "\x12\x34\x56\x78\x9a\xbc\xde\x01\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c"sv;
    std::vector<Value> values = {made.value(0x06, bytes.substr(0, turn % 3 == 0 ? 0 : 2)),
                                 made.value(0x06, bytes.substr(0, turn % 5 == 0 ? 0 : 2)),
                                 made.value(0x13, bytes.substr(0, turn % 2 == 0 ? 0 : 16))};
    for (std::uint8_t type = 0x03; type <= 0x15; ++type) {
        const std::uint8_t fixed = records::fixed_size(static_cast<records::WireType>(type));
        const std::size_t size = fixed != 0 ? fixed : type == 0x10 ? 8 : 12 + turn % 5;
        values.push_back(made.value(type, bytes.substr(0, turn % 7 == type % 7 ? 0 : size)));
    }
    values.push_back(made.value(0x01, turn % 4 == 0   ? "\0\0\0\0"sv
                                      : turn % 4 == 1 ? "a\0\"\0\0\0"sv
                                                      : "\0\0b\0"sv));
    values.push_back(made.value(0x01, turn % 3 == 0 ? ""sv : "x"sv));
    values.push_back(made.value(0x81, "a\0\0\0b\0\0\0"sv.substr(0, turn % 3 * 4)));
    values.push_back(made.value(0x60, turn % 2 == 0 ? "plain"sv : ""sv));
    return values;
}

}  // namespace

TEST_CASE("evtx_json: a line does not depend on how many records of its shape came before") {
    MadeRecords made;
    for (unsigned turn = 0; turn < 840; ++turn)
        for (unsigned again = 0; again < 3; ++again) made.add_record(values_of_turn(made, turn));

    EvtxJsonWriter used;
    std::size_t different = 0;
    for (const records::Record& record : made.batch.records) {
        EvtxJsonWriter fresh;
        if (line(used, made.batch, record) != line(fresh, made.batch, record)) ++different;
    }

    CHECK(different == 0);
}

TEST_CASE("evtx_json: a variant writes the line of every record that it takes, and takes its own") {
    MadeRecords made;
    for (unsigned turn = 0; turn < 420; ++turn) made.add_record(values_of_turn(made, turn));

    std::size_t variants = 0, taken = 0, different = 0;
    for (std::size_t first = 0; first < 120; ++first) {
        const records::Record& model = made.batch.records[first];
        const std::optional<EvtxJsonVariant> variant =
            EvtxJsonVariant::make(compile_evtx_json(*model.shape), made.batch, model);
        if (!variant) continue;
        ++variants;
        CHECK(variant->room_for(made.batch.values.data() + model.first_value) > 0);
        for (const records::Record& record : made.batch.records) {
            const Value* const values = made.batch.values.data() + record.first_value;
            const std::size_t room = variant->room_for(values);
            if (room == 0) continue;
            ++taken;
            std::string text(room, '\0');
            text.resize(
                static_cast<std::size_t>(variant->write(values, text.data()) - text.data()));
            EvtxJsonWriter fresh;
            if (text + "\n" != line(fresh, made.batch, record)) ++different;
        }
    }

    CHECK(variants > 5);
    CHECK(taken > variants);
    CHECK(different == 0);
}

TEST_CASE("evtx_json: attributes, gaps and types are written as evtx_dump writes them") {
    MadeRecords made;
    made.add_record({made.value(0x06, std::string_view("\x10\0", 2)), made.value(0x06, "\x10\x12"),
                     Value{}, made.value(0x08, std::string_view("\xff\0\0\0", 4))});
    const std::string want_start =
        R"({"Event":{"System":{"EventID":{"#attributes":{"Qualifiers":16},"#text":4624},"Channel":"always \"here\""},)"
        R"("EventData":{"D0":255,"D1":"",)";

    EvtxJsonWriter writer;
    for (int again = 0; again < 4; ++again)
        CHECK(line(writer, made.batch, made.batch.records.front()).starts_with(want_start));
}
