#include "konseki/render/windows_words.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

namespace konseki::render {
namespace {

std::string in_english(std::string_view text) {
    std::string out;
    append_with_windows_words(out, text, Language::en, 1'000);
    return out;
}

TEST_CASE("windows words: the numbers rise, and each has a word in English") {
    const std::span<const WindowsWord> words = all_windows_words();

    CHECK(words.size() > 300);
    CHECK(std::ranges::adjacent_find(words, std::ranges::greater_equal{}, &WindowsWord::number) ==
          words.end());
    CHECK(std::ranges::none_of(words, &std::string_view::empty, &WindowsWord::en));
}

TEST_CASE(
    "windows words: Microsoft's examples of its events have the words that it shows for them") {
    CHECK(windows_word(1833, Language::en) == "Impersonation");        // 4624
    CHECK(windows_word(2307, Language::en) == "Account locked out.");  // 4625
    CHECK(windows_word(2080, Language::en) == "Account Disabled");     // 4720
    CHECK(windows_word(2082, Language::en) == "'Password Not Required' - Enabled");
    CHECK(windows_word(4417, Language::en) == "WriteData (or AddFile)");  // 5145
    CHECK(windows_word(8448, Language::en) == "Success removed");         // 4719
    CHECK(windows_word(12807, Language::en) == "Handle Manipulation");    // 4719
    CHECK(windows_word(14592, Language::en) == "Inbound");                // 5156
    CHECK(windows_word(14610, Language::en) == "Receive/Accept");         // 5156
    CHECK(windows_word(1, Language::en).empty());
}

TEST_CASE("windows words: Japanese where it is known, else the English word") {
    CHECK(windows_word(2313, Language::ja) ==
          "ユーザー名を認識できないか、またはパスワードが間違っています。");
    CHECK(windows_word(4416, Language::ja) == "ReadData (または ListDirectory)");
    CHECK(windows_word(12544, Language::ja) == "ログオン");
    CHECK(windows_word(1537, Language::ja) == "DELETE");
}

TEST_CASE("windows words: a token alone, at the ends of a text and in the lists of Windows") {
    CHECK(in_english("%%1833") == "Impersonation (%%1833)");
    CHECK(in_english("was %%1842") == "was Yes (%%1842)");
    CHECK(in_english("%%8448, %%8450") == "Success removed (%%8448), Failure removed (%%8450)");
    CHECK(in_english("%%1538\r\n\t\t\t\t%%4417\r\n\t\t\t\t") ==
          "READ_CONTROL (%%1538)\r\n\t\t\t\tWriteData (or AddFile) (%%4417)\r\n\t\t\t\t");
    CHECK(in_english("%%2080%%2084") ==
          "Account Disabled (%%2080)'Normal Account' - Enabled (%%2084)");
}

TEST_CASE("windows words: what is no token, or of an unknown number, stays as it is") {
    for (const std::string_view text :
         {"", "%", "%%", "100%%", "%%abc", "%1833", "%%1", "%%99999", "%%183", "%%18333",
          "%%018330", "%%1833000000000000000000", "%% 1833", "for %%i in (1833)"})
        CHECK(in_english(text) == text);
    CHECK(in_english("%%%1833") == "%Impersonation (%%1833)");
}

TEST_CASE("windows words: a number that a cut goes through is no number") {
    CHECK(in_english("%%1537 %%1459…") == "DELETE (%%1537) %%1459…");
    CHECK(in_english("%%1833…") == "%%1833…");
}

TEST_CASE("windows words: a value of a megabyte costs no more than what is shown of it") {
    std::string unknown, known;
    while (unknown.size() < 1'000'000) unknown += "%%1";
    while (known.size() < 1'000'000) known += "%%1879";

    for (const std::string& text : {unknown, known}) {
        std::string out;
        append_with_windows_words(out, text, Language::en, 300);

        CHECK(out.size() > 300);
        CHECK(out.size() < 500);
    }
    CHECK(next_windows_token(unknown, 0).text.empty());
}

}  // namespace
}  // namespace konseki::render
