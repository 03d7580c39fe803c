#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace konseki::report {

struct HtmlAttribute {
    std::string_view name;  ///< a literal of ours
    std::string_view
        value;  ///< escaped where it is written; an empty `class` or `data-` is left out
};

/// Writes HTML forward. Text is never markup: `& < > " '` are escaped, control characters, invalid bytes and
/// marks that turn the direction of writing become visible escapes. Names of elements and attributes are ours.
class HtmlWriter {
  public:
    using Attributes = std::initializer_list<HtmlAttribute>;

    /// An element that is open as long as this lives.
    class [[nodiscard]] Open {
      public:
        Open(HtmlWriter& writer, std::string_view tag) : writer_(writer), tag_(tag) {}
        ~Open() { writer_.close(tag_); }
        Open(const Open&) = delete;
        Open& operator=(const Open&) = delete;

      private:
        HtmlWriter& writer_;
        std::string_view tag_;
    };

    explicit HtmlWriter(std::string& out) : out_(out) {}

    Open in(std::string_view tag, Attributes attributes = {});
    /// An element without content: `meta`, `input`.
    void single(std::string_view tag, Attributes attributes = {});
    void text(std::string_view utf8);
    void element(std::string_view tag, std::string_view text) { element(tag, {}, text); }
    void element(std::string_view tag, Attributes attributes, std::string_view text);
    /// Text from evidence, cut after max_found_bytes, apart from the direction of what stands around it.
    void found(std::string_view utf8);
    /// Markup of ours that needs no escaping.
    void markup(std::string_view html) { out_ += html; }

    /// The whole of a longer text stands in findings.jsonl.
    static constexpr std::size_t max_found_bytes = 600;

  private:
    void start(std::string_view tag, Attributes attributes);
    void close(std::string_view tag);

    std::string& out_;
};

}  // namespace konseki::report
