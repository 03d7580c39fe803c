#include "engine/pack.h"

#include <cstring>

#include "engine/stream.h"
#include "konseki/base/hash.h"

// A pack: 8 bytes magic, version, 16 bytes hash of all that follows, then the tables in the order of
// store() below. Numbers are little-endian, as the tables are.

namespace konseki::detect {
namespace {

constexpr char magic[8] = {'K', 'S', 'K', 'P', 'A', 'C', 'K', '\n'};
constexpr std::size_t head_bytes = sizeof magic + 4 + 16;
constexpr std::uint64_t hash_seed = 0x6b6f6e73656b69;
/// Depth of a correlation's condition tree.
constexpr int max_expression_depth = 32;

template <class Io, class T>
void store_optional(Io& io, T& value) {
    using Inner = typename std::remove_const_t<T>::value_type;
    std::uint8_t has = value ? 1 : 0;
    io(has);
    if (has == 0) return;
    if constexpr (!std::is_const_v<T>) {
        if (!value) value = Inner{};
    }
    if (value) io(*value);
}

constexpr auto store_text = [](auto& io, auto& text) { io(text); };

template <class Io, class Own>
void store_own(Io& io, Own& own) {
    for (auto* text : {&own.id, &own.title_ja, &own.needs}) io(*text);
    io(own.own_collection);
    for (auto* text : {&own.says, &own.why, &own.other}) {
        io(text->ja);
        io(text->en);
    }
    for (auto* ids : {&own.next, &own.do_not}) io.list(*ids, store_text);
    std::uint8_t has_check = own.check ? 1 : 0;
    io(has_check);
    if constexpr (std::is_same_v<Io, PackReader>) {
        if (has_check != 0) own.check.emplace();
    }
    if (!own.check) return;
    io(own.check->kind);
    for (auto* texts : {&own.check->fields, &own.check->words}) io.list(*texts, store_text);
    io(own.check->limit);
}

template <class Io, class Info>
void store_info(Io& io, Info& info) {
    io(info.id);
    io(info.title);
    store_optional(io, info.level);
    io(info.kind);
    io(info.origin);
    io(info.file);
    io(info.line);
    for (auto* text :
         {&info.status, &info.author, &info.license, &info.description, &info.date, &info.modified})
        io(*text);
    for (auto* texts :
         {&info.references, &info.tags, &info.false_positives, &info.fields, &info.attack})
        io.list(*texts, store_text);
    io(info.logsource);
    std::uint8_t has_own = info.own ? 1 : 0;
    io(has_own);
    if constexpr (std::is_same_v<Io, PackReader>) {
        if (has_own != 0) info.own.emplace();
    }
    if (info.own) store_own(io, *info.own);
}

template <class Io, class Problem>
void store_problem(Io& io, Problem& problem) {
    io(problem.kind);
    for (auto* text : {&problem.origin, &problem.file}) io(*text);
    io(problem.line);
    for (auto* text : {&problem.id, &problem.title, &problem.reason}) io(*text);
}

template <class Io, class Node>
void store_expression(Io& io, Node& node, int depth) {
    if constexpr (std::is_same_v<Io, PackReader>) {
        if (depth > max_expression_depth) return io.fail();
    }
    io(node.kind);
    store_optional(io, node.test.integer);
    io.list(node.children,
            [depth](auto& inner, auto& child) { store_expression(inner, child, depth + 1); });
}

template <class Io, class Join>
void store_correlation(Io& io, Join& join) {
    store_info(io, join.info);
    io(join.name);
    io(join.type);
    io.table(join.rules);
    io.list(join.group_by, store_text);
    io(join.timespan_ticks);
    io.list(join.condition, [](auto& inner, auto& each) {
        inner(each.op);
        inner(each.value);
    });
    io.list(join.value_fields, store_text);
    io(join.percentile);
    std::uint8_t has = join.expression ? 1 : 0;
    io(has);
    if constexpr (std::is_same_v<Io, PackReader>) {
        if (has != 0) join.expression.emplace();
    }
    if (join.expression) store_expression(io, *join.expression, 0);
    io.list(join.aliases, [](auto& inner, auto& each) {
        inner(each.first);
        inner.list(each.second, store_text);
    });
    io(join.generate);
}

template <class Io, class Body>
void store(Io& io, Body& body) {
    auto& flat = body.flat;
    io(flat.pool);
    io.table(flat.names);
    io.table(flat.pieces);
    io.table(flat.tests);
    io.table(flat.nodes);
    io.table(flat.refs);
    io.table(flat.pairs);
    io.table(flat.maps);
    io.table(flat.routes);
    io.table(flat.rules);
    io.list(body.info, [](auto& inner, auto& each) { store_info(inner, each); });
    io.list(body.problems, [](auto& inner, auto& each) { store_problem(inner, each); });
    io.list(body.order, [](auto& inner, auto& each) {
        inner(each.is_correlation);
        inner(each.index);
    });
    io.list(body.correlations, [](auto& inner, auto& each) { store_correlation(inner, each); });
}

Error damaged() { return Error::bad_value("the rule pack is damaged"); }

}  // namespace

void seal_pack(std::vector<std::byte>& pack) {
    require(pack.size() >= head_bytes, "a pack without a head");
    const Hash128 hash = hash128(Bytes(pack).subspan(head_bytes), hash_seed);
    std::memcpy(pack.data() + sizeof magic + 4, &hash.low, 8);
    std::memcpy(pack.data() + sizeof magic + 12, &hash.high, 8);
}

std::vector<std::byte> write_pack(const Rules::Body& body) {
    PackWriter writer;
    for (const char c : magic) writer(c);
    writer(pack_version);
    writer(std::uint64_t{0});
    writer(std::uint64_t{0});
    store(writer, body);
    std::vector<std::byte> pack = writer.take();
    seal_pack(pack);
    return pack;
}

Result<std::unique_ptr<Rules::Body>> read_pack(Bytes pack) {
    if (pack.size() < head_bytes || std::memcmp(pack.data(), magic, sizeof magic) != 0)
        return fail(Error::bad_value("not a rule pack"));
    if (load_u32(pack.data() + sizeof magic) != pack_version)
        return fail(Error::bad_value("the rule pack was made by another version"));
    const Hash128 hash = hash128(pack.subspan(head_bytes), hash_seed);
    if (hash.low != load_u64(pack.data() + sizeof magic + 4) ||
        hash.high != load_u64(pack.data() + sizeof magic + 12))
        return fail(damaged());
    auto body = std::make_unique<Rules::Body>();
    PackReader reader(pack.subspan(head_bytes));
    store(reader, *body);
    if (reader.failed() || !reader.at_end() || !is_sound(*body)) return fail(damaged());
    body->runtime = std::make_unique<Runtime>(body->flat);
    return body;
}

}  // namespace konseki::detect
