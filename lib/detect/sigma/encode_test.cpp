#include "sigma/encode.h"

#include <doctest/doctest.h>

#include "konseki/base/bytes.h"

using namespace konseki::detect::sigma;

using Three = std::array<std::string, 3>;

TEST_CASE("encode: the offsets of base64offset equal those of pySigma") {
    CHECK(to_base64_offsets("foo") == Three{"Zm9v", "Zvb", "mb2"});
    CHECK(to_base64_offsets(to_utf16le("ab")) == Three{"YQBiA", "EAYg", "hAGIA"});
}

TEST_CASE("encode: each offset text stands in the base64 of a longer text at its offset") {
    for (const std::string word : {"cmd", "Exec", "暗号化", "x"})
        for (std::size_t offset = 0; offset < 3; ++offset) {
            const std::string whole = konseki::to_base64(
                konseki::as_bytes(std::string(offset + 3, 'q') + word + "tail!"));
            CHECK(whole.find(to_base64_offsets(word)[offset]) != std::string::npos);
        }
}

TEST_CASE("encode: UTF-16 has both byte orders and surrogate pairs") {
    using namespace std::string_literals;
    CHECK(to_utf16le("cmd") == "c\0m\0d\0"s);
    CHECK(to_utf16be("cmd") == "\0c\0m\0d"s);
    CHECK(to_utf16le("\U0001F600") == "\x3D\xD8\x00\xDE"s);
}
