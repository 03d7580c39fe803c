#include "konseki/scenario/evidence_folder.h"

#include <cstdio>
#include <system_error>

#include "konseki/base/bytes.h"

namespace konseki::scenario {

void EvidenceFolder::put(const std::string& name, const char* mode,
                         std::span<const std::byte> bytes) {
    if (!failed_.empty()) return;
    const std::string path = (root_ / std::filesystem::path(name)).string();
    std::FILE* const file = std::fopen(path.c_str(), mode);
    bool written = file != nullptr;
    if (written && !bytes.empty())
        written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
    if (file != nullptr) written = std::fclose(file) == 0 && written;
    if (!written) failed_ = path;
}

void EvidenceFolder::begin(const std::string& name) {
    const std::filesystem::path folder = (root_ / std::filesystem::path(name)).parent_path();
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem && failed_.empty()) failed_ = folder.string();
    put(name, "wb", {});
}

void EvidenceFolder::append(const std::string& name, std::span<const std::byte> bytes) {
    put(name, "ab", bytes);
}

void EvidenceFolder::write_start(const std::string& name, std::span<const std::byte> bytes) {
    put(name, "r+b", bytes);
}

void EvidenceFolder::write_text(const std::string& name, std::string_view text) {
    begin(name);
    append(name, as_bytes(text));
}

}  // namespace konseki::scenario
