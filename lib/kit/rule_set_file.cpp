#include "rule_set_file.h"

#include <algorithm>
#include <utility>

#include "os_file.h"

namespace konseki::kit {
namespace {

constexpr std::string_view magic = "konseki-rules-4\n";
constexpr std::size_t header_bytes = magic.size() + 2 * 32 + 3 * 8;

void append_u64(std::string& out, std::uint64_t value) {
    for (unsigned shift = 0; shift < 64; shift += 8)
        out.push_back(static_cast<char>(value >> shift));
}

void append_text(std::string& out, std::string_view text) {
    append_u64(out, text.size());
    out += text;
}

std::string take_text(Cursor& cursor) {
    const std::uint64_t size = cursor.u64("length of a text");
    return std::string(as_text(cursor.take(size, "text")));
}

/// Counts of things of at least one length field each.
std::uint64_t take_count(Cursor& cursor) {
    const std::uint64_t count = cursor.u64("count");
    return cursor.failed() ? 0 : std::min<std::uint64_t>(count, cursor.left() / 8);
}

Error damaged() { return Error::bad_value("the rule set file is damaged"); }

Result<void> read_problems(Bytes bytes, std::string_view origin, RuleSetFile& set) {
    Cursor cursor(bytes);
    const std::uint64_t problems = take_count(cursor);
    for (std::uint64_t i = 0; i < problems && !cursor.failed(); ++i) {
        findings::RuleProblem problem;
        problem.origin = origin;
        problem.file = take_text(cursor);
        problem.reason = take_text(cursor);
        set.problems.push_back(std::move(problem));
    }
    if (cursor.failed()) return fail(damaged());
    return {};
}

Result<void> read_sources(Bytes bytes, std::string_view origin, RuleSetFile& set) {
    Cursor cursor(bytes);
    const std::string license = take_text(cursor);
    const std::uint64_t files = take_count(cursor);
    for (std::uint64_t i = 0; i < files && !cursor.failed(); ++i) {
        std::string path = take_text(cursor);
        set.files.push_back({std::string(origin), std::move(path), take_text(cursor), license});
    }
    const std::uint64_t placeholders = take_count(cursor);
    for (std::uint64_t i = 0; i < placeholders && !cursor.failed(); ++i) {
        std::vector<std::string>& values = set.placeholders[take_text(cursor)];
        const std::uint64_t count = take_count(cursor);
        for (std::uint64_t j = 0; j < count && !cursor.failed(); ++j)
            values.push_back(take_text(cursor));
    }
    if (cursor.failed()) return fail(damaged());
    return {};
}

}  // namespace

std::string to_set_bytes(const RuleSetFile& set) {
    std::string sources;
    append_text(sources, set.files.empty() ? std::string_view() : set.files.front().license);
    append_u64(sources, set.files.size());
    for (const detect::RuleFile& file : set.files) {
        append_text(sources, file.path);
        append_text(sources, file.text);
    }
    append_u64(sources, set.placeholders.size());
    for (const auto& [name, values] : set.placeholders) {
        append_text(sources, name);
        append_u64(sources, values.size());
        for (const std::string& value : values) append_text(sources, value);
    }
    std::string out(magic);
    out += as_text(set.key);
    out += as_text(set.plain_key);
    std::string problems;
    append_u64(problems, set.problems.size());
    for (const findings::RuleProblem& problem : set.problems) {
        append_text(problems, problem.file);
        append_text(problems, problem.reason);
    }
    append_u64(out, set.pack.size());
    append_u64(out, problems.size());
    append_u64(out, sources.size());
    out += as_text(set.pack);
    out += problems;
    out += sources;
    return out;
}

Result<RuleSetFile> read_set_file(const std::filesystem::path& path, std::string_view origin,
                                  SetPart part) {
    const OsFile file = TRY(OsFile::open(path));
    if (file.size() > max_set_bytes) return fail(Error::limit("the rule set file is too large"));
    const std::vector<std::byte> header =
        TRY(containers::read_exactly(file, 0, header_bytes, "header of a rule set file"));
    Cursor cursor(header);
    if (as_text(cursor.take(magic.size(), "magic")) != magic)
        return fail(Error::bad_value("the rule set file is of another version"));
    RuleSetFile set;
    for (Sha256* const key : {&set.key, &set.plain_key})
        std::ranges::copy(cursor.take(key->size(), "key"), key->begin());
    const std::uint64_t pack_bytes = cursor.u64("pack size");
    const std::uint64_t problem_bytes = cursor.u64("problem size");
    const std::uint64_t source_bytes = cursor.u64("source size");
    for (const std::uint64_t bytes : {pack_bytes, problem_bytes, source_bytes})
        if (bytes > file.size()) return fail(damaged());
    if (header_bytes + pack_bytes + problem_bytes + source_bytes != file.size())
        return fail(damaged());
    if (part != SetPart::keys)
        set.pack = TRY(containers::read_exactly(file, header_bytes, pack_bytes, "rule pack"));
    const std::uint64_t problems_at = header_bytes + pack_bytes;
    const std::vector<std::byte> problems =
        TRY(containers::read_exactly(file, problems_at, problem_bytes, "rule problems"));
    TRY_VOID(read_problems(problems, origin, set));
    if (part != SetPart::all) return set;
    const std::vector<std::byte> sources = TRY(
        containers::read_exactly(file, problems_at + problem_bytes, source_bytes, "rule sources"));
    TRY_VOID(read_sources(sources, origin, set));
    return set;
}

Sha256 rules_key(const std::vector<detect::RuleFile>& files,
                 const detect::CompileOptions& options) {
    Sha256Stream stream;
    const auto add = [&stream](std::string_view text) {
        std::string length;
        append_u64(length, text.size());
        stream.add(as_bytes(length));
        stream.add(as_bytes(text));
    };
    add(magic);
    add(options.log_sources);
    for (const auto& [name, values] : options.placeholders) {
        add(name);
        for (const std::string& value : values) add(value);
    }
    for (const detect::RuleFile& file : files) {
        add(file.origin);
        add(file.path);
        add(file.text);
        add(file.license);
    }
    return stream.finish();
}

}  // namespace konseki::kit
