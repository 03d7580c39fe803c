#include "evtx/program.h"

#include "konseki/base/hash.h"
#include "konseki/base/text.h"

namespace konseki::formats::evtx {

namespace {

/// next (4), hash (2), units (2) before a name's characters.
constexpr std::uint32_t name_header_bytes = 8;
/// Sketches are compared as well, so a fixed seed does no harm.
constexpr std::size_t max_cached_name_bytes = 1 << 20;
constexpr std::uint64_t sketch_seed = 0x736b65746368;

/// Reads a sketch back into operations. The sketch is our own, so it is sound.
class SketchReader {
  public:
    explicit SketchReader(std::string_view text) : text_(text) {}
    bool at_end() const { return at_ >= text_.size(); }
    OpKind kind() { return static_cast<OpKind>(text_[at_++] - 'A'); }
    std::uint16_t u16() {
        const std::uint16_t value = load_u16(as_bytes(text_).data() + at_);
        at_ += 2;
        return value;
    }
    bool flag() { return text_[at_++] != 0; }
    std::string_view text() {
        const std::size_t low = u16();
        const std::size_t size = low | static_cast<std::size_t>(u16()) << 16;
        const std::string_view view = text_.substr(at_, size);
        at_ += size;
        return view;
    }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
};

Op read_op(SketchReader& reader) {
    Op op;
    op.kind = reader.kind();
    switch (op.kind) {
        case OpKind::open:
            op.text = reader.text();
            op.slot = reader.u16();
            break;
        case OpKind::attribute:
        case OpKind::text:
        case OpKind::cdata: op.text = reader.text(); break;
        case OpKind::slot:
            op.slot = reader.u16();
            op.optional = reader.flag();
            break;
        case OpKind::host_text:
        case OpKind::splice: op.slot = reader.u16(); break;
        case OpKind::close_start:
        case OpKind::close_empty:
        case OpKind::close: break;
    }
    return op;
}

std::unique_ptr<Program> compile(const Sketch& sketch) {
    auto program = std::make_unique<Program>();
    program->sketch = sketch.text;
    program->slot_count = sketch.slot_count;
    SketchReader reader(program->sketch);
    while (!reader.at_end()) {
        program->ops.push_back(read_op(reader));
        if (program->ops.back().kind == OpKind::host_text) ++program->host_text_count;
    }
    return program;
}

}  // namespace

void NameCache::start_chunk(Bytes chunk) {
    chunk_ = chunk;
    texts_.clear();
    if (++epoch_ == 0) {
        entries_.fill({});
        epoch_ = 1;
    }
}

std::string_view NameCache::at(std::uint32_t offset) {
    {
        const Entry& known = entries_[offset % entry_count];
        if (known.epoch == epoch_ && known.offset == offset)
            return std::string_view(texts_).substr(known.start, known.length);
    }
    if (offset > chunk_.size() || chunk_.size() - offset < name_header_bytes) return {};
    const std::uint32_t units = load_u16(chunk_.data() + offset + 6);
    const std::size_t room = chunk_.size() - offset - name_header_bytes;
    if (units > max_name_units || units * 2 > room) return {};
    // Offsets that share an entry are decoded again and again; what was decoded before is not needed then.
    if (texts_.size() > max_cached_name_bytes) start_chunk(chunk_);
    const std::size_t start = texts_.size();
    append_utf8(texts_, chunk_.subspan(offset + name_header_bytes, units * 2));
    Entry& entry = entries_[offset % entry_count];
    entry = {epoch_, offset, static_cast<std::uint32_t>(start),
             static_cast<std::uint32_t>(texts_.size() - start)};
    return std::string_view(texts_).substr(entry.start, entry.length);
}

const Program* ProgramCache::get(const Sketch& sketch) {
    const std::uint64_t hash = hash64(as_bytes(sketch.text), sketch_seed ^ sketch.slot_count);
    const auto [begin, end] = programs_.equal_range(hash);
    for (auto at = begin; at != end; ++at)
        if (at->second->sketch == sketch.text && at->second->slot_count == sketch.slot_count)
            return at->second.get();
    std::unique_ptr<Program> program = compile(sketch);
    bytes_ += sizeof(Program) + program->sketch.size() + program->ops.size() * sizeof(Op);
    return programs_.emplace(hash, std::move(program))->second.get();
}

void ProgramCache::clear() {
    programs_.clear();
    bytes_ = 0;
}

}  // namespace konseki::formats::evtx
