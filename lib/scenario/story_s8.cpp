#include <array>
#include <string>

#include "operational_logs.h"
#include "security_log.h"
#include "story_parts.h"
#include "system_log.h"

// S8, the footprint of a collection: an administrator follows the guide on a host where nothing else happened.
// collection.json says what was run. In the twins the same is done before, or to another place, by an intruder.

namespace konseki::scenario {

namespace {
/// A step of the collection. `hive` is the file that the registry then writes.
struct Step {
    const char *image, *command, *hive = "";
};

class Collector {
  public:
    Collector(Host& host, Account account, std::string folder)
        : host_(host), account_(std::move(account)), folder_(std::move(folder)) {}

    /// Logs on and runs the commands, eight seconds apart. With `record`, says so in collection.json.
    void plan(Ticks begin, bool hives_only, EvidenceFolder* record);

  private:
    void run(const Step& step, const std::string& command);
    std::string line(const std::string& command, Ticks begin) const;

    Host& host_;
    Account account_;
    std::string folder_;
    std::uint64_t session_ = 0;
};

// As collect.cmd does it: fewer than five of the commands that look like an intruder's first steps.
constexpr std::array<Step, 13> steps{{
    {"whoami.exe", "whoami /user /fo csv /nh"},
    {"netstat.exe", "netstat -anob"},
    {"ipconfig.exe", "ipconfig /all"},
    {"tasklist.exe", "tasklist /v /fo csv"},
    {"wevtutil.exe", R"(wevtutil epl Security "%\logs\Security.evtx")"},
    {"wevtutil.exe", R"(wevtutil epl System "%\logs\System.evtx")"},
    {"wevtutil.exe", R"(wevtutil epl Application "%\logs\Application.evtx")"},
    {"reg.exe", R"(reg save HKLM\SYSTEM "%\hives\SYSTEM" /y)", "SYSTEM"},
    {"reg.exe", R"(reg save HKLM\SOFTWARE "%\hives\SOFTWARE" /y)", "SOFTWARE"},
    {"reg.exe", R"(reg save HKLM\SAM "%\hives\SAM" /y)", "SAM"},
    {"reg.exe", R"(reg save HKLM\SECURITY "%\hives\SECURITY" /y)", "SECURITY"},
    {"schtasks.exe", "schtasks /query /xml"},
    {"vssadmin.exe", "vssadmin create shadow /for=C:"},
}};

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '"' || c == '\\') out.push_back('\\');
        out.push_back(c);
    }
    return out;
}

std::string Collector::line(const std::string& command, Ticks begin) const {
    return R"({"host":")" + host_.machine().name + R"(","user":")" + escaped(account_.full_name()) +
           R"(","sid":")" + account_.sid + R"(","command":")" + escaped(command) +
           R"(","start":")" + japan_text(begin) + R"(","end":")" +
           japan_text(begin + 2 * one_second) + R"(","exit":0,"zone":"Tokyo Standard Time"})" +
           '\n';
}

void Collector::plan(Ticks begin, bool hives_only, EvidenceFolder* record) {
    host_.agenda().at(begin, [this] {
        session_ = logon(host_, {.account = account_, .type = 2, .elevated = true});
    });
    std::string written;
    Ticks time = begin + 40 * one_second;
    for (const Step& step : steps) {
        if (hives_only && *step.hive == '\0') continue;
        std::string command = step.command;
        if (const std::size_t place = command.find('%'); place != std::string::npos)
            command.replace(place, 1, folder_);
        host_.agenda().at(time, [this, step, command] { run(step, command); });
        written += line(command, time);
        time += 8 * one_second;
    }
    host_.agenda().at(time + one_minute, [this] { logoff(host_, account_, 2, session_); });
    if (record != nullptr) record->write_text("collection.json", written);
}

void Collector::run(const Step& step, const std::string& command) {
    const std::string image = std::string(R"(C:\Windows\System32\)") + step.image;
    process(host_, {.account = account_,
                    .logon_id = session_,
                    .image = image,
                    .command_line = command,
                    .parent = R"(C:\Windows\System32\cmd.exe)",
                    .elevated = true});
    if (*step.hive != '\0')
        hive_saved(host_, R"(\??\)" + folder_ + R"(\hives\)" + step.hive, 5120, account_.sid);
    if (std::string_view(step.image) == "vssadmin.exe") shadow_copy_made(host_, account_, image, 1);
}
}  // namespace

void write_collection(Collection kind, EvidenceFolder& folder) {
    World world({"MINATO", "minato.example.jp", "S-1-5-21-1201907221-1907041804-2019112906"}, 8,
                folder);
    world.add({.name = "DC01", .address = "10.8.1.10", .role = Role::domain_controller});
    Host& host = world.add(
        {.name = "PC21", .address = "10.8.2.21", .japanese = true, .command_lines = true});
    Office office(world, {});
    office.employs(world.account("kobayashi", 1121), host);
    office.plan(day_of(2019, 9, 9), day_of(2019, 9, 13), {});
    const Account collector_account = world.account("kensa", 1190);
    Collector collector(host, collector_account, R"(E:\konseki\PC21)");
    const Ticks collected = japan(day_of(2019, 9, 12), 14, 5);
    collector.plan(collected, false, &folder);
    Collector another(host, world.account("mtanaka", 1133), R"(E:\konseki\PC21)");
    Collector elsewhere(host, collector_account, R"(C:\Users\Public\Documents)");
    if (kind == Collection::earlier_by_another)
        another.plan(collected - 2 * one_day, false, nullptr);
    if (kind == Collection::to_another_place)
        elsewhere.plan(collected + 44 * one_second, true, nullptr);
    world.agenda().run_until(japan(day_of(2019, 9, 14), 0, 0));
}

}  // namespace konseki::scenario
