#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "konseki/records/value.h"
#include "konseki/traces/trace.h"

namespace konseki::traces {

/// A candidate in free text; normalise decides. `ipv4` stands for an address of either kind.
struct Token {
    TraceType type{};
    std::uint32_t begin = 0, end = 0;  ///< in characters of TextScanner::narrow()
};

/// Finds URLs, addresses, mail addresses and hashes in text that holds other things too. Linear: each
/// candidate looks at a bounded number of characters, and what a token covers is not looked at again.
class TextScanner {
  public:
    /// Values shorter than this hold no token that would count: the shortest is an address, `1.2.3.4`.
    static constexpr std::size_t min_characters = 7;

    /// Tokens of a text value (UTF-16LE or UTF-8), in order. Valid until the next call.
    std::span<const Token> scan(const records::Value& value);
    /// The value of the last scan, one byte a unit; what is not ASCII is 0x80 or above.
    std::string_view narrow() const { return {buffer_.data(), size_}; }
    /// The text of a token as UTF-8; `value` is the one that was scanned. Valid until `storage` changes.
    std::string_view text(const records::Value& value, const Token& token,
                          std::string& storage) const;

  private:
    /// False where the text is short and holds no character that a candidate begins with.
    bool narrow_units(Bytes utf16le);
    void scan_block(std::size_t block);
    void look_at(std::size_t at);
    bool take_url(std::size_t colon);
    bool take_ipv6(std::size_t colon);
    bool take_ipv4(std::size_t dot);
    bool take_email(std::size_t at);
    bool take_hash(std::size_t at);
    void add(TraceType type, std::size_t begin, std::size_t end);

    std::vector<char> buffer_;
    std::size_t size_ = 0;
    std::size_t done_ = 0;  ///< everything before it belongs to tokens
    std::vector<Token> tokens_;
};

}  // namespace konseki::traces
