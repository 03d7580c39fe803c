#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "konseki/scenario/evtx_writer.h"

namespace konseki::scenario::evtx {

/// Builds the bytes of one chunk. Offsets are from its start.
class ChunkBuilder {
  public:
    ChunkBuilder(const LogOptions& options, std::uint64_t first_number);

    /// Appends a record; false, and nothing changed, where it does not fit. Offsets in `place` are within
    /// the chunk.
    bool add(const Record& record, RecordPlace& place);
    std::uint64_t record_count() const { return count_; }
    /// The finished 65,536 bytes.
    std::string finish();

  private:
    struct Undo {
        std::size_t bytes, names, templates;
        std::array<std::uint32_t, 64> name_heads;
        std::array<std::uint32_t, 32> template_heads;
    };
    struct Names {
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
        using is_transparent = void;
    };

    void put_u8(std::uint32_t number) { bytes_.push_back(static_cast<char>(number)); }
    void put_u16(std::uint32_t number);
    void put_u32(std::uint32_t number);
    void put_u64(std::uint64_t number);
    void set_u16(std::size_t at, std::uint32_t number);
    void set_u32(std::size_t at, std::uint32_t number);
    void set_u64(std::size_t at, std::uint64_t number);
    std::uint32_t here() const { return static_cast<std::uint32_t>(bytes_.size()); }

    void put_name(const std::string& name);
    void put_text(std::uint32_t token, std::string_view utf8);
    void put_nodes(const std::vector<Node>& nodes, bool in_template);
    void put_node(const Node& node, bool in_template, bool more);
    void put_element(const Node& node, bool in_template);
    void put_attributes(const std::vector<Attribute>& attributes, bool in_template);
    void put_fragment(const Fragment& fragment, RecordPlace* place);
    void put_definition(const Template& definition);
    void put_instance(const Instance& instance, RecordPlace* place);
    void put_value(const Value& value);
    void undo(const Undo& state);
    std::uint32_t link_template(const Template& definition, std::uint32_t offset);

    LogOptions options_;
    std::uint64_t first_number_;
    std::string bytes_;
    std::uint64_t count_ = 0, first_id_ = 0, last_id_ = 0;
    std::uint32_t last_record_ = 0;
    bool value_too_large_ = false;
    std::unordered_map<std::string, std::uint32_t, Names, std::equal_to<>> names_;
    std::vector<std::string> name_order_;
    std::unordered_map<const Template*, std::uint32_t> templates_;
    std::vector<const Template*> template_order_;
    std::array<std::uint32_t, 64> name_heads_{};
    std::array<std::uint32_t, 32> template_heads_{};
};

}  // namespace konseki::scenario::evtx
