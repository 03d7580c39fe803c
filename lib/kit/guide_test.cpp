#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

#include "collect_script.h"
#include "konseki/base/codepage.h"
#include "konseki/base/text.h"
#include "konseki/detect/organisation.h"
#include "test_bench.h"

namespace konseki::kit {
namespace {

std::vector<std::string> lines_of(const std::string& text, std::string_view end) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t next = std::min(text.find(end, at), text.size());
        lines.push_back(text.substr(at, next - at));
        at = next + end.size();
    }
    return lines;
}

std::vector<std::string> script() { return lines_of(collect_script(render::Language::en), "\r\n"); }

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string page(GuideSize size, Language language) {
    TestBench bench;
    bench.environment.language = language;
    CHECK(guide({.size = size, .script = false}, bench.environment).status == ExitStatus::done);
    return bench.out;
}

constexpr std::array all_sizes = {GuideSize::none, GuideSize::one, GuideSize::sme,
                                  GuideSize::csirt};

TEST_CASE("guide: every page is there in both languages and fits the terminal") {
    std::set<std::string> pages;
    for (const GuideSize size : all_sizes)
        for (const Language language : {Language::ja, Language::en}) {
            const std::string text = page(size, language);
            CHECK(text.size() > 1'000);
            CHECK(is_ascii(text) == (language == Language::en));
            pages.insert(text);
            for (const std::string& line : lines_of(text, "\n"))
                if (!line.starts_with("    ")) CHECK_MESSAGE(display_width(line) <= 80, line);
        }
    CHECK(pages.size() == 8);
}

TEST_CASE("guide: whoever is no administrator is asked to type nothing") {
    for (const Language language : {Language::ja, Language::en})
        for (const std::string& line : lines_of(page(GuideSize::none, language), "\n"))
            CHECK_FALSE(line.contains(" > "));
}

TEST_CASE("guide: no page says that all is well") {
    for (const GuideSize size : all_sizes) {
        const std::string text = page(size, Language::en);
        for (const char* word : {" safe", "no infection", " clean."}) CHECK(!text.contains(word));
        CHECK(!page(size, Language::ja).contains("安全"));
    }
}

TEST_CASE("script: the English one is ASCII, the Japanese one is CP932 of the same lines") {
    const std::string en = collect_script(render::Language::en);
    const std::string ja = collect_script(render::Language::ja);

    CHECK(is_ascii(en));
    CHECK(looks_like_cp932(as_bytes(ja)));
    CHECK(decode(932, as_bytes(ja)).contains("同意を得ている場合は yes と入力:"));
    CHECK(!ja.contains('?'));
    CHECK(std::ranges::count(en, '\n') - std::ranges::count(ja, '\n') == 0);
    CHECK(std::ranges::count(en, '\r') == std::ranges::count(en, '\n'));
}

TEST_CASE("script: every sentence is put in, and none holds what the shell would act on") {
    for (const render::Language language : {render::Language::ja, render::Language::en}) {
        const std::string text = decode(932, as_bytes(collect_script(language)));
        CHECK(std::ranges::count(text, '@') == 1);  // @echo off
        for (const std::string& line : lines_of(text, "\r\n")) {
            if (!line.starts_with("echo ")) continue;
            std::string said = line;
            if (const std::size_t name = said.find("%OUT%"); name != said.npos) said.erase(name, 5);
            CHECK_MESSAGE(said.find_first_of("&|<>^%!\"") == said.npos, line);
        }
    }
}

TEST_CASE("script: every label that is gone to is there, and every call ends in exit") {
    std::set<std::string> labels, wanted;
    for (const std::string& line : script()) {
        if (line.starts_with(":")) labels.insert(line);
        for (const char* word : {"goto ", "call "})
            if (const std::size_t at = line.find(word); at != line.npos && line.find("rem ") != 0) {
                const std::string target = line.substr(at + 5, line.find(' ', at + 5) - at - 5);
                if (target.starts_with(":")) wanted.insert(target);
            }
    }
    CHECK(wanted.size() > 10);
    for (const std::string& label : wanted) CHECK_MESSAGE(labels.contains(label), label);
}

TEST_CASE("script: writes only below its own folder") {
    for (const std::string& line : script()) {
        if (line.starts_with("rem ")) continue;
        for (std::size_t at = line.find('>'); at != line.npos; at = line.find('>', at + 1)) {
            const std::string target = line.substr(line.find_first_not_of('>', at));
            const bool is_own =
                target.starts_with("nul") || target.starts_with("&1") ||
                target.starts_with("\"%OUT%\\") || target.starts_with("\"!OUT!\\") ||
                target.starts_with("\"%MANIFEST%\"") || target.starts_with("\"!MANIFEST!\"") ||
                target.starts_with("\"!RECORD!\"") || target.starts_with("\"%~1\"");
            CHECK_MESSAGE(is_own, line);
            at = line.find_first_not_of('>', at) - 1;
        }
    }
}

TEST_CASE(
    "script: asks for consent before the first command, and runs no tool that is not of Windows") {
    const std::vector<std::string> lines = script();
    const auto at = [&](std::string_view start) {
        return std::ranges::find_if(
                   lines, [&](const std::string& line) { return line.starts_with(start); }) -
               lines.begin();
    };
    CHECK(at("set /p \"ANSWER=") < at("set CMDLINE="));
    CHECK(at("fltmc") < at("set /p \"ANSWER="));
    const std::set<std::string> known = {
        "robocopy", "whoami",      "w32tm",    "netstat",  "ipconfig", "netsh",   "tasklist",
        "sc",       "driverquery", "auditpol", "wevtutil", "reg",      "schtasks"};
    std::size_t commands = 0;
    for (const std::string& line : lines) {
        const std::size_t set = line.find("set CMDLINE=");
        if (set == line.npos) continue;
        ++commands;
        const std::string command = line.substr(set + 12);
        CHECK_MESSAGE(known.contains(command.substr(0, command.find(' '))), line);
        CHECK(line.back() != ' ');
        CHECK(std::ranges::count(command, '"') % 2 == 0);
    }
    CHECK(commands > 20);
}

TEST_CASE("script: the line that it writes is a line that we read") {
    std::string line;
    for (const std::string& one : script())
        if (const std::size_t at = one.find("echo {"); at != one.npos) line = one.substr(at + 5);
    // What the shell puts in for a command with quotation marks and backslashes.
    for (const auto& [name, value] :
         {std::pair{"!COMPUTERNAME!", "PC01"}, std::pair{"!USERDOMAIN!", "EXAMPLE"},
          std::pair{"!USERNAME!", "adm01"}, std::pair{"!SID!", "S-1-5-21-1-2-3-1001"},
          std::pair{"!JSON!", R"(reg save HKLM\\SAM \"F:\\konseki\\PC01\\hives\\SAM\" /y)"},
          std::pair{"!START!", "2026-03-02T10:02:03"}, std::pair{"!NOW!", "2026-03-02T10:02:04"},
          std::pair{"!OFFSET!", "+09:00"}, std::pair{"!OFFSET!", "+09:00"},
          std::pair{"!CODE!", "0"}, std::pair{"!ZONE!", "Tokyo Standard Time"}}) {
        const std::size_t at = line.find(name);
        REQUIRE_MESSAGE(at != line.npos, name);
        line.replace(at, std::string_view(name).size(), value);
    }

    const detect::CollectionRecord record = detect::read_collection(line);
    REQUIRE(record.commands.size() == 1);
    CHECK(record.commands[0].command == R"(reg save HKLM\SAM "F:\konseki\PC01\hives\SAM" /y)");
    CHECK(record.commands[0].user == R"(EXAMPLE\adm01)");
    CHECK(record.commands[0].start == *parse_time("2026-03-02T01:02:03Z", Zone{}));
}

TEST_CASE("CP932: what Windows writes for Japanese, and a question mark for the rest") {
    // 表 and ソ end in the byte of a backslash; ～ and － are the full-width ones of Microsoft's table.
    CHECK(to_cp932("A表ソ\n") == "A\x95\x5c\x83\x5c\n");
    CHECK(to_cp932("～－") == "\x81\x60\x81\x7c");
    CHECK(to_cp932("日本語、。") == "\x93\xfa\x96\x7b\x8c\xea\x81\x41\x81\x42");
    CHECK(to_cp932("😀") == "?");
}

TEST_CASE("profile init: the profile is one that is read, as it stands and with everything in it") {
    for (const Language language : {Language::ja, Language::en}) {
        TestBench bench;
        bench.environment.language = language;
        CHECK(profile_init({}, bench.environment).status == ExitStatus::done);
        CHECK(detect::read_profile(bench.out, Zone{}).has_value());

        std::string whole;
        for (const std::string& line : lines_of(bench.out, "\n"))
            if (!line.starts_with("# ") || line.starts_with("#  "))
                whole += (line.starts_with("#") ? line.substr(1) : line) + '\n';
        const auto profile = detect::read_profile(whole, Zone{});
        REQUIRE_MESSAGE(profile.has_value(), profile.error().reason);
        CHECK(profile->hosts.size() == 2);
        CHECK(profile->sanctioned.size() == 1);
        CHECK(profile->calendar.closed.size() == 1);
    }
}

TEST_CASE("profile init: a file that is there stays as it is") {
    TestBench bench;
    const ProfileInitOptions options{bench.folder() / "profile.yml"};
    CHECK(profile_init(options, bench.environment).status == ExitStatus::done);
    CHECK(bench.read("profile.yml").contains("version: 1"));
    CHECK(bench.out.empty());

    bench.write("profile.yml", "mine");
    CHECK(profile_init(options, bench.environment).status == ExitStatus::failed);
    CHECK(bench.read("profile.yml") == "mine");
}

}  // namespace
}  // namespace konseki::kit
