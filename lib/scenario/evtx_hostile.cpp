// Logs that are hard on whoever shows them: names that are markup, commands or endless, and very many hosts.
#include "konseki/scenario/evtx_hostile.h"

#include <array>

#include "konseki/scenario/windows_events.h"

namespace konseki::scenario::evtx {

namespace {
/// Longer than any name of Windows: NetBIOS has 15 characters, DNS 253.
constexpr std::size_t long_name = 10'000;
/// Values of a record share one chunk of 64 KiB with a host's name of 20 kB.
constexpr std::size_t long_value = 2'000;

std::string control_characters() {
    std::string out = "PC-";
    for (char c = 1; c < 0x20; ++c) out += c;
    out += "\x7f";
    for (const char* c1 : {"\u0080", "\u0085", "\u009b", "\u009f"}) out += c1;
    return out;
}

/// What stands in every field of a host's records.
std::array<std::string, 6> hostile_texts() {
    return {
        R"(</title></style></script><script>document.title="owned"</script>)",
        R"(<img src=x onerror="document.title='owned'"><iframe src="http://c2.example.test/">)",
        R"("' onmouseover="document.title='owned'" style="position:fixed" x='<!--]]>-->)",
        "invoice\u202excod.exe \u2066\u2067\u2068\u200f\u061c\u2028\u2029\ufeff",
        control_characters(),
        R"(javascript:document.title="owned"//http://c2.example.test/&lt;&#x3c;{{7*7}}${7*7})",
    };
}

/// Each record is one that a rule of ours fires on, or that tells of a movement.
void add_host(Log& log, WindowsHost& host, const std::string& text, std::uint64_t& id) {
    const auto next = [&] {
        Occasion at;
        at.record_id = ++id;
        at.time += id * 600'000'000;
        return at;
    };
    ProcessCreate process;
    process.image = R"(C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe)";
    process.original_file_name = "PowerShell.EXE";
    process.parent_image = R"(C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE)";
    process.command_line = "powershell.exe -NoP -W Hidden -c \"whoami /priv\" " + text;
    process.user = "EXAMPLE\\" + text;
    process.current_directory = "C:\\" + text;
    process.parent_command_line = text;
    process.hashes = text;
    log.add(host.sysmon_process_create(next(), process));
    log.add(host.security_4624(
        next(), {.user = text, .domain = text, .address = "203.0.113.9", .workstation = text}));
    log.add(host.security_4624(next(), {.user = text,
                                        .domain = "EXAMPLE",
                                        .address = text,
                                        .workstation = "PC-SATO",
                                        .type = 10}));
    Service service;
    service.name = text;
    service.image_path = R"(%COMSPEC% /c echo x > \\127.0.0.1\pipe\)" + text;
    service.account = text;
    log.add(host.service_installed_7045(next(), service));
    log.add(host.powershell_4104(next(), text, text));
    log.add(host.log_cleared_1102(next(), text));
    // Nobody has rules for a channel of this name.
    const Kind kind{.provider = text, .channel = text, .event_id = 1};
    log.add(host.event(kind, next(), {{text, value::string(text)}}));
}
}  // namespace

Image hostile_log() {
    std::vector<WindowsHost> hosts;
    std::vector<std::string> texts;
    for (const std::string& text : hostile_texts()) {
        hosts.emplace_back(text);
        texts.push_back(text);
    }
    hosts.emplace_back(std::string(long_name, 'A'));
    texts.emplace_back(long_value, 'A');
    std::string wide;
    while (wide.size() < long_name * 3) wide += "\u75d5";
    hosts.emplace_back(wide);
    texts.push_back(wide.substr(0, long_value * 3));
    Log log;
    std::uint64_t id = 0;
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        add_host(log, hosts[i], texts[i], id);
        log.end_chunk();
    }
    return log.finish();
}

void add_crowd(Log& log, std::vector<WindowsHost>& hosts, std::uint64_t count) {
    const auto name_of = [](std::uint64_t n) { return "PC-" + std::to_string(10'000 + n); };
    hosts.reserve(hosts.size() + count);
    for (std::uint64_t n = 0; n < count; ++n) {
        WindowsHost& host = hosts.emplace_back(name_of(n) + ".example.jp");
        log.add(firing_record(host, n * 2));
        Occasion at;
        at.record_id = n * 2 + 2;
        at.time += n * 10'000'000;
        const std::string address =
            "10.1." + std::to_string(n / 250 % 250) + '.' + std::to_string(n % 250 + 1);
        log.add(host.security_4624(at, {.address = address, .workstation = name_of(n + 1)}));
    }
}

}  // namespace konseki::scenario::evtx
