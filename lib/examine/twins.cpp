#include "twins.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <map>
#include <thread>
#include <tuple>

#include "konseki/evidence/file.h"
#include "sniff.h"

namespace konseki::examine {
namespace {

/// File header and the header of the first chunk.
constexpr std::size_t probe_bytes = 8192;
constexpr std::size_t read_bytes = 256 * 1024;

struct Candidate {
    std::uint32_t index = 0;
    std::uint64_t bytes = 0;
    Hash128 start;
};

bool may_be_twins(const Candidate& a, const Candidate& b) {
    return a.bytes == b.bytes && a.start == b.start;
}

/// Items that share their size with another.
std::vector<Candidate> same_sizes(const findings::Reading& reading) {
    std::vector<Candidate> all;
    for (std::uint32_t i = 0; i < reading.items.size(); ++i)
        if (reading.items[i].bytes > 0) all.push_back({i, reading.items[i].bytes, {}});
    std::stable_sort(all.begin(), all.end(),
                     [](const Candidate& a, const Candidate& b) { return a.bytes < b.bytes; });
    std::vector<Candidate> kept;
    for (std::size_t i = 0; i < all.size(); ++i)
        if ((i > 0 && all[i - 1].bytes == all[i].bytes) ||
            (i + 1 < all.size() && all[i + 1].bytes == all[i].bytes))
            kept.push_back(all[i]);
    return kept;
}

/// False where the file is no evidence or cannot be read: the main pass says so.
bool probe(const evidence::Item& item, std::uint64_t seed, Candidate& candidate) {
    const Result<evidence::File> file = evidence::File::open(item);
    if (!file) return false;
    const Result<Kind> kind = sniff(*file);
    if (!kind || !kind->is_evtx) return false;
    std::array<std::byte, probe_bytes> start{};
    const Result<std::size_t> got = file->read_at(0, start);
    if (!got) return false;
    candidate.start = hash128(Bytes(start).first(*got), seed);
    return true;
}

/// Candidates whose size and start are those of another, in groups, each in the order of paths.
std::vector<Candidate> likely_twins(const std::vector<evidence::Item>& items,
                                    const Options& options, const findings::Reading& reading) {
    std::vector<Candidate> candidates = same_sizes(reading);
    std::erase_if(candidates, [&](Candidate& candidate) {
        return !probe(items[candidate.index], options.seed, candidate);
    });
    std::stable_sort(
        candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
            return std::tie(a.bytes, a.start, a.index) < std::tie(b.bytes, b.start, b.index);
        });
    std::vector<Candidate> kept;
    for (std::size_t i = 0; i < candidates.size(); ++i)
        if ((i > 0 && may_be_twins(candidates[i - 1], candidates[i])) ||
            (i + 1 < candidates.size() && may_be_twins(candidates[i], candidates[i + 1])))
            kept.push_back(candidates[i]);
    return kept;
}

std::optional<Sha256> hash_file(const evidence::Item& item, const Options& options) {
    const Result<evidence::File> file = evidence::File::open(item);
    if (!file) return std::nullopt;
    Sha256Stream stream;
    std::vector<std::byte> piece(read_bytes);
    for (std::uint64_t at = 0; at < file->size();) {
        if (options.cancelled != nullptr && options.cancelled->load()) return std::nullopt;
        const Result<std::size_t> got = file->read_at(at, piece);
        if (!got || *got == 0) return std::nullopt;
        stream.add(Bytes(piece).first(*got));
        at += *got;
    }
    return stream.finish();
}

}  // namespace

void find_twins(const std::vector<evidence::Item>& items, const Options& options,
                findings::Reading& reading) {
    const std::vector<Candidate> twins = likely_twins(items, options, reading);
    std::atomic<std::size_t> next{0};
    const auto hash_some = [&] {
        for (std::size_t i = next++; i < twins.size(); i = next++) {
            const std::uint32_t index = twins[i].index;
            try {
                reading.items[index].sha256 = hash_file(items[index], options);
            } catch (const std::exception&) {
                reading.items[index]
                    .sha256.reset();  // the main pass reads it and says what is wrong
            }
        }
    };
    {
        std::vector<std::jthread> threads;
        const std::size_t count = std::min<std::size_t>(options.threads, twins.size());
        for (std::size_t i = 0; i < count; ++i) threads.emplace_back(hash_some);
    }
    std::map<Sha256, std::uint32_t> first;
    std::vector<std::uint32_t> indexes;
    for (const Candidate& twin : twins) indexes.push_back(twin.index);
    std::sort(indexes.begin(), indexes.end());
    for (const std::uint32_t index : indexes) {
        findings::ItemInfo& info = reading.items[index];
        if (!info.sha256) continue;
        const auto [at, is_first] = first.emplace(*info.sha256, index);
        if (is_first) continue;
        info.state = findings::ItemState::same_as_other;
        info.same_as = at->second;
    }
}

}  // namespace konseki::examine
