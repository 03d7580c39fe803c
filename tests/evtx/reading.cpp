#include "reading.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "konseki/records/value.h"

namespace konseki::test {

namespace {
using formats::evtx::chunk_bytes;
using formats::evtx::file_header_bytes;
}  // namespace

std::optional<std::string> ReadRecord::get(std::string_view name) const {
    for (const records::Field& field : record->shape->fields)
        if (field.name == name && batch->has(*record, field))
            return records::to_text(batch->value(*record, field.slot));
    return std::nullopt;
}

std::vector<std::string> ReadRecord::all(std::string_view name) const {
    std::vector<std::string> texts;
    for (const records::Field& field : record->shape->fields) {
        if (field.name != name || !batch->has(*record, field)) continue;
        records::for_each_item(batch->value(*record, field.slot), [&](const records::Value& item) {
            texts.push_back(records::to_text(item));
        });
    }
    return texts;
}

std::optional<std::string> ReadRecord::at(std::string_view path) const {
    for (const records::Field& field : record->shape->fields)
        if (field.path == path && batch->has(*record, field))
            return records::to_text(batch->value(*record, field.slot));
    return std::nullopt;
}

bool ReadRecord::is_null(std::string_view name) const {
    for (const records::Field& field : record->shape->fields)
        if (field.name == name && batch->has(*record, field))
            return batch->value(*record, field.slot).is_null();
    return false;
}

std::string ReadRecord::markup() const {
    std::string out;
    const std::vector<records::Step>& steps = record->shape->steps;
    bool tag_open = false;
    const auto end_tag = [&] {
        if (tag_open) out += '>';
        tag_open = false;
    };
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const records::Step& step = steps[i];
        const bool there = std::ranges::none_of(
            step.needs, [&](std::uint16_t slot) { return batch->value(*record, slot).is_null(); });
        if (step.kind == records::StepKind::open) {
            end_tag();
            if (!there) {
                i = step.match;
                continue;
            }
            out.append(1, '<').append(step.text);
            tag_open = true;
        } else if (step.kind == records::StepKind::attribute) {
            if (!there) {
                while (steps[i].kind != records::StepKind::attribute_end) ++i;
                continue;
            }
            std::string text;
            bool is_absent = false;
            for (++i; steps[i].kind != records::StepKind::attribute_end; ++i) {
                if (steps[i].kind != records::StepKind::slot) {
                    text += steps[i].text;
                    continue;
                }
                const records::Value& value = batch->value(*record, steps[i].slot);
                is_absent = is_absent || (steps[i].optional && value.is_null());
                text += records::to_text(value);
            }
            if (!is_absent)
                out.append(1, ' ').append(step.text).append("=\"").append(text).append(1, '"');
        } else if (step.kind == records::StepKind::close) {
            if (tag_open && step.optional) {
                out += "/>";
                tag_open = false;
                continue;
            }
            end_tag();
            out.append("</").append(steps[step.match].text).append(1, '>');
        } else {
            end_tag();
            if (step.kind == records::StepKind::slot)
                out += records::to_text(batch->value(*record, step.slot));
            else if (step.kind == records::StepKind::cdata)
                out.append("<![CDATA[").append(step.text).append("]]>");
            else
                out += step.text;
        }
    }
    return out;
}

std::vector<std::uint64_t> ReadFile::ids() const {
    std::vector<std::uint64_t> list;
    for (const ReadRecord& read : records) list.push_back(read.record->record_id);
    return list;
}

bool ReadFile::has_damage(std::string_view text) const {
    return std::ranges::any_of(damage, [&](const records::Damage& one) {
        return one.reason.find(text) != std::string::npos;
    });
}

std::string ReadFile::damage_text() const {
    std::string out;
    for (const records::Damage& one : damage)
        out += std::to_string(one.offset) + ": " + one.reason + '\n';
    return out;
}

namespace {

void append_text_of(const ReadRecord& read, std::string& out) {
    out += std::to_string(read.record->record_id) + '@' + std::to_string(read.record->offset) + ' ';
    for (const records::Field& field : read.record->shape->fields)
        if (read.batch->has(*read.record, field))
            out.append(field.path)
                .append(1, '=')
                .append(records::to_text(read.batch->value(*read.record, field.slot))) += '\n';
    out += read.markup() + '\n';
}

std::string text_of(const records::Batch& batch) {
    std::string out;
    for (const records::Record& record : batch.records) append_text_of({&batch, &record}, out);
    for (const records::Damage& one : batch.damage) out += one.reason + '\n';
    return out;
}

/// Whatever is done to a file: a chunk of which only the beginning is read gives what it gives whole.
void compare_beginning(Bytes chunk, const formats::evtx::FileFacts& facts) {
    if (chunk.size() < chunk_bytes || facts.recover) return;
    if (const std::optional<std::string> text = text_of_beginning(chunk, facts))
        CHECK(*text == text_of_chunk(chunk, facts));
}

}  // namespace

std::unique_ptr<ReadFile> read_file(Bytes file, const ReadOptions& options) {
    auto read = std::make_unique<ReadFile>();
    formats::evtx::ChunkReader reader(read->shapes);
    formats::evtx::FileFacts facts;
    facts.recover = options.recover;
    facts.code_page = options.code_page;
    const auto header = formats::evtx::read_file_header(file);
    if (header) facts.no_checksums = header->has_no_checksums();
    std::uint64_t in_use = 0;
    for (std::size_t at = file_header_bytes; at < file.size(); at += chunk_bytes) {
        const Bytes chunk = file.subspan(at, std::min(chunk_bytes, file.size() - at));
        if (formats::evtx::has_chunk_magic(chunk)) ++in_use;
        auto batch = std::make_unique<records::Batch>();
        batch->base_offset = at;
        batch->bytes.assign(chunk.begin(), chunk.end());
        reader.read(*batch, facts);
        compare_beginning(chunk, facts);
        for (const records::Record& record : batch->records)
            read->records.push_back({batch.get(), &record});
        read->damage.insert(read->damage.end(), batch->damage.begin(), batch->damage.end());
        read->batches.push_back(std::move(batch));
    }
    if (!header) {
        read->damage.push_back({0, file_header_bytes, header.error().message});
        return read;
    }
    const auto more = formats::evtx::check_header(*header, file.size(), in_use);
    read->damage.insert(read->damage.end(), more.begin(), more.end());
    return read;
}

std::string all_text(const ReadFile& file) {
    std::string out;
    for (const ReadRecord& read : file.records) append_text_of(read, out);
    return out + file.damage_text();
}

std::optional<std::string> text_of_beginning(Bytes chunk, const formats::evtx::FileFacts& facts) {
    records::ShapeTable shapes;
    formats::evtx::ChunkReader reader(shapes);
    records::Batch batch;
    const std::size_t in_use = formats::evtx::bytes_in_use(chunk, facts);
    if (in_use == chunk_bytes) return std::nullopt;
    batch.bytes.assign(chunk.begin(), chunk.begin() + static_cast<std::ptrdiff_t>(in_use));
    if (!reader.read_beginning(batch, facts)) return std::nullopt;
    return text_of(batch);
}

std::string text_of_chunk(Bytes chunk, const formats::evtx::FileFacts& facts) {
    records::ShapeTable shapes;
    formats::evtx::ChunkReader reader(shapes);
    records::Batch batch;
    batch.bytes.assign(chunk.begin(), chunk.end());
    reader.read(batch, facts);
    return text_of(batch);
}

}  // namespace konseki::test
