#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "konseki/base/result.h"
#include "konseki/detect/match.h"
#include "konseki/detect/rules.h"
#include "konseki/formats/evtx.h"
#include "konseki/scenario/evtx_fixtures.h"

namespace konseki::fuzz {

/// A small table of log sources: reading that of the product would take more time than what is fuzzed.
inline const std::string& log_sources() {
    static const std::string text = [] {
        std::ifstream file(KONSEKI_LOG_SOURCES, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }();
    return text;
}

/// Made records of Sysmon, Security, System and PowerShell, read once.
struct Evidence {
    records::ShapeTable shapes;
    records::Batch batch;

    Evidence() {
        const auto image = scenario::evtx::make_fixture("windows");
        batch.bytes.assign(image->bytes.begin() + scenario::evtx::header_bytes, image->bytes.end());
        formats::evtx::ChunkReader(shapes).read(batch, {});
        require(batch.records.size() == 8, "the made log has eight records");
    }
};
inline const records::Batch& evidence() {
    static const Evidence made;
    return made.batch;
}

inline detect::Rules compile(std::string text) {
    return detect::Rules::compile(
        {{.origin = "fuzz", .path = "rule.yml", .text = std::move(text)}},
        {.log_sources = log_sources(), .placeholders = {{"admins", {"a*", "b?"}}}});
}

/// Matches, explains and asks for everything; the hits as text.
inline std::string use(const detect::Rules& rules) {
    detect::Engine engine(rules);
    std::vector<detect::Hit> hits;
    std::string out;
    {
        detect::Matcher matcher(engine);
        matcher.match(evidence(), hits);
        for (const detect::Hit& hit : hits) {
            require(hit.rule < rules.info().size(), "a hit names a rule");
            require(hit.record < evidence().records.size(), "a hit names a record");
            out += std::to_string(hit.record) + ':' + std::to_string(hit.rule) +
                   (hit.unchecked ? "? " : " ");
            for (const auto& matched : matcher.explain(evidence(), hit).matched)
                (out += matched.field) += ' ';
        }
    }
    for (const detect::RuleUse& rule : engine.use())
        out += std::to_string(static_cast<int>(rule.state));
    return out;
}

/// Rules that went through a pack must do what they did before.
inline void use_and_pack(const detect::Rules& rules) {
    const std::string first = use(rules);
    const auto packed = rules.to_pack();
    const auto unpacked = detect::Rules::from_pack(packed);
    require(unpacked.has_value(), "an own pack is read");
    require(use(*unpacked) == first, "a pack matches as its rules did");
}

/// Text as a YAML double-quoted scalar.
inline std::string quoted(const std::uint8_t* data, std::size_t size) {
    constexpr const char* digits = "0123456789abcdef";
    std::string out(1, '"');
    for (std::size_t i = 0; i < size; ++i) {
        const std::uint8_t byte = data[i];
        if (byte >= 0x80 || (byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f)) {
            out.push_back(static_cast<char>(byte));
        } else {
            out += "\\x";
            out.push_back(digits[byte >> 4]);
            out.push_back(digits[byte & 0xf]);
        }
    }
    return out + '"';
}

}  // namespace konseki::fuzz
