#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "konseki/formats/evtx.h"
#include "konseki/records/batch.h"
#include "konseki/scenario/evtx_writer.h"

namespace konseki::test {

namespace made = konseki::scenario::evtx;

/// A record with its batch, for asking.
struct ReadRecord {
    const records::Batch* batch = nullptr;
    const records::Record* record = nullptr;

    /// Text of the first field of that Sigma name; nothing where it is absent. Null reads as "".
    std::optional<std::string> get(std::string_view name) const;
    /// Text of all fields of that name, arrays spread into their items.
    std::vector<std::string> all(std::string_view name) const;
    /// The first field at that path; nothing where it is absent.
    std::optional<std::string> at(std::string_view path) const;
    /// True where the field is there and null.
    bool is_null(std::string_view name) const;
    /// The event written from the shape's steps: elements, attributes, values, unescaped, arrays joined.
    std::string markup() const;
};

/// A whole file as the reader sees it, chunk slot by chunk slot.
struct ReadFile {
    records::ShapeTable shapes;
    std::vector<std::unique_ptr<records::Batch>> batches;
    std::vector<ReadRecord> records;
    std::vector<records::Damage> damage;  ///< of the chunks, then of the file header

    std::vector<std::uint64_t> ids() const;
    /// True where a damage's reason holds this text.
    bool has_damage(std::string_view text) const;
    std::string damage_text() const;
};

struct ReadOptions {
    bool recover = false;
    std::optional<CodePage> code_page{};
};

std::unique_ptr<ReadFile> read_file(Bytes file, const ReadOptions& options = {});
inline std::unique_ptr<ReadFile> read_file(const made::Image& image,
                                           const ReadOptions& options = {}) {
    return read_file(Bytes(image.bytes), options);
}

/// Everything of a file as text: two readings that agree on it agree on all that matters.
std::string all_text(const ReadFile& file);

/// The records of a chunk as text, read from no more than the bytes in use; nothing where they do not do.
std::optional<std::string> text_of_beginning(Bytes chunk,
                                             const formats::evtx::FileFacts& facts = {});
/// The same, from the whole chunk.
std::string text_of_chunk(Bytes chunk, const formats::evtx::FileFacts& facts = {});

}  // namespace konseki::test
