#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "records/evtx_json.h"

namespace konseki::report {

/// A program for those records of a shape whose values have the same types and the same gaps, as nearly all
/// records of a shape do. Every decision of the program is taken: what is left is to copy text and to print
/// values of known types, one after the other.
class EvtxJsonVariant {
  public:
    /// Longest line of a variant. Longer ones are written by the program, which checks as it goes.
    static constexpr std::size_t max_room = 4u << 20;

    /// The variant that fits this record. Nothing where a value needs more than printing: see the .cpp file.
    static std::optional<EvtxJsonVariant> make(const EvtxJsonWriter::Program& program,
                                               const records::Batch& batch,
                                               const records::Record& record);
    /// Bytes that the line of this record may need; 0 where the record is not of this variant, or too long.
    std::size_t room_for(const records::Value* values) const {
        std::uint64_t bytes = 0;
        bool fits = true;
        for (const Check& check : checks_) {
            const records::Value& value = values[check.slot];
            // One comparison for both bounds: what lies below the least size becomes huge.
            fits = fits && value.type == check.type && value.size - check.least <= check.span;
            if (!fits || (check.is_text && load_u16(value.data) == 0)) return 0;
            bytes += value.size;
        }
        const std::size_t room = bytes * room_per_byte_ + fixed_room_;
        return room <= max_room ? room : 0;
    }
    /// Writes the line without its end into a buffer with room_for() bytes; returns the end.
    char* write(const records::Value* values, char* out) const;
    std::size_t bytes() const;

  private:
    friend class VariantMaker;
    enum class Print : std::uint8_t {
        string,
        decimal8,
        decimal16,
        decimal32,
        decimal64,
        hex32,
        hex64,
        guid,
        filetime,
        sid,
        any
    };
    struct Check {
        std::uint32_t least = 0, span = 0;  ///< of the value's size
        std::uint16_t slot = 0;
        std::uint8_t type = 0;
        bool is_text = false;  ///< a string that prints: its first unit must not be NUL
    };
    /// Text and the value behind it.
    struct Piece {
        std::uint32_t text_at = 0, text_size = 0;
        std::uint16_t slot = 0;
        Print print = Print::any;
    };
    static char* print(const Piece& piece, const records::Value& value, char* out);

    std::vector<Check> checks_;
    std::vector<Piece> pieces_;
    std::string text_;
    std::uint32_t tail_at_ = 0, tail_size_ = 0;
    std::size_t fixed_room_ = 0, room_per_byte_ = 0;
};

}  // namespace konseki::report
