#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "evtx/instance.h"
#include "evtx/known_definitions.h"
#include "evtx/program.h"
#include "evtx/shape_builder.h"
#include "konseki/base/result.h"
#include "konseki/formats/evtx.h"
#include "konseki/records/batch.h"

namespace konseki::formats::evtx {

/// Values of one record. A record of 64 KiB has room for 16,000 descriptors; real ones stay below 200.
/// Together with one composite for each step (max_steps) slots stay below records::literal_base.
inline constexpr std::size_t max_record_values = 0x3f00;
/// Template instances and content streams of one record: real ones have two, forwarded ones five.
inline constexpr std::size_t max_record_uses = 64;
/// Bytes of text that a chunk's records may decode into the arena (composites, ANSI): 64 MiB.
inline constexpr std::size_t max_chunk_text = 64u << 20;

/// Turns the BinXml of records into shapes and values. One per thread.
class Decoder {
  public:
    explicit Decoder(records::ShapeTable& shapes) : shapes_(shapes) {}

    void start_chunk(records::Batch& batch, const FileFacts& facts);
    /// For carved records: a definition must carry the id that the record names, since another one may
    /// have been written over it. (Live records are believed: the id is not needed to find anything.)
    void check_template_ids(bool check) { checks_template_ids_ = check; }
    /// Decodes the BinXml at [begin, end) of the chunk into `record` and the batch's values. On failure
    /// the batch's values are as before.
    Result<void> decode(std::uint32_t begin, std::uint32_t end, records::Record& record);
    bool wants_host_code_page() const { return wants_host_code_page_; }
    /// A template of this chunk says that it goes on behind the bytes that are there.
    bool template_was_cut() const { return template_was_cut_; }

  private:
    struct Definition {
        std::uint32_t epoch = 0, offset = 0;
        const Program* program = nullptr;
        std::vector<records::Value> host_texts;
    };
    struct KnownShape {
        std::vector<ProgramUse> uses;
        const records::Shape* shape = nullptr;
    };
    struct Place {
        std::uint32_t begin, end;
        std::uint16_t parent, parent_slot;
        bool is_splice;
    };

    Result<void> read_stream(const Place& place);
    Result<void> read_content(const Place& place);
    Result<void> read_template(const Instance& instance, const Place& place);
    Result<Definition*> definition_at(std::uint32_t offset);
    void read_values(const Instance& instance, const Program& program, std::uint16_t use);
    void add_value(records::Value value, std::uint16_t use, std::uint16_t slot);
    void nested(const records::Value& value, std::uint16_t use, std::uint16_t slot);
    records::Value decode_ansi(const records::Value& value);
    Result<const records::Shape*> shape_of_record();
    const KnownShape* find_known_shape(std::uint64_t hash) const;
    Result<const records::Shape*> build_new_shape();
    void fill_composites(const records::Shape& shape);
    void note(records::Note bit) {
        notes_ = static_cast<std::uint8_t>(notes_ | static_cast<std::uint8_t>(bit));
    }

    static constexpr std::size_t definition_entries = 512;
    /// Programs, known definitions and known shapes of a thread are dropped beyond this: hostile files only.
    static constexpr std::size_t max_cache_bytes = 32u << 20;

    records::ShapeTable& shapes_;
    records::Batch* batch_ = nullptr;
    FileFacts facts_;
    Bytes chunk_;
    NameCache names_;
    ProgramCache programs_;
    std::uint32_t epoch_ = 0;
    std::array<Definition, definition_entries> definitions_;
    KnownDefinitions known_definitions_;
    std::unordered_multimap<std::uint64_t, KnownShape> known_shapes_;
    std::array<const KnownShape*, 256> recent_shapes_{};
    std::size_t known_bytes_ = 0;
    bool wants_host_code_page_ = false;
    bool template_was_cut_ = false;
    bool checks_template_ids_ = false;

    // Of the record at hand.
    Sketch sketch_;
    std::vector<ProgramUse> uses_;
    std::size_t first_value_ = 0;
    std::uint8_t notes_ = 0;
    std::uint32_t depth_ = 0;
    std::vector<std::byte> key_;
    std::string text_;
};

}  // namespace konseki::formats::evtx
