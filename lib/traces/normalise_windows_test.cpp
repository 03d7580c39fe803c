#include <doctest/doctest.h>

#include "konseki/traces/trace.h"

using namespace konseki;
using namespace konseki::traces;

namespace {

struct Line {
    const char* written;
    const char* value;  // null: no trace
};

void check(TraceType type, const Line& line) {
    CAPTURE(line.written);
    const std::optional<Trace> trace = normalise(type, line.written);
    CHECK((trace ? trace->value : "(none)") == (line.value ? line.value : "(none)"));
}

}  // namespace

TEST_CASE("traces: a hash is its digits in lower case, and the hashes of empty data are none") {
    check(TraceType::md5, {"900150983CD24FB0D6963F7D28E17F72", "900150983cd24fb0d6963f7d28e17f72"});
    check(TraceType::sha1,
          {"A9993E364706816ABA3E25717850C26C9CD0D89D", "a9993e364706816aba3e25717850c26c9cd0d89d"});
    check(TraceType::sha256, {"0xBA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
                              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"});
    check(TraceType::md5, {"d41d8cd98f00b204e9800998ecf8427e", nullptr});
    check(TraceType::sha1, {"DA39A3EE5E6B4B0D3255BFEF95601890AFD80709", nullptr});
    check(TraceType::sha256,
          {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", nullptr});
    check(TraceType::imphash, {"00000000000000000000000000000000", nullptr});
    check(TraceType::md5, {"900150983cd24fb0d6963f7d28e17f7", nullptr});
    check(TraceType::md5, {"900150983cd24fb0d6963f7d28e17f7g", nullptr});
    check(TraceType::certificate, {"a9 99 3e 36 47 06 81 6a ba 3e 25 71 78 50 c2 6c 9c d0 d8 9d",
                                   "a9993e364706816aba3e25717850c26c9cd0d89d"});
    check(TraceType::certificate, {"A9:99", nullptr});
}

TEST_CASE("traces: a file path is folded, without the user's name and NT prefixes") {
    const Line lines[] = {
        {"C:\\Windows\\System32\\CMD.exe", "c:\\windows\\system32\\cmd.exe"},
        {"C:\\Users\\Taro Yamada\\AppData\\Local\\x.exe", "%userprofile%\\appdata\\local\\x.exe"},
        {"C:\\Users\\\u5c71\u7530\\Desktop\\a.lnk", "%userprofile%\\desktop\\a.lnk"},
        {"C:\\Users\\bob", "%userprofile%"},
        {"C:\\Users\\Public\\x.exe", "c:\\users\\public\\x.exe"},
        {"C:\\Documents and Settings\\bob\\x.exe", "%userprofile%\\x.exe"},
        {"\\??\\C:\\Windows\\x.sys", "c:\\windows\\x.sys"},
        {"\\\\?\\C:\\Windows\\x.sys", "c:\\windows\\x.sys"},
        {"\\??\\UNC\\server\\share\\x", "\\\\server\\share\\x"},
        {"\\\\SERVER\\C$\\x.exe", "\\\\server\\c$\\x.exe"},
        {"\\Device\\HarddiskVolume2\\Windows\\x.exe", "\\device\\harddiskvolume2\\windows\\x.exe"},
        {"\\Device\\HarddiskVolume2\\Users\\bob\\x.exe", "%userprofile%\\x.exe"},
        {"c:/windows//temp/x.exe", "c:\\windows\\temp\\x.exe"},
        {"\"C:\\Program Files\\x.exe\"", "c:\\program files\\x.exe"},
        {"C:\\\uff21\\\u3042.exe", "c:\\\uff41\\\u3042.exe"},
        {"cmd.exe", nullptr},
        {"<unknown process>", nullptr},
        {"-", nullptr},
        {"", nullptr},
    };
    for (const Line& line : lines) check(TraceType::file_path, line);
}

TEST_CASE("traces: a file name is the last part of a path, folded") {
    check(TraceType::file_name, {"C:\\Windows\\CMD.exe", "cmd.exe"});
    check(TraceType::file_name, {"/tmp/Run.SH", "run.sh"});
    check(TraceType::file_name,
          {"\u8acb\u6c42\u66f8\u202excod.exe", "\u8acb\u6c42\u66f8\u202excod.exe"});
    check(TraceType::file_name, {"C:\\Windows\\", nullptr});
    check(TraceType::file_name, {"-", nullptr});
}

TEST_CASE(
    "traces: a registry key has the long name of its hive and no user or control set of the "
    "machine") {
    const Line lines[] = {
        {"HKLM\\Software\\Microsoft\\Run", "hkey_local_machine\\software\\microsoft\\run"},
        {"HKEY_LOCAL_MACHINE\\SOFTWARE\\x\\", "hkey_local_machine\\software\\x"},
        {"\\REGISTRY\\MACHINE\\SYSTEM\\ControlSet001\\Services\\x",
         "hkey_local_machine\\system\\currentcontrolset\\services\\x"},
        {"HKLM\\System\\ControlSet002", "hkey_local_machine\\system\\currentcontrolset"},
        {"HKLM\\System\\ControlSet0012\\x", "hkey_local_machine\\system\\controlset0012\\x"},
        {"HKU\\S-1-5-21-1-2-3-1001\\Software\\x", "hkey_current_user\\software\\x"},
        {"HKU\\S-1-5-21-1-2-3-1001_Classes\\CLSID", "hkey_current_user\\software\\classes\\clsid"},
        {"\\REGISTRY\\USER\\S-1-5-21-1-2-3-500\\Run", "hkey_current_user\\run"},
        {"HKU\\S-1-5-18\\Software", "hkey_users\\s-1-5-18\\software"},
        {"HKCU:\\Software\\x", "hkey_current_user\\software\\x"},
        {"HKLM\\SOFTWARE\\Wow6432Node\\x", "hkey_local_machine\\software\\wow6432node\\x"},
        {"HKLMX\\Software", nullptr},
        {"C:\\Windows", nullptr},
        {"", nullptr},
    };
    for (const Line& line : lines) check(TraceType::registry_key, line);
}

TEST_CASE("traces: names of pipes, services, tasks and mutexes lose what a single run puts in") {
    check(TraceType::pipe, {"\\\\.\\pipe\\MSSE-4321-server", "MSSE-{n}-server"});
    check(TraceType::pipe, {"\\PSEXESVC", "PSEXESVC"});
    check(TraceType::pipe, {"\\Device\\NamedPipe\\svcctl", "svcctl"});
    check(TraceType::pipe, {"\\mojo.5688.8052.183894939787088877", "mojo.{n}.{n}.{n}"});
    check(TraceType::pipe, {"<Anonymous Pipe>", nullptr});
    check(TraceType::mutex,
          {"Global\\MsWinZonesCacheCounterMutexA", "MsWinZonesCacheCounterMutexA"});
    check(TraceType::mutex, {"\\Sessions\\1\\BaseNamedObjects\\Local\\x1", "x1"});
    check(TraceType::mutex, {"{5CF8F5C1-51B8-4AF9-9E80-000000000001}", "{guid}"});
    check(TraceType::service, {"PSEXESVC", "psexesvc"});
    check(TraceType::service, {"CDPUserSvc_3f4a2", "cdpusersvc_3f4a2"});
    check(TraceType::service, {"GoogleUpdate", "googleupdate"});
    check(TraceType::task, {"\\Microsoft\\Windows\\X", "\\microsoft\\windows\\x"});
    check(TraceType::task, {"Updater-5CF8F5C1-51B8-4AF9-9E80-000000000001", "\\updater-{guid}"});
    check(TraceType::task, {"\\", nullptr});
}

TEST_CASE(
    "traces: a command line keeps its case, loses the user's folder and is cut with its SHA-256") {
    check(TraceType::command_line, {"  \"C:\\Users\\Bob\\a.exe\" -x C:\\USERS\\bob\\B.txt ",
                                    "\"%USERPROFILE%\\a.exe\" -x %USERPROFILE%\\B.txt"});
    check(TraceType::command_line, {"powershell -enc SQBFAFgA", "powershell -enc SQBFAFgA"});
    check(TraceType::command_line, {"cmd /c dir C:\\Users\\", "cmd /c dir C:\\Users\\"});
    check(TraceType::command_line, {" ", nullptr});

    const std::optional<Trace> one =
        normalise(TraceType::command_line, std::string(50'000, 'a') + "1");
    const std::optional<Trace> two =
        normalise(TraceType::command_line, std::string(50'000, 'a') + "2");

    REQUIRE(one);
    REQUIRE(two);
    CHECK(one->value != two->value);
    CHECK(one->value.size() == max_shown_bytes + 72);
    CHECK(one->value.contains("\u2026 sha256:"));
    CHECK(one->written.size() == max_shown_bytes);
}

TEST_CASE(
    "traces: an account is domain and name, folded, and never a machine or a part of Windows") {
    const Line lines[] = {
        {"CORP\\Alice", "corp\\alice"},
        {"alice@CORP.LOCAL", "corp.local\\alice"},
        {".\\bob", "bob"},
        {"bob", "bob"},
        {"CORP\\\u5c71\u7530", "corp\\\u5c71\u7530"},
        {"CORP\\DC01$", nullptr},
        {"NT AUTHORITY\\SYSTEM", nullptr},
        {"SYSTEM", nullptr},
        {"Window Manager\\DWM-1", nullptr},
        {"UMFD-0", nullptr},
        {"ANONYMOUS LOGON", nullptr},
        {"-", nullptr},
        {"-\\-", nullptr},
        {"", nullptr},
    };
    for (const Line& line : lines) check(TraceType::account, line);
}

TEST_CASE("traces: only SIDs of a domain, a machine or Entra ID are traces") {
    check(TraceType::sid, {"S-1-5-21-1-2-3-500", "S-1-5-21-1-2-3-500"});
    check(TraceType::sid, {"s-1-5-21-1-2-3-1104", "S-1-5-21-1-2-3-1104"});
    check(TraceType::sid, {"S-1-12-1-1-2-3-4", "S-1-12-1-1-2-3-4"});
    for (const char* text :
         {"S-1-5-18", "S-1-5-19", "S-1-0-0", "S-1-5-32-544", "S-1-5-80-1-2-3-4-5", "S-1-5-90-0-1",
          "%{S-1-5-21-1-2-3-4}", "S-1-5-21-", "S-1-5-21-1-2-x-4", ""})
        check(TraceType::sid, {text, nullptr});
}

TEST_CASE("traces: a host is its name, folded; addresses and `-` are none") {
    check(TraceType::host, {"DC01.Corp.Local", "dc01.corp.local"});
    check(TraceType::host, {"\\\\WS-07", "ws-07"});
    check(TraceType::host, {"-", nullptr});
    check(TraceType::host, {"LOCAL", nullptr});
    check(TraceType::host, {"192.0.2.1", nullptr});
    CHECK(normalise(TraceType::host, "WS-07")->victim);
}

TEST_CASE("traces: every type has a name that leads back to it") {
    for (std::size_t i = 0; i < trace_type_count; ++i) {
        const auto type = static_cast<TraceType>(i);
        CHECK(parse_trace_type(name_of(type)) == type);
    }
    CHECK(!parse_trace_type("Domain"));
    CHECK(!names_victim(TraceType::command_line));
    CHECK(names_victim(TraceType::sid));
}
