#pragma once

#include "konseki/base/hash.h"
#include "konseki/containers/archive.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <libdeflate.h>

// Archives for tests: small ones that other programs wrote, and a writer that can lie.

namespace konseki::containers::made {

inline std::string from_hex(std::string_view hex) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::string out;
    for (std::size_t at = 0; at + 1 < hex.size(); at += 2)
        out += static_cast<char>(digit(hex[at]) << 4 | digit(hex[at + 1]));
    return out;
}

/// Python 3.11 zipfile: folder rules/, rules/a.yml (20 times "title: a\n", deflated), 日本/b.txt
/// ("本文", stored).
inline constexpr std::string_view python_zip =
    "504b0304140000000000000021500000000000000000000000000600000072756c65732f504b030414000000"
    "08000000215093e7bb330e000000b40000000b00000072756c65732f612e796d6c2bc92cc949b55248e42a19"
    "3a0c00504b0304140000080000000021509da23c9b06000000060000000c000000e697a5e69cac2f622e7478"
    "74e69cace69687504b0102140314000000000000002150000000000000000000000000060000000000000000"
    "00000080010000000072756c65732f504b010214031400000008000000215093e7bb330e000000b40000000b"
    "000000000000000000000080012400000072756c65732f612e796d6c504b0102140314000008000000002150"
    "9da23c9b06000000060000000c000000000000000000000080015b000000e697a5e69cac2f622e747874504b"
    "05060000000003000300a70000008b0000000000";
/// Python 3.11 tarfile, PAX_FORMAT: rules/a.yml, a long Japanese path, a symbolic link, a path of 175
/// characters with 600 times "c".
inline constexpr std::string_view pax_tar_gz =
    "1f8b0800000000000203edd7cf4a03311006f09c7d8a3cc12693ec9f22c87af4e82ba46dc0e22a6537c5ed51"
    "f0e2a1e0457ae9b5b7de7d2069c1b770aba0b0168a6062e97ebf4b865c7258be99d97252d84a98687a53305f"
    "64238de38fb3d13ea524faaeb7f724a5568c4b16c0a472a66c9e67dde446aeb0a7dc9c30e8a24844e2fcd2d4"
    "17d60c6de92fff3b72ff95f924cbdaf9572a65bc46febdd33dcdc7c65d9d6de6cbcd6225de9e5f5eef1fd64f"
    "b3f5e30cb5bf5af4b723f7ffbb6e9e8bdcb75fcf7fa528d198ff01e77f1ff3bf9b8ad1edb5ef37f6e6bf5d93"
    "4c33625c09eb06626caaea6e88fc1feffea7b21fff7fcd00c0fe1702f592cffdaffe6362eacd616c4ec721c4"
    "67dfd3ff8974abffeb44518cfd2f84018007e8ac000000000000000087e11de00864de00280000";
/// The same with GNU_FORMAT.
inline constexpr std::string_view gnu_tar_gz =
    "1f8b0800000000000203edd63f0ac2301805f0cc9e22276892264dc1c903f412b51611eb1f6c8b3a0a2e0e05"
    "1771717573f740a2e02d1407852aa8604ab1efb7e4236b78f9de288dc298f9d6b4171153f89556ea765ee54f"
    "ce8578ccb77bd7756d423929401a27fe88525251492789c23af56b04aac862166b78837edbebf4bb06f3ff22"
    "f7f7cc3b5a3fe55f2b423de4dfb8d37a7bdaecd879b53fcce6c765765c6498cdcdac6974d396f3fdbfdeffca"
    "55b6c4fe2f70ff37b1ffab2932b7f63feffff959702d05a1360b93800dfd381eb790ffffed7fb6e64ffdcf91"
    "e87f4598fc189b1a53b2e684f7fff4fddffcff42c85cfea5231c85fe578400c000fcac0000000000000000e5"
    "7001501a37ae00280000";
/// GNU tar 1.34 and gzip: folder d/, in it 120 times "n" and .txt ("x"), a.txt ("hello\n").
inline constexpr std::string_view gnu_own_tar_gz =
    "1f8b0800000000000203edd6410ac320108561d73d8527884aa26e7b805c2290d2960603ad851cbf925d424a"
    "56a650ff6f33ee1f6f9c5e89ec74e2ad9d67b29e1b6f676a2da4150778bf62f7945214aa52953ab763b8b6f7"
    "f0c898bf6b9aaff91bef97f99b79c896fcb3eb55f8912a4e51a080fcf7fa9f36c0b2ff756dd2772135fdcf6e"
    "a20285f7bfcbbe88f7fbef56f79f379afe1fe2761986f1440f000000000000000000807ff001cb42d25d0028"
    "0000";

/// What a container gave, as text.
class Collected final : public EntrySink {
  public:
    EntryWish wish(const Entry& entry) override {
        seen.push_back(entry);
        if (entry.path.starts_with("skip")) return EntryWish::skip;
        return entry.path.starts_with("stop") ? EntryWish::stop : EntryWish::read;
    }
    void take(const Entry& entry, Bytes contents) override {
        files.push_back({entry.path, std::string(as_text(contents))});
    }
    void note(const EntryDamage& damage) override {
        notes.push_back(damage.path + ": " + damage.reason);
    }

    struct File {
        std::string path, contents;
        bool operator==(const File&) const = default;
    };
    std::vector<Entry> seen;
    std::vector<File> files;
    std::vector<std::string> notes;
    bool failed = false;
    std::string error;
};

inline Collected collect(std::string_view archive, const Limits& limits) {
    Collected out;
    const MemorySource source(as_bytes(archive));
    const Result<void> result = for_each_entry(source, "in.gz", limits, out);
    out.failed = !result;
    if (!result) out.error = result.error().message;
    return out;
}
inline Collected collect(std::string_view archive) { return collect(archive, Limits{}); }

inline std::string little(std::uint64_t value, std::size_t bytes) {
    std::string out;
    for (std::size_t i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
    return out;
}

inline std::string deflate(std::string_view text) {
    libdeflate_compressor* const compressor = libdeflate_alloc_compressor(9);
    std::string out(libdeflate_deflate_compress_bound(compressor, text.size()), '\0');
    out.resize(
        libdeflate_deflate_compress(compressor, text.data(), text.size(), out.data(), out.size()));
    libdeflate_free_compressor(compressor);
    return out;
}

/// One entry; every member may lie.
struct ZipPart {
    std::string name;
    std::string packed = {};
    std::uint64_t size = 0;
    std::uint32_t crc = 0;
    std::uint16_t method = 0, flags = 0;
    std::string extra = {};
    std::int64_t offset = -1;  ///< where the directory says it is; -1 = where it is
    std::uint64_t packed_bytes = ~std::uint64_t{0};
};

inline ZipPart part(std::string name, std::string_view text, std::uint16_t method) {
    ZipPart out{.name = std::move(name)};
    out.packed = method == 8 ? deflate(text) : std::string(text);
    out.size = text.size();
    out.crc = libdeflate_crc32(0, text.data(), text.size());
    out.method = method;
    return out;
}

inline std::string zip_end(std::size_t count, std::size_t bytes, std::uint64_t offset,
                           const std::string& comment) {
    return std::string("PK\5\6") + little(0, 4) + little(count, 2) + little(count, 2) +
           little(bytes, 4) + little(offset, 4) + little(comment.size(), 2) + comment;
}

inline std::string zip_fields(const ZipPart& p) {
    const std::uint64_t packed =
        p.packed_bytes == ~std::uint64_t{0} ? p.packed.size() : p.packed_bytes;
    return little(p.flags, 2) + little(p.method, 2) + little(0, 4) + little(p.crc, 4) +
           little(packed, 4) + little(p.size, 4) + little(p.name.size(), 2);
}

inline std::string zip(const std::vector<ZipPart>& parts) {
    std::string body, directory;
    for (const ZipPart& p : parts) {
        const std::uint64_t offset =
            p.offset < 0 ? body.size() : static_cast<std::uint64_t>(p.offset);
        body += "PK\3\4" + little(20, 2) + zip_fields(p) + little(0, 2) + p.name + p.packed;
        directory += "PK\1\2" + little(20, 4) + zip_fields(p) + little(p.extra.size(), 2) +
                     little(0, 2) + little(0, 8) + little(offset, 4) + p.name + p.extra;
    }
    return body + directory + zip_end(parts.size(), directory.size(), body.size(), "");
}

}  // namespace konseki::containers::made
