// Times the engine on EVTX files, layer by layer. Prints CPU nanoseconds per record.
//
//   detect_bench RULES_DIR|PACK LOG_SOURCES OUT_DIR FILE.evtx...
//
// OUT_DIR gets the pack and a list of rule titles with their hits.
//
// Each file is read several times; the reader alone is timed first and taken off.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "konseki/detect/match.h"
#include "konseki/detect/rules.h"
#include "konseki/formats/evtx.h"

using namespace konseki;

namespace {

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

std::string slurp(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

detect::Rules load_rules(const std::string& path, const std::string& log_sources) {
    if (!std::filesystem::is_directory(path)) {
        const std::string bytes = slurp(path);
        auto rules = detect::Rules::from_pack(as_bytes(bytes));
        if (rules) return std::move(*rules);
        std::fprintf(stderr, "%s\n", rules.error().message.c_str());
        std::exit(1);
    }
    std::vector<detect::RuleFile> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path))
        if (entry.path().extension() == ".yml")
            files.push_back({"bench", entry.path().string(), slurp(entry.path())});
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return detect::Rules::compile(files, {log_sources, {}});
}

struct Totals {
    std::uint64_t records = 0, hits = 0;
};

template <class Each>
Totals read_all(const std::string& bytes, records::ShapeTable& shapes, Each each) {
    namespace evtx = formats::evtx;
    Totals totals;
    evtx::ChunkReader reader(shapes);
    records::Batch batch;
    const std::uint64_t slots = evtx::slot_count(bytes.size());
    for (std::uint64_t slot = 0; slot < slots; ++slot) {
        const std::size_t at = evtx::file_header_bytes + slot * evtx::chunk_bytes;
        batch.clear();
        const Bytes chunk =
            as_bytes(bytes).subspan(at, std::min(evtx::chunk_bytes, bytes.size() - at));
        batch.bytes.assign(chunk.begin(), chunk.end());
        batch.base_offset = at;
        reader.read(batch, {});
        totals.records += batch.records.size();
        each(batch, totals);
    }
    return totals;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 5) return 2;
    double start = cpu_seconds();
    const detect::Rules rules = load_rules(argv[1], slurp(argv[2]));
    std::printf("rules %zu, problems %zu, load %.3f s\n", rules.info().size(),
                rules.problems().size(), cpu_seconds() - start);
    start = cpu_seconds();
    const std::vector<std::byte> pack = rules.to_pack();
    const double packed = cpu_seconds();
    const auto again = detect::Rules::from_pack(pack);
    std::printf("pack %zu KB, write %.3f s, read %.3f s%s\n", pack.size() / 1024, packed - start,
                cpu_seconds() - packed, again ? "" : " REFUSED");
    const std::filesystem::path out_dir(argv[3]);
    std::ofstream(out_dir / "rules.pack", std::ios::binary)
        .write(as_text(pack).data(), static_cast<std::streamsize>(pack.size()));

    records::ShapeTable shapes;
    detect::Engine engine(*again);
    detect::Matcher matcher(engine);
    std::map<std::string, std::uint64_t> by_rule;
    constexpr int rounds = 8;
    double all_first = 0;
    for (int i = 4; i < argc; ++i) {
        const std::string bytes = slurp(argv[i]);
        std::vector<detect::Hit> hits;
        const auto match = [&](const records::Batch& batch, Totals& totals) {
            hits.clear();
            matcher.match(batch, hits);
            totals.hits += hits.size();
        };
        (void)read_all(bytes, shapes, [](const auto&, Totals&) {});
        start = cpu_seconds();
        Totals totals = read_all(bytes, shapes, [&](const records::Batch& batch, Totals& t) {
            match(batch, t);
            for (const detect::Hit& hit : hits) ++by_rule[rules.info()[hit.rule].title];
        });
        const double first = cpu_seconds() - start;
        start = cpu_seconds();
        for (int round = 0; round < rounds; ++round)
            (void)read_all(bytes, shapes, [](const auto&, Totals&) {});
        const double read = (cpu_seconds() - start) / rounds;
        start = cpu_seconds();
        for (int round = 0; round < rounds; ++round) (void)read_all(bytes, shapes, match);
        const double both = (cpu_seconds() - start) / rounds;
        all_first += first;
        const double n = static_cast<double>(std::max<std::uint64_t>(totals.records, 1)) / 1e9;
        std::printf("%8.0f read %8.0f match, first pass +%.0f ms, %llu records, %llu hits  %s\n",
                    read / n, (both - read) / n, (first - both) * 1e3,
                    static_cast<unsigned long long>(totals.records),
                    static_cast<unsigned long long>(totals.hits),
                    std::filesystem::path(argv[i]).filename().c_str());
    }
    std::printf("first passes %.3f s, %zu rules fired\n", all_first, by_rule.size());
    std::ofstream out(out_dir / "hits.tsv");
    for (const auto& [title, count] : by_rule) out << title << '\t' << count << '\n';
    return 0;
}
