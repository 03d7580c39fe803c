#include "konseki/traces/collect.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "made_batch.h"

using namespace konseki;
using namespace konseki::traces;

namespace {

std::vector<TraceLine> lines_of(std::vector<Collector> collectors) {
    Result<TraceLines> lines = TraceLines::open(std::move(collectors));
    REQUIRE(lines);
    std::vector<TraceLine> out;
    TraceLine line;
    while (true) {
        const Result<bool> more = lines->next(line);
        REQUIRE(more);
        if (!*more) return out;
        out.push_back(std::move(line));
    }
}

std::string to_text(const TraceLine& line) {
    std::string out = std::string(name_of(line.type)) + ":" + line.value +
                      " n=" + std::to_string(line.count) + " " + std::to_string(line.first.ticks) +
                      ".." + std::to_string(line.last.ticks) + " w=";
    for (const std::string& text : line.written) out += text + "|";
    out += " h=";
    for (const std::string& host : line.hosts) out += host + "|";
    out += " l=";
    for (const Place& place : line.lines)
        out += std::to_string(static_cast<std::uint32_t>(place.item)) + ":" +
               std::to_string(place.offset) + "|";
    return out + " d=" + line.domain + " level=" + std::to_string(line.level) +
           (line.victim ? " victim" : "");
}

std::string text_of(std::vector<Collector> collectors) {
    std::string out;
    for (const TraceLine& line : lines_of(std::move(collectors))) out += to_text(line) + "\n";
    return out;
}

/// Many records with values that repeat, in several spellings and on many hosts.
std::vector<std::unique_ptr<MadeBatch>> made_run(std::size_t batches, std::size_t records,
                                                 std::uint32_t seed) {
    std::mt19937 random(seed);
    const auto pick = [&](std::uint32_t below) {
        return static_cast<std::uint32_t>(random() % below);
    };
    std::vector<std::unique_ptr<MadeBatch>> out;
    for (std::size_t b = 0; b < batches; ++b) {
        out.push_back(std::make_unique<MadeBatch>(static_cast<std::uint32_t>(b / 2)));
        for (std::size_t r = 0; r < records; ++r) {
            const std::string host = (pick(2) == 0 ? "HOST" : "host") + std::to_string(pick(60));
            const std::string image = (pick(3) == 0 ? "C:\\Windows\\x" : "c:\\WINDOWS\\X") +
                                      std::to_string(pick(40)) + ".exe";
            const std::string command = "run http://H" + std::to_string(pick(30)) +
                                        ".example.com/a 198.51.100." + std::to_string(pick(200)) +
                                        " " + std::to_string(pick(500));
            out.back()->add((b % 2) * 1'000'000 + r * 100,
                            pick(10) == 0 ? 0 : 1'000 + pick(100'000), host,
                            {{"Image", image},
                             {"ParentImage", image},
                             {"CommandLine", command},
                             {"Data", command}});
        }
    }
    return out;
}

/// The run by `threads` collectors, batches dealt out in an order that `seed` decides.
std::string collected(const std::vector<std::unique_ptr<MadeBatch>>& run, std::size_t threads,
                      std::size_t memory, std::uint32_t seed, std::size_t* spilled = nullptr) {
    std::vector<std::unique_ptr<MemoryRunStore>> stores;
    std::vector<Collector> collectors;
    for (std::size_t i = 0; i < threads; ++i) {
        stores.push_back(std::make_unique<MemoryRunStore>());
        collectors.emplace_back(CollectorOptions{.memory_bytes = memory, .seed = seed * 77u + i},
                                *stores.back());
    }
    std::vector<std::size_t> order(run.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::mt19937 random(seed);
    std::ranges::shuffle(order, random);
    for (const std::size_t i : order) {
        std::vector<std::uint8_t> levels(run[i]->batch.records.size());
        for (std::size_t r = 0; r < levels.size(); ++r)
            levels[r] = static_cast<std::uint8_t>((i * 31 + r) % 7 == 0 ? 1 + (i + r) % 5 : 0);
        REQUIRE(collectors[random() % threads].take(run[i]->batch, levels));
    }
    std::string text = text_of(std::move(collectors));
    if (spilled)
        for (const auto& store : stores) *spilled += store->size();
    return text;
}

}  // namespace

TEST_CASE("collect: a value's line says what, when, where, how often and how bad") {
    MadeBatch one(3), two(1);
    one.add(4096, 500, "WS-07", {{"QueryName", "C2.Example.com"}});
    one.add(5000, 300, "DC01", {{"QueryName", "c2.example.com"}});
    two.add(9000, 0, "",
            {{"QueryName", "c2.example.com"}, {"QueryResults", "type:  5 c2.example.com;"}});
    MemoryRunStore store;
    std::vector<Collector> collectors;
    collectors.emplace_back(CollectorOptions{}, store);
    const std::uint8_t levels[] = {4, 2};
    REQUIRE(collectors[0].take(one.batch, levels));
    REQUIRE(collectors[0].take(two.batch, two.batch.records[0], 0));

    const std::string text = text_of(std::move(collectors));

    CHECK(
        text ==
        "domain:c2.example.com n=4 300..500 w=c2.example.com|C2.Example.com| h=(none)|DC01|WS-07| "
        "l=1:9000|3:4096|3:5000| d=example.com level=4\n"
        "host:dc01 n=1 300..300 w=DC01| h=DC01| l=3:5000| d= level=2 victim\n"
        "host:ws-07 n=1 500..500 w=WS-07| h=WS-07| l=3:4096| d= level=4 victim\n");
}

TEST_CASE("collect: a record that is to be left out leaves nothing") {
    MadeBatch made(0);
    made.add(0, 1, "A", {{"QueryName", "a.example.com"}});
    made.add(100, 1, "B", {{"QueryName", "b.example.com"}});
    MemoryRunStore store;
    std::vector<Collector> collectors;
    collectors.emplace_back(CollectorOptions{}, store);
    const std::uint8_t levels[] = {Collector::leave_out, 0};
    REQUIRE(collectors[0].take(made.batch, levels));

    const std::vector<TraceLine> lines = lines_of(std::move(collectors));

    REQUIRE(lines.size() == 2);
    CHECK(lines[0].value == "b.example.com");
}

TEST_CASE("collect: threads, order, seed and memory cap never change a byte of the lines") {
    const auto run = made_run(24, 60, 1);
    const std::string want = collected(run, 1, CollectorOptions::run_memory_bytes, 1);
    CHECK(want.size() > 10'000);
    for (std::uint32_t seed = 2; seed < 8; ++seed) {
        std::size_t spilled = 0;
        for (const std::size_t threads : {1u, 2u, 8u}) {
            CHECK((collected(run, threads, CollectorOptions::run_memory_bytes / threads, seed) ==
                   want));
            CHECK((collected(run, threads, 100'000 * seed / threads, seed, &spilled) == want));
        }
        CHECK(spilled > 0);
    }
}

TEST_CASE("collect: more runs than can be merged at once give the same lines") {
    const auto run = made_run(300, 4, 2);
    std::size_t spilled = 0;
    // A cap of one byte makes a run of every batch.
    CHECK((collected(run, 1, 1, 3, &spilled) ==
           collected(run, 1, CollectorOptions::run_memory_bytes, 3)));
    CHECK(spilled > 0);
}

TEST_CASE("collect: what it found in records with findings is what the extractor gives") {
    const auto run = made_run(6, 50, 4);
    MemoryRunStore store;
    // A cap of one byte empties the table at every batch: what was found must hold until then.
    Collector collector({.memory_bytes = 1, .seed = 7}, store);
    Extractor extractor;

    for (const auto& made : run) {
        std::vector<std::uint8_t> levels(made->batch.records.size(), 0);
        for (std::size_t i = 0; i < levels.size(); i += 3) levels[i] = 2;
        std::string want, got;
        for (std::size_t i = 0; i < levels.size(); i += 3)
            for (const Trace* const trace : extractor.extract(made->batch, made->batch.records[i]))
                want += std::to_string(i) + " " + std::string(name_of(trace->type)) + " " +
                        trace->value + "\n";

        REQUIRE(collector.take(made->batch, levels));
        for (const RecordTrace& trace : collector.found())
            got += std::to_string(trace.record) + " " + std::string(name_of(trace.type)) + " " +
                   std::string(trace.value) + "\n";

        CHECK_FALSE(want.empty());
        CHECK(got == want);
    }
}

TEST_CASE("collect: the lines agree with the extractor, record by record") {
    const auto run = made_run(6, 50, 4);
    std::map<std::pair<TraceType, std::string>, std::uint64_t> counts;
    std::map<std::pair<TraceType, std::string>, std::set<Place>> places;
    Extractor extractor;
    for (const auto& made : run) {
        for (const records::Record& record : made->batch.records) {
            for (const Trace* const trace : extractor.extract(made->batch, record)) {
                ++counts[{trace->type, trace->value}];
                places[{trace->type, trace->value}].insert({made->batch.item, record.offset});
            }
        }
    }
    MemoryRunStore store;
    std::vector<Collector> collectors;
    collectors.emplace_back(CollectorOptions{}, store);
    for (const auto& made : run) REQUIRE(collectors[0].take(made->batch, {}));

    const std::vector<TraceLine> lines = lines_of(std::move(collectors));

    REQUIRE(lines.size() == counts.size());
    for (const TraceLine& line : lines) {
        CHECK(line.count == counts[{line.type, line.value}]);
        std::vector<Place> want(places[{line.type, line.value}].begin(),
                                places[{line.type, line.value}].end());
        want.resize(std::min(want.size(), max_lines));
        CHECK((line.lines == want));
    }
}

TEST_CASE("collect: memory stays at the cap when every host and every value is another one") {
    constexpr std::size_t cap = 1u << 20;
    MemoryRunStore store;
    std::vector<Collector> collectors;
    collectors.emplace_back(CollectorOptions{.memory_bytes = cap, .seed = 5}, store);
    std::size_t peak = 0;
    for (std::uint32_t b = 0; b < 100; ++b) {
        MadeBatch made(b);
        for (std::uint32_t r = 0; r < 200; ++r) {
            const std::string number = std::to_string(b * 1'000 + r);
            made.add(r * 100, 1, "host" + number,
                     {{"QueryName", "n" + number + ".example.com"}, {"Image", "c:\\same.exe"}});
        }
        REQUIRE(collectors[0].take(made.batch, {}));
        peak = std::max(peak, collectors[0].memory_used());
    }
    CHECK(peak < cap + cap / 4);
    CHECK(store.size() > cap);

    const std::vector<TraceLine> lines = lines_of(std::move(collectors));

    CHECK(lines.size() == 2 * 20'000 + 2);
    const auto same = std::ranges::find(lines, "c:\\same.exe", &TraceLine::value);
    REQUIRE(same != lines.end());
    CHECK(same->count == 20'000);
    CHECK(same->hosts.size() == max_hosts);
    CHECK(same->hosts[1] == "host1");
    CHECK(same->hosts[2] == "host10");
    CHECK(same->hosts[3] == "host100");
    CHECK(same->lines.size() == max_lines);
    CHECK(same->lines.back() == Place{records::ItemId{0}, 1'900});
}

TEST_CASE("collect: a store that fails or changes is an error, not a wrong line") {
    class BrokenStore final : public RunStore {
      public:
        Result<void> append(Bytes bytes) override {
            if (full) return fail(Error::io("write the spill file", 28));
            return inner.append(bytes);
        }
        Result<void> read(std::uint64_t offset, std::span<std::byte> out) override {
            TRY_VOID(inner.read(offset, out));
            std::ranges::fill(out, std::byte{0xff});
            return {};
        }
        MemoryRunStore inner;
        bool full = false;
    };
    const auto run = made_run(4, 20, 6);
    BrokenStore store;
    std::vector<Collector> collectors;
    collectors.emplace_back(CollectorOptions{.memory_bytes = 1, .seed = 1}, store);
    REQUIRE(collectors[0].take(run[0]->batch, {}));
    store.full = true;
    const Result<void> full = collectors[0].take(run[1]->batch, {});
    REQUIRE(!full);
    CHECK(full.error().kind == ErrorKind::io);
    store.full = false;

    const Result<TraceLines> lines = TraceLines::open(std::move(collectors));

    REQUIRE(!lines);
    CHECK(lines.error().kind == ErrorKind::bad_value);
}
