#include "sigma/pattern.h"

#include <cstddef>
#include <string>
#include <utility>

#include "konseki/base/text.h"

namespace konseki::detect::sigma {
namespace {

void add_text(Pieces& pieces, std::string_view text) {
    if (text.empty()) return;
    if (pieces.empty() || pieces.back().kind != Piece::Kind::text) pieces.emplace_back();
    pieces.back().text += text;
}

void add_wildcard(Pieces& pieces, char wildcard) {
    const Piece::Kind kind = wildcard == '*' ? Piece::Kind::any_run : Piece::Kind::any_one;
    if (kind == Piece::Kind::any_run && !pieces.empty() && pieces.back().kind == kind) return;
    pieces.push_back({kind, {}});
}

bool is_ascii_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

/// Beyond ASCII everything counts as part of a word, save the punctuation blocks U+2000..U+206F and
/// U+3000..U+303F (in UTF-8 E2 80, E2 81 and E3 80).
bool is_word_at(std::string_view text, std::size_t at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) return is_ascii_word(text[at]);
    const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0u;
    return !((byte == 0xE2 && (next == 0x80 || next == 0x81)) || (byte == 0xE3 && next == 0x80));
}

bool is_word_before(std::string_view text, std::size_t at) {
    if (at == 0) return false;
    std::size_t start = at - 1;
    while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0u) == 0x80u) --start;
    return is_word_at(text, start);
}

void split_dashes(const std::string& text, Pieces& out) {
    std::size_t from = 0;
    for (std::size_t at = 0; at + 1 < text.size(); ++at) {
        if (text[at] != '-' && text[at] != '/') continue;
        if (is_word_before(text, at) || !is_word_at(text, at + 1)) continue;
        if (at > from) out.push_back({Piece::Kind::text, text.substr(from, at - from)});
        out.push_back({Piece::Kind::dash, {}});
        from = at + 1;
    }
    if (from < text.size()) out.push_back({Piece::Kind::text, text.substr(from)});
}

}  // namespace

Pieces read_pattern(std::string_view written) {
    Pieces pieces;
    std::string text;
    for (std::size_t at = 0; at < written.size(); ++at) {
        const char c = written[at];
        const char next = at + 1 < written.size() ? written[at + 1] : '\0';
        if (c == '\\' && (next == '*' || next == '?' || next == '\\')) {
            text += next;
            ++at;
        } else if (c == '*' || c == '?') {
            add_text(pieces, std::exchange(text, {}));
            add_wildcard(pieces, c);
        } else {
            text += c;
        }
    }
    add_text(pieces, text);
    return pieces;
}

bool has_wildcard(const Pieces& pieces) {
    for (const Piece& piece : pieces)
        if (piece.kind == Piece::Kind::any_run || piece.kind == Piece::Kind::any_one) return true;
    return false;
}

std::string plain_text(const Pieces& pieces) {
    std::string text;
    for (const Piece& piece : pieces) text += piece.text;
    return text;
}

void open_front(Pieces& pieces) {
    if (!pieces.empty() && pieces.front().kind == Piece::Kind::any_run) return;
    pieces.insert(pieces.begin(), {Piece::Kind::any_run, {}});
}

void open_back(Pieces& pieces) {
    if (!pieces.empty() && pieces.back().kind == Piece::Kind::any_run) return;
    pieces.push_back({Piece::Kind::any_run, {}});
}

void mark_dashes(Pieces& pieces) {
    Pieces marked;
    for (Piece& piece : pieces) {
        if (piece.kind == Piece::Kind::text)
            split_dashes(piece.text, marked);
        else
            marked.push_back(std::move(piece));
    }
    pieces = std::move(marked);
}

Pattern finish_pattern(Pieces pieces, bool cased) {
    if (!cased)
        for (Piece& piece : pieces)
            if (!piece.text.empty()) piece.text = fold(piece.text);
    return {std::move(pieces), cased};
}

}  // namespace konseki::detect::sigma
