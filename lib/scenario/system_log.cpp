#include "system_log.h"

#include <string_view>

#include "kinds.h"
#include "konseki/base/bytes.h"

namespace konseki::scenario {

namespace v = evtx::value;

namespace {
evtx::Kind service_manager(std::uint16_t id) {
    evtx::Kind kind = evtx::service_manager(id);
    kind.source_name = kind.provider;
    return kind;
}
const Sender& services() {
    static const Sender sender{684, 5120, ""};
    return sender;
}
evtx::Kind kernel_general(std::uint16_t id) {
    return {.provider = "Microsoft-Windows-Kernel-General",
            .provider_guid = "{a68ca8b7-004f-d7b6-a698-07e2de0f1f5d}",
            .channel = "System",
            .event_id = id};
}
evtx::Kind event_log(std::uint16_t id) {
    return {.provider = "EventLog",
            .channel = "System",
            .event_id = id,
            .qualifiers = 32'768,
            .keywords = 0x80000000000000,
            .has_qualifiers = true,
            .classic = true};
}
const Sender& kernel() {
    static const Sender sender{4, 8, "S-1-5-18"};
    return sender;
}
const Sender& nobody() {
    static const Sender sender{0, 0, ""};
    return sender;
}
evtx::Kind update_client(std::uint16_t id, std::uint8_t opcode, std::uint64_t keywords) {
    return {.provider = "Microsoft-Windows-WindowsUpdateClient",
            .provider_guid = "{945a8954-c147-4acd-923f-40c45405a658}",
            .channel = "System",
            .event_id = id,
            .task = 1,
            .version = 1,
            .opcode = opcode,
            .keywords = keywords};
}
}  // namespace

void service_installed(Host& host, const ServiceFacts& service, const std::string& sid) {
    const std::string type = service.kernel
                                 ? host.word("kernel mode driver", "カーネル モード ドライバー")
                                 : host.word("user mode service", "ユーザー モード サービス");
    const std::string start = service.automatic ? host.word("auto start", "自動的な開始")
                                                : host.word("demand start", "要求による開始");
    host.write(service_manager(7045), {684, 5120, sid},
               {{"ServiceName", v::string(service.name)},
                {"ImagePath", v::string(service.image_path)},
                {"ServiceType", v::string(type)},
                {"StartType", v::string(start)},
                {"AccountName", v::string(service.kernel ? "" : service.account)}});
}

void service_state(Host& host, const std::string& name, const std::string& key, bool running) {
    // The binary part has no language: the key, a slash, the state (4 runs, 1 is stopped), as UTF-16.
    const std::string binary = evtx::utf16(key + (running ? "/4" : "/1")) + std::string(2, '\0');
    host.write(service_manager(7036), services(),
               {{"param1", v::string(name)},
                {"param2", v::string(running ? host.word("running", "実行中")
                                             : host.word("stopped", "停止"))},
                {"Binary", v::binary(binary)}});
}

void service_start_changed(Host& host, const std::string& name, const std::string& key,
                           bool to_automatic) {
    const std::string automatic = host.word("auto start", "自動的な開始");
    const std::string demand = host.word("demand start", "要求による開始");
    host.write(service_manager(7040), {684, 5120, "S-1-5-18"},
               {{"param1", v::string(name)},
                {"param2", v::string(to_automatic ? demand : automatic)},
                {"param3", v::string(to_automatic ? automatic : demand)},
                {"param4", v::string(key)}});
}

void service_disabled(Host& host, const Account& by, const std::string& name,
                      const std::string& key) {
    host.write(service_manager(7040), {684, 5120, by.sid},
               {{"param1", v::string(name)},
                {"param2", v::string(host.word("auto start", "自動的な開始"))},
                {"param3", v::string(host.word("disabled", "無効"))},
                {"param4", v::string(key)}});
}

void computer_refused(Host& controller, const std::string& computer) {
    const evtx::Kind kind{.provider = "NETLOGON",
                          .channel = "System",
                          .event_id = 5805,
                          .level = 2,
                          .keywords = 0x80000000000000,
                          .has_qualifiers = true,
                          .classic = true};
    // Access is denied (0xc0000022).
    controller.write(kind, nobody(),
                     {{"", v::strings({computer, "%%5"})},
                      {"Binary", v::binary(std::string("\x22\0\0\xc0", 4))}});
}

void clear_log(Host& host, const Account& subject, const std::string& channel) {
    host.clear(channel);
    host.write_user_data(evtx::log_cleared(104), {1044, 2984, subject.sid}, "LogFileCleared",
                         evtx::event_log_space,
                         {{"SubjectUserName", v::string(subject.name)},
                          {"SubjectDomainName", v::string(subject.domain)},
                          {"Channel", v::string(channel)},
                          {"BackupPath", v::string("")}});
}

void windows_starts(Host& host) {
    evtx::Kind start = kernel_general(12);
    start.version = 1;
    host.write(start, kernel(),
               {{"MajorVersion", v::uint32(10)},
                {"MinorVersion", v::uint32(0)},
                {"BuildVersion", v::uint32(host.machine().role == Role::client ? 18'362 : 14'393)},
                {"QfeVersion", v::uint32(356)},
                {"ServiceVersion", v::uint32(0)},
                {"BootMode", v::uint32(0)},
                {"StartTime", v::filetime(host.agenda().now())}});
    host.write(event_log(6009), nobody(),
               {{"", v::strings({"10.00.", "18362", "", "Multiprocessor Free", "0"})}});
    host.write(event_log(6005), nobody(), {{"Binary", v::binary(std::string(24, '\x01'))}});
    uptime(host, 18);
}

void power_lost(Host& host) {
    windows_starts(host);
    const evtx::Kind kind{.provider = "Microsoft-Windows-Kernel-Power",
                          .provider_guid = "{331c3b3a-2005-44c2-ac5e-77220c37d6b4}",
                          .channel = "System",
                          .event_id = 41,
                          .task = 63,
                          .version = 6,
                          .level = 1,
                          .keywords = 0x8000400000000002};
    host.write(kind, kernel(),
               {{"BugcheckCode", v::uint32(0)},
                {"BugcheckParameter1", v::hex64(0)},
                {"BugcheckParameter2", v::hex64(0)},
                {"BugcheckParameter3", v::hex64(0)},
                {"BugcheckParameter4", v::hex64(0)},
                {"SleepInProgress", v::uint32(0)},
                {"PowerButtonTimestamp", v::uint64(0)}});
    host.write(event_log(6008), nobody(),
               {{"", v::strings({"10:02:11", "2019/09/09", "", "", "6120", "", ""})}});
}

void uptime(Host& host, std::uint64_t seconds) {
    host.write(event_log(6013), nobody(),
               {{"", v::strings({"", "", "", "", std::to_string(seconds), "60",
                                 "-540 Tokyo Standard Time"})}});
}

void windows_stops(Host& host, const Account& who) {
    const evtx::Kind kind{.provider = "User32",
                          .provider_guid = "{b0aa8734-56f7-41cc-b2f4-de228e98b946}",
                          .channel = "System",
                          .event_id = 1074,
                          .qualifiers = 32'768,
                          .keywords = 0x8080000000000000,
                          .has_qualifiers = true,
                          .source_name = "User32"};
    host.write(
        kind, {604, 912, who.sid},
        {{"param1", v::string(R"(C:\Windows\system32\shutdown.exe ()" + host.machine().name + ")")},
         {"param2", v::string(host.machine().name)},
         {"param3", v::string(host.word("Other (Unplanned)", "その他 (計画外)"))},
         {"param4", v::string("0x0")},
         {"param5", v::string(host.word("power off", "電源を切る"))},
         {"param6", v::string("")},
         {"param7", v::string(who.full_name())}});
    host.write(event_log(6006), nobody(), {{"Binary", v::binary(std::string("\x01\0\0\0", 4))}});
    host.write(kernel_general(13), {4, 40, ""}, {{"StopTime", v::filetime(host.agenda().now())}});
}

void hive_saved(Host& host, const std::string& hive, std::uint32_t keys, const std::string& sid) {
    const auto length = static_cast<std::uint16_t>(evtx::utf16(hive).size() / 2);
    host.write(kernel_general(16), {4, 332, sid},
               {{"HiveNameLength", v::uint16(length)},
                {"HiveName", v::string(hive)},
                {"KeysUpdated", v::uint32(keys)},
                {"DirtyPages", v::uint32(keys / 12 + 3)}});
}

void clock_trimmed(Host& host) {
    evtx::Kind kind = kernel_general(1);
    kind.version = 2;
    const Ticks now = host.agenda().now();
    host.write(
        kind, {1188, 1804, "S-1-5-19"},
        {{"NewTime", v::filetime(now)},
         {"OldTime", v::filetime(now - 31'000)},
         {"Reason", v::uint32(2)},
         {"ProcessName", v::string(R"(\Device\HarddiskVolume2\Windows\System32\svchost.exe)")},
         {"ProcessID", v::uint32(1188)}});
}

void time_source(Host& host, const std::string& source) {
    const evtx::Kind kind{.provider = "Microsoft-Windows-Time-Service",
                          .provider_guid = "{06edcfeb-0fd0-4e53-acca-a6f8bbf81bcb}",
                          .channel = "System",
                          .event_id = 37,
                          .data_name = "TMP_EVENT_TIME_SOURCE_REACHABLE"};
    host.write(kind, {1188, 1804, "S-1-5-19"}, {{"TimeSource", v::string(source)}});
}

void update_installed(Host& host, const std::string& title) {
    const evtx::Value guid = v::guid(host.new_guid());
    const evtx::NamedValues what{{"updateTitle", v::string(title)},
                                 {"updateGuid", guid},
                                 {"updateRevisionNumber", v::uint32(200)}};
    const Sender sender{1312, 4480, "S-1-5-18"};
    host.write(update_client(44, 12, 0x8000000000002004), sender, what);
    host.write(update_client(43, 13, 0x8000000000002008), sender, what);
    evtx::NamedValues done = what;
    done.emplace_back("serviceGuid", v::guid("{9482f4b4-e343-43b6-b170-9a65bc822c77}"));
    host.agenda().after(4 * one_minute, [&host, done, sender] {
        host.write(update_client(19, 13, 0x8000000000000018), sender, done);
    });
}

void usb_storage(Host& host, const std::string& device) {
    const evtx::Kind kind{.provider = "Microsoft-Windows-UserPnp",
                          .provider_guid = "{96f4a050-7e31-453c-88be-9634f4e02139}",
                          .channel = "System",
                          .event_id = 20001,
                          .task = 7005};
    host.write_user_data(
        kind, {4912, 4916, "S-1-5-18"}, "InstallDeviceID",
        "http://manifests.microsoft.com/win/2004/08/windows/userpnp",
        {{"DriverName", v::string("disk.inf")},
         {"DriverVersion", v::string("10.0.18362.1")},
         {"DriverProvider", v::string("Microsoft")},
         {"DeviceInstanceID", v::string(device)},
         {"SetupClass", v::string("{4D36E967-E325-11CE-BFC1-08002BE10318}")},
         {"RebootOption", v::string("false")},
         {"UpgradeDevice", v::string("false")},
         {"IsDriverOEM", v::string("false")},
         {"InstallStatus", v::string("0x0")},
         {"DriverDescription", v::string(host.word("Disk drive", "ディスク ドライブ"))}});
}

}  // namespace konseki::scenario
