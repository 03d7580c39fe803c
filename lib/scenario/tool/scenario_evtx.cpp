// Writes made event logs to disk: named fixtures, and large ones of any size.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/scenario/evtx_fixtures.h"
#include "konseki/scenario/evtx_hostile.h"
#include "konseki/scenario/mta_writer.h"
#include "konseki/scenario/stories.h"
#include "konseki/scenario/windows_events.h"

namespace evtx = konseki::scenario::evtx;

namespace {
struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

bool put(const File& file, std::span<const std::byte> bytes) {
    return std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size();
}

/// A streamed log that `fill` writes the records of, as long as the second argument holds.
bool write_log(const File& file, const std::function<void(evtx::Log&, const bool&)>& fill) {
    bool written = put(file, std::vector<std::byte>(evtx::header_bytes));
    evtx::Log log({},
                  [&](std::span<const std::byte> chunk) { written = written && put(file, chunk); });
    fill(log, written);
    const std::vector<std::byte> header = log.finish_header();
    return written && std::fseek(file.get(), 0, SEEK_SET) == 0 && put(file, header);
}

/// `firing N` or `processes N`: N records.
bool write_many(const File& file, std::uint64_t count, bool firing) {
    evtx::WindowsHost host;
    return write_log(file, [&](evtx::Log& log, const bool& written) {
        for (std::uint64_t n = 0; n < count && written; ++n) {
            evtx::Occasion at;
            at.record_id = n + 1;
            at.time += n * 500'000;
            log.add(firing ? evtx::firing_record(host, n) : host.sysmon_process_create(at));
        }
    });
}

/// `crowd:N`: two records of each of N hosts.
bool write_crowd(const File& file, std::uint64_t count) {
    std::vector<evtx::WindowsHost> hosts;
    return write_log(file,
                     [&](evtx::Log& log, const bool&) { evtx::add_crowd(log, hosts, count); });
}

/// A sparse file of N GiB with one chunk of ten records at its start and one in its last slot.
bool write_sparse(const File& file, std::uint64_t gibibytes) {
    const std::uint64_t slots = (gibibytes << 30) / evtx::chunk_bytes + 1;
    const evtx::Image first = evtx::process_log(10);
    const evtx::Image last = evtx::process_log(10, 1'000'001);
    const std::uint64_t place = evtx::header_bytes + (slots - 1) * evtx::chunk_bytes;
    return put(file, evtx::file_header({}, 0, slots - 1, 1'000'011, slots)) &&
           put(file, std::span(first.bytes).subspan(evtx::header_bytes)) &&
           fseeko(file.get(), static_cast<off_t>(place), SEEK_SET) == 0 &&
           put(file, std::span(last.bytes).subspan(evtx::header_bytes));
}

int help() {
    std::puts(
        "scenario_evtx FIXTURE OUT    writes a made event log\n"
        "scenario_evtx all FOLDER     writes every fixture as FOLDER/<fixture>.evtx\n"
        "scenario_evtx story NAME FOLDER          writes a made story: FOLDER/<HOST>/<log>.evtx\n"
        "scenario_evtx texts N OUT.MTA   message texts for a log of N records, as Windows writes "
        "them beside it\n"
        "scenario_evtx office HOSTS DAYS BUSY FOLDER   writes ordinary work; BUSY in percent of a "
        "usual day\n"
        "\n"
        "  firing:N               N records that all fire, each with its own traces (about 2 KB "
        "each)\n"
        "  processes:N            N plain Sysmon process creations\n"
        "  crowd:N                N hosts in one log: on each two of our rules fire, and a logon "
        "from "
        "its neighbour\n"
        "  sparse:N               a sparse file of N GiB: ten records at its start, ten in its "
        "last chunk");
    for (const evtx::Fixture& fixture : evtx::fixtures())
        std::printf("  %-22s %s\n", std::string(fixture.name).c_str(),
                    std::string(fixture.says).c_str());
    for (const konseki::scenario::Story& story : konseki::scenario::stories())
        std::printf("  story %-16s %s\n", std::string(story.name).c_str(),
                    std::string(story.says).c_str());
    return 0;
}

int ended(const konseki::scenario::EvidenceFolder& folder) {
    if (folder.failed().empty()) return 0;
    std::fprintf(stderr, "scenario_evtx: cannot write %s\n", folder.failed().c_str());
    return 1;
}

int write_story(const std::string& name, const std::string& path) {
    konseki::scenario::EvidenceFolder folder(path);
    if (konseki::scenario::write_story(name, folder)) return ended(folder);
    std::fprintf(stderr, "scenario_evtx: no story is called \"%s\"; see --help\n", name.c_str());
    return 1;
}

/// The texts say the number of their record; that of the first has a tag and a line break in it.
int write_texts(const std::string& count, const std::string& path) {
    constexpr unsigned long most = 1'000'000;
    const unsigned long records = std::min(std::strtoul(count.c_str(), nullptr, 10), most);
    std::vector<konseki::scenario::MtaEvent> events;
    for (unsigned long id = 1; id <= records; ++id) {
        std::u16string text = u"記録 ";
        for (const char digit : std::to_string(id)) text += static_cast<char16_t>(digit);
        if (id == 1) text += u" <b>Subject:</b>\r\n\tann";
        events.push_back({id, text + u"."});
    }
    const File file(std::fopen(path.c_str(), "wb"));
    if (file &&
        put(file, konseki::scenario::make_mta(events, {u"Microsoft-Windows-Sysmon",
                                                       u"Microsoft-Windows-Security-Auditing"})))
        return 0;
    std::fprintf(stderr, "scenario_evtx: cannot write %s\n", path.c_str());
    return 1;
}

int write_office(const std::string& hosts, const std::string& days, const std::string& busy,
                 const std::string& path) {
    const auto number = [](const std::string& text, unsigned long most) {
        const unsigned long value = std::strtoul(text.c_str(), nullptr, 10);
        return static_cast<unsigned>(value < 1 ? 1 : value > most ? most : value);
    };
    konseki::scenario::EvidenceFolder folder(path);
    const std::uint64_t records = konseki::scenario::write_office(
        {.hosts = number(hosts, 500), .days = number(days, 3650), .busy = number(busy, 100'000)},
        folder);
    std::printf("%llu records\n", static_cast<unsigned long long>(records));
    return ended(folder);
}

bool write_to(const std::string& name, const std::string& path) {
    const std::size_t colon = name.find(':');
    const std::string kind = name.substr(0, colon);
    const std::uint64_t count =
        colon == std::string::npos ? 0 : std::strtoull(name.c_str() + colon + 1, nullptr, 10);
    const auto image = colon == std::string::npos ? evtx::make_fixture(name) : std::nullopt;
    constexpr std::string_view kinds[] = {"firing", "processes", "sparse", "crowd"};
    if (!image && (count == 0 || std::ranges::find(kinds, kind) == std::end(kinds))) {
        std::fprintf(stderr, "scenario_evtx: no fixture is called \"%s\"; see --help\n",
                     name.c_str());
        return false;
    }
    const File file(std::fopen(path.c_str(), "wb"));
    if (file && image && put(file, image->bytes)) return true;
    if (file && kind == "sparse" && write_sparse(file, count)) return true;
    if (file && kind == "crowd" && write_crowd(file, count)) return true;
    if (file && !image && kind != "sparse" && kind != "crowd" &&
        write_many(file, count, kind == "firing"))
        return true;
    std::fprintf(stderr, "scenario_evtx: cannot write %s\n", path.c_str());
    return false;
}
}  // namespace

int main(int count, char** arguments) {
    const auto argument = [&](int index) {
        return std::string(index < count ? arguments[index] : "");
    };
    if (argument(1) == "--help" || argument(1) == "-h") return help();
    if (argument(1) == "story" && count == 4) return write_story(argument(2), argument(3));
    if (argument(1) == "texts" && count == 4) return write_texts(argument(2), argument(3));
    if (argument(1) == "office" && count == 6)
        return write_office(argument(2), argument(3), argument(4), argument(5));
    if (count != 3) {
        std::fputs("usage: scenario_evtx FIXTURE OUT (see --help)\n", stderr);
        return 2;
    }
    if (argument(1) != "all") return write_to(argument(1), argument(2)) ? 0 : 1;
    for (const evtx::Fixture& fixture : evtx::fixtures()) {
        const std::string name(fixture.name);
        if (!write_to(name, argument(2) + '/' + name + ".evtx")) return 1;
    }
    return 0;
}
