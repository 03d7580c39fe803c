#include "konseki/story/label.h"

#include <doctest/doctest.h>

#include <string>

#include "command_text.h"

using namespace konseki;
using namespace konseki::story;
using findings::CollectionCommand;
using findings::Label;

namespace {

Time at(const char* text) { return *parse_time(text, Zone{}); }

findings::RuleInfo own_rule(const char* id, bool own_collection) {
    findings::RuleInfo rule;
    rule.id = std::string("uuid-") + id;
    rule.title = std::string("Title of ") + id;
    rule.origin = "konseki";
    rule.own.emplace();
    rule.own->id = id;
    rule.own->own_collection = own_collection;
    return rule;
}

findings::Examination examined() {
    findings::Examination out;
    for (const char* name : {"PC01.example.jp", "PC02.example.jp"}) {
        findings::HostInfo& host = out.hosts.emplace_back();
        host.name = host.folded = name;
    }
    out.rules = {own_rule("E068", true), own_rule("E070", true), own_rule("E007", false)};
    return out;
}

CollectionCommand reg_save() {
    CollectionCommand command;
    command.host = "PC01";
    command.user = R"(EXAMPLE\adm01)";
    command.sid = "S-1-5-21-1-2-3-1001";
    command.command = R"(reg save HKLM\SAM "F:\konseki\PC01\SAM" /y)";
    command.start = at("2026-03-02T01:00:10Z");
    command.end = at("2026-03-02T01:00:12Z");
    return command;
}

struct Made {
    std::uint32_t rule = 0, host = 0;
    std::string time = "2026-03-02T01:00:11Z";
    std::string account;
    std::string fields;
    std::string matched = "[]";
};

struct Labelled {
    Label label = Label::none;
    std::string reason;
};

Labelled label_of(const Made& made, std::vector<CollectionCommand> commands,
                  std::vector<findings::Sanction> sanctioned = {},
                  std::vector<findings::ProfileHost> hosts = {}) {
    const findings::Examination examination = examined();
    const Labeller labeller(examination, std::move(commands), std::move(hosts),
                            std::move(sanctioned));
    findings::Finding finding;
    finding.rule = made.rule;
    finding.host = made.host;
    finding.time = at(made.time.c_str());
    finding.record.account = made.account;
    finding.record.fields = made.fields;
    finding.match.matched = made.matched;
    finding.label = Label::sanctioned;  // of the finding before
    labeller.label(finding);
    return {finding.label, finding.label_reason};
}

Label own(const Made& made) { return label_of(made, {reg_save()}).label; }

/// Security 4688 with a command line.
Made process(const std::string& line) {
    Made made;
    made.fields =
        R"({"SubjectUserSid":"S-1-5-21-1-2-3-1001","SubjectUserName":"adm01","SubjectDomainName":"EXAMPLE","NewProcessName":"C:\\Windows\\System32\\reg.exe","CommandLine":")" +
        line + R"("})";
    return made;
}

/// System 16.
Made hive(const std::string& name) {
    Made made;
    made.account = "S-1-5-21-1-2-3-1001";
    made.fields = R"({"HiveNameLength":30,"HiveName":")" + name + R"(","KeysUpdated":61})";
    return made;
}

const std::string good_line = R"(reg  save HKLM\\SAM F:\\konseki\\PC01\\SAM /y)";

}  // namespace

TEST_CASE(
    "own collection: a command line that the record holds is covered, and the command shown") {
    const Labelled labelled = label_of(process(good_line), {reg_save()});
    CHECK(labelled.label == Label::own_collection);
    CHECK(labelled.reason == R"(reg save HKLM\SAM "F:\konseki\PC01\SAM" /y)");
}

TEST_CASE("own collection: the same program on another path is not covered") {
    CHECK(own(process(R"(reg save HKLM\\SAM C:\\Windows\\Temp\\SAM /y)")) == Label::none);
    CHECK(own(process(R"(reg save HKLM\\SECURITY F:\\konseki\\PC01\\SAM /y)")) == Label::none);
    CHECK(own(process(good_line + " x")) == Label::none);
}

TEST_CASE("own collection: a file that the command writes is covered, another is not") {
    CHECK(own(hive(R"(\\??\\F:\\konseki\\PC01\\SAM)")) == Label::own_collection);
    CHECK(own(hive(R"(\\??\\F:\\KONSEKI\\PC01\\sam)")) == Label::own_collection);
    CHECK(own(hive(R"(\\??\\C:\\Windows\\Temp\\SAM)")) == Label::none);
    CHECK(own(hive(R"(\\??\\F:\\konseki\\PC01\\SAM2)")) == Label::none);
    CHECK(own(hive("")) == Label::none);
}

TEST_CASE("own collection: only from 5 s before the start to 60 s after the end") {
    const auto at_time = [](const char* time) {
        Made made = process(good_line);
        made.time = time;
        return own(made);
    };
    CHECK(at_time("2026-03-02T01:00:05Z") == Label::own_collection);
    CHECK(at_time("2026-03-02T01:00:04.9999999Z") == Label::none);
    CHECK(at_time("2026-03-02T01:01:12Z") == Label::own_collection);
    CHECK(at_time("2026-03-02T01:01:12.0000001Z") == Label::none);
    CHECK(at_time("2026-02-28T01:00:11Z") == Label::none);
}

TEST_CASE("own collection: only on the host of the record, by short or by full name") {
    Made made = process(good_line);
    made.host = 1;
    CHECK(own(made) == Label::none);

    CollectionCommand full = reg_save();
    full.host = "pc01.EXAMPLE.jp";
    CHECK(label_of(process(good_line), {full}).label == Label::own_collection);
    full.host = "PC01.other.test";
    CHECK(label_of(process(good_line), {full}).label == Label::none);
}

TEST_CASE("own collection: only by the account of the record; its SID decides over its name") {
    Made other = process(good_line);
    other.fields.replace(other.fields.find("1001"), 4, "1002");
    CHECK(own(other) == Label::none);

    CollectionCommand by_name = reg_save();
    by_name.sid.clear();
    CHECK(label_of(process(good_line), {by_name}).label == Label::own_collection);
    by_name.user = "adm01";
    CHECK(label_of(process(good_line), {by_name}).label == Label::own_collection);
    by_name.user = R"(OTHER\adm01)";
    CHECK(label_of(process(good_line), {by_name}).label == Label::none);
    by_name.user = "adm02";
    CHECK(label_of(process(good_line), {by_name}).label == Label::none);

    Made nobody = process(good_line);
    nobody.fields = R"({"CommandLine":"reg save HKLM\\SAM F:\\konseki\\PC01\\SAM /y"})";
    CHECK(own(nobody) == Label::none);
}

TEST_CASE("own collection: who was acted on is not who acted") {
    Made made = process(good_line);
    made.account = R"(EXAMPLE\adm01)";
    made.fields.replace(made.fields.find("S-1-5-21-1-2-3-1001"), 19, "S-1-5-21-1-2-3-9999");
    CHECK(own(made) == Label::none);
}

TEST_CASE("own collection: only rules that say that collecting makes them fire") {
    Made made = process(good_line);
    made.rule = 2;
    CHECK(own(made) == Label::none);
}

TEST_CASE(
    "own collection: an event that names only a program is covered by that program of Windows") {
    CollectionCommand shadow = reg_save();
    shadow.command = "vssadmin create shadow /for=C:";
    Made made;
    made.rule = 1;
    made.fields =
        R"({"Data":["S-1-5-21-1-2-3-1001","EXAMPLE\\adm01","0xa10","C:\\Windows\\System32\\vssadmin.exe"]})";
    made.matched =
        R"([{"field":"EventID","value":"8222","pattern":"8222"},{"field":"ProcessName","value":"C:\\Windows\\System32\\vssadmin.exe","pattern":"\\vssadmin.exe"}])";
    CHECK(label_of(made, {shadow}).label == Label::own_collection);

    made.matched = R"([{"field":"ProcessName","value":"C:\\Temp\\vssadmin.exe","pattern":"x"}])";
    CHECK(label_of(made, {shadow}).label == Label::none);
    made.matched =
        R"([{"field":"ProcessName","value":"C:\\Windows\\System32\\wbem\\wmic.exe","pattern":"x"}])";
    CHECK(label_of(made, {shadow}).label == Label::none);
    made.matched = "[]";
    CHECK(label_of(made, {shadow}).label == Label::none);
}

TEST_CASE("a command line is the same with quotes, blanks, case and the folder of Windows") {
    const CommandText plain("wevtutil epl Security F:\\konseki\\a.evtx");
    CHECK(plain ==
          CommandText(R"("C:\Windows\System32\WEVTUTIL.exe"  epl Security "F:\konseki\a.evtx")"));
    CHECK(plain ==
          CommandText(R"(C:\WINDOWS\system32\cmd.exe /c wevtutil epl Security F:\konseki\a.evtx)"));
    CHECK(plain != CommandText(R"(C:\Temp\wevtutil.exe epl Security F:\konseki\a.evtx)"));
    CHECK(plain != CommandText("wevtutil epl Security F:\\konseki\\b.evtx"));
    CHECK(CommandText("\"a b\" c").arguments == std::vector<std::string>{"c"});
    CHECK(CommandText("").program.empty());
}

TEST_CASE("own collection: a command line is the caller's text, so the image must be its program") {
    const auto with_image = [](const std::string& image, const std::string& line) {
        Made made = process(line);
        const std::string known = R"(C:\\Windows\\System32\\reg.exe)";
        made.fields.replace(made.fields.find(known), known.size(), image);
        return own(made);
    };
    CHECK(with_image(R"(C:\\Windows\\SysWOW64\\reg.exe)", good_line) == Label::own_collection);
    CHECK(with_image(R"(C:\\ProgramData\\reg.exe)", good_line) == Label::none);
    CHECK(with_image(R"(C:\\Windows\\System32\\cmd.exe)", good_line) == Label::none);
    // Through another shell it is that shell that runs.
    CHECK(with_image(R"(C:\\Windows\\System32\\cmd.exe)", "cmd.exe /c " + good_line) ==
          Label::own_collection);
    CHECK(with_image(R"(C:\\Windows\\System32\\reg.exe)", "cmd.exe /c " + good_line) ==
          Label::none);

    Made sysmon = process(good_line);
    sysmon.fields = R"({"User":"EXAMPLE\\adm01","Image":"C:\\Temp\\reg.exe","CommandLine":")" +
                    good_line + R"("})";
    CHECK(own(sysmon) == Label::none);
}

TEST_CASE("own collection: a folder below System32 is not System32") {
    const CommandText plain("wevtutil el");
    for (const char* folder :
         {R"(C:\Windows\System32\)", R"(c:\windows\SysWOW64\)", R"(C:\Windows\System32\wbem\)",
          R"(C:\Windows\System32\WindowsPowerShell\v1.0\)",
          R"(C:\Windows\SysWOW64\WindowsPowerShell\v1.0\)"}) {
        CAPTURE(folder);
        CHECK(plain == CommandText(std::string(folder) + "wevtutil.exe el"));
    }
    for (const char* folder :
         {R"(C:\Windows\System32\spool\drivers\color\)", R"(C:\Windows\System32\Tasks\)",
          R"(C:\Windows\System32\..\Temp\)", R"(C:\Windows\System32\wbem\x\)",
          R"(C:\Windows\SysWOW64\Tasks\)", R"(C:\x\Windows\System32\)"}) {
        CAPTURE(folder);
        CHECK(plain != CommandText(std::string(folder) + "wevtutil.exe el"));
        CHECK_FALSE(plain.is_program(std::string(folder) + "wevtutil.exe"));
    }
}

namespace {

findings::Sanction allowed(const char* rule) {
    findings::Sanction sanction;
    sanction.rule = rule;
    sanction.reason = "remote support";
    return sanction;
}

/// A rule that is not of collecting: E007.
Made service() {
    Made made;
    made.rule = 2;
    made.account = R"(EXAMPLE\adm01)";
    made.fields =
        R"({"ServiceName":"AnyDesk Service","ImagePath":"C:\\Program Files\\AnyDesk.exe"})";
    return made;
}

Label with(const findings::Sanction& sanction) { return label_of(service(), {}, {sanction}).label; }

}  // namespace

TEST_CASE("sanctioned: a rule is named by its short id, its id or its title, in any case") {
    for (const char* name : {"E007", "e007", "uuid-E007", "title of e007"}) {
        CAPTURE(name);
        const Labelled labelled = label_of(service(), {}, {allowed(name)});
        CHECK(labelled.label == Label::sanctioned);
        CHECK(labelled.reason == "remote support");
    }
    CHECK(with(allowed("E00")) == Label::none);
    CHECK(with(allowed("E068")) == Label::none);
}

TEST_CASE("sanctioned: host, account, field and date narrow it") {
    findings::Sanction sanction = allowed("E007");
    sanction.host = "PC01";
    CHECK(with(sanction) == Label::sanctioned);
    sanction.host = "PC02";
    CHECK(with(sanction) == Label::none);

    sanction = allowed("E007");
    sanction.account = "adm01";
    CHECK(with(sanction) == Label::sanctioned);
    sanction.account = "adm02";
    CHECK(with(sanction) == Label::none);

    sanction = allowed("E007");
    sanction.field = {"ServiceName", false, "anydesk service"};
    CHECK(with(sanction) == Label::sanctioned);
    sanction.field = {"ServiceName", false, "anydesk"};
    CHECK(with(sanction) == Label::none);
    sanction.field = {"ServiceName", true, "ANYDESK"};
    CHECK(with(sanction) == Label::sanctioned);
    sanction.field = {"ImagePath", true, "TeamViewer"};
    CHECK(with(sanction) == Label::none);

    sanction = allowed("E007");
    sanction.until = at("2026-03-02T01:00:12Z");
    CHECK(with(sanction) == Label::sanctioned);
    sanction.until = at("2026-03-02T01:00:11Z");
    CHECK(with(sanction) == Label::none);
}

TEST_CASE("sanctioned: another name of the host in the profile is the host") {
    findings::ProfileHost host;
    host.name = "PC01.example.jp";
    host.aliases = {"RECEPTION"};
    findings::Sanction sanction = allowed("E007");
    sanction.host = "reception";
    CHECK(label_of(service(), {}, {sanction}, {host}).label == Label::sanctioned);
}

TEST_CASE("sanctioned: a short name of two hosts of different domains means neither") {
    findings::Examination examination = examined();
    examination.hosts[1].name = "PC01.other.example.jp";
    findings::Sanction sanction = allowed("E007");
    const auto label_on = [&](std::uint32_t host, const char* wanted) {
        sanction.host = wanted;
        const Labeller labeller(examination, {}, {}, {sanction});
        findings::Finding finding;
        finding.rule = 2;
        finding.host = host;
        finding.time = at("2026-03-02T01:00:11Z");
        labeller.label(finding);
        return finding.label;
    };
    CHECK(label_on(0, "PC01") == Label::none);
    CHECK(label_on(1, "PC01") == Label::none);
    CHECK(label_on(0, "PC01.example.jp") == Label::sanctioned);
    CHECK(label_on(1, "PC01.example.jp") == Label::none);
}

TEST_CASE("sanctioned: of several that allow a finding the first gives the reason") {
    std::vector<findings::Sanction> all(4, allowed("E007"));
    all[0].field = {"ServiceName", false, "other"};
    all[1].field = {"ImagePath", true, "anydesk"};
    all[2].field = {"ServiceName", false, "ANYDESK service"};
    all[3].host = "PC01";
    for (std::size_t i = 0; i < all.size(); ++i) all[i].reason = std::to_string(i);
    CHECK(label_of(service(), {}, all).reason == "1");
    std::swap(all[1], all[2]);
    CHECK(label_of(service(), {}, all).reason == "2");
    std::swap(all[1], all[3]);
    CHECK(label_of(service(), {}, all).reason == "3");
}
