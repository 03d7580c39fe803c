#include "engine/pattern.h"

#include <bit>
#include <cstring>
#include <span>

#include "konseki/base/simd.h"
#include "konseki/base/text.h"

namespace konseki::detect {
namespace {

using Kind = sigma::Piece::Kind;
constexpr std::size_t npos = std::string_view::npos;

/// Code points that `windash` allows where a rule has a dash: - / – — ―.
bool is_dash(char32_t c) {
    return c == '-' || c == '/' || c == 0x2013 || c == 0x2014 || c == 0x2015;
}

Kind kind_of(const FlatPiece& piece) { return static_cast<Kind>(piece.kind); }

/// Where a run of pieces without `*` ends when it starts at `at`; npos where it does not match there.
std::size_t match_segment(const Flat& flat, std::span<const FlatPiece> segment,
                          std::string_view text, std::size_t at) {
    for (const FlatPiece& piece : segment) {
        if (kind_of(piece) == Kind::text) {
            const std::string_view want = flat.text(piece.text);
            if (text.size() - at < want.size() ||
                std::memcmp(text.data() + at, want.data(), want.size()) != 0)
                return npos;
            at += want.size();
            continue;
        }
        if (at >= text.size()) return npos;
        const char32_t c = next_code_point(text, at);
        if (kind_of(piece) == Kind::dash && !is_dash(c)) return npos;
    }
    return at;
}

/// First place from `at` on where a segment matches; `end` is set to where that ends.
std::size_t find_segment(const Flat& flat, std::span<const FlatPiece> segment,
                         std::string_view text, std::size_t at, std::size_t& end) {
    const bool by_text = kind_of(segment.front()) == Kind::text;
    for (; at <= text.size(); ++at) {
        if (by_text) at = find_text(text, flat.text(segment.front().text), at);
        if (at == npos) return npos;
        // A wildcard stands for a whole character: it never starts inside one.
        const bool inside =
            at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
        if (inside && !by_text) continue;
        end = match_segment(flat, segment, text, at);
        if (end != npos) return at;
    }
    return npos;
}

/// True where a segment matches so that it ends with the text, not starting before `from`.
bool match_tail(const Flat& flat, std::span<const FlatPiece> segment, std::string_view text,
                std::size_t from) {
    std::size_t widest = 0;
    for (const FlatPiece& piece : segment)
        widest += kind_of(piece) == Kind::text ? piece.text.size : 4;
    std::size_t at = text.size() > widest ? text.size() - widest : 0;
    if (at < from) at = from;
    for (; at <= text.size(); ++at) {
        const bool inside =
            at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
        if (inside && kind_of(segment.front()) != Kind::text) continue;
        if (match_segment(flat, segment, text, at) == text.size()) return true;
    }
    return false;
}

/// The pieces up to the next `*`.
std::span<const FlatPiece> head_of(std::span<const FlatPiece> pieces) {
    std::size_t count = 0;
    while (count < pieces.size() && kind_of(pieces[count]) != Kind::any_run) ++count;
    return pieces.first(count);
}

bool match_pieces(const Flat& flat, std::span<const FlatPiece> pieces, std::string_view text) {
    std::span<const FlatPiece> segment = head_of(pieces);
    std::size_t at = match_segment(flat, segment, text, 0);
    if (at == npos) return false;
    pieces = pieces.subspan(segment.size());
    if (pieces.empty()) return at == text.size();
    while (!pieces.empty()) {
        pieces = pieces.subspan(1);  // the `*`
        segment = head_of(pieces);
        pieces = pieces.subspan(segment.size());
        if (segment.empty()) continue;
        if (pieces.empty()) return match_tail(flat, segment, text, at);
        std::size_t end = 0;
        if (find_segment(flat, segment, text, at, end) == npos) return false;
        at = end;
    }
    return true;
}

}  // namespace

std::size_t find_text(std::string_view text, std::string_view needle, std::size_t from) {
    if (from > text.size()) return npos;
    const std::size_t size = needle.size();
    if (size == 0) return from;
    if (text.size() - from < size) return npos;
    if (size == 1) return text.find(needle.front(), from);
    // Compares the first and the last byte of the needle at 16 places at once, then all of it.
    const __m128i first = _mm_set1_epi8(needle.front());
    const __m128i last = _mm_set1_epi8(needle.back());
    std::size_t at = from;
    for (; at + size - 1 + 16 <= text.size(); at += 16) {
        const __m128i front = simd::load128(text.data() + at);
        const __m128i back = simd::load128(text.data() + at + size - 1);
        auto hits = static_cast<unsigned>(_mm_movemask_epi8(
            _mm_and_si128(_mm_cmpeq_epi8(front, first), _mm_cmpeq_epi8(back, last))));
        for (; hits != 0; hits &= hits - 1) {
            const std::size_t place = at + static_cast<std::size_t>(std::countr_zero(hits));
            if (std::memcmp(text.data() + place, needle.data(), size) == 0) return place;
        }
    }
    for (; at + size <= text.size(); ++at)
        if (text[at] == needle.front() && std::memcmp(text.data() + at, needle.data(), size) == 0)
            return at;
    return npos;
}

bool match_pattern(const Flat& flat, const FlatTest& test, std::string_view text) {
    const std::span<const FlatPiece> pieces = Flat::part(flat.pieces, test.pieces);
    const auto only = [&](std::size_t index) { return flat.text(pieces[index].text); };
    switch (static_cast<PatternForm>(test.form)) {
        case PatternForm::anything: return true;
        case PatternForm::equal: return pieces.empty() ? text.empty() : text == only(0);
        case PatternForm::prefix: return text.starts_with(only(0));
        case PatternForm::suffix: return text.ends_with(only(1));
        case PatternForm::contains: return find_text(text, only(1), 0) != npos;
        case PatternForm::pieces: break;
    }
    return match_pieces(flat, pieces, text);
}

}  // namespace konseki::detect
