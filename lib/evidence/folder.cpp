#include "folder.h"

#include <algorithm>
#include <cerrno>
#include <memory>

#include <dirent.h>
#include <sys/stat.h>

namespace konseki::evidence {
namespace {

struct Close {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

EntryKind kind_of(mode_t mode) {
    if (S_ISREG(mode)) return EntryKind::file;
    if (S_ISDIR(mode)) return EntryKind::folder;
    return S_ISLNK(mode) ? EntryKind::link : EntryKind::other;
}

}  // namespace

FolderEntry look_at(const std::string& path, std::string name) {
    struct stat status{};
    if (::lstat(path.c_str(), &status) != 0)
        return {std::move(name), EntryKind::unreadable, 0, errno};
    return {std::move(name), kind_of(status.st_mode), static_cast<std::uint64_t>(status.st_size),
            0};
}

Result<void> read_folder(const std::string& path, std::vector<FolderEntry>& out) {
    const std::unique_ptr<DIR, Close> folder(::opendir(path.c_str()));
    if (!folder) return fail(Error::io("open " + path, errno));
    Result<void> result;
    while (true) {
        errno = 0;
        // NOLINTNEXTLINE(concurrency-mt-unsafe): safe, since no other thread has this folder
        const dirent* const entry = ::readdir(folder.get());
        if (entry == nullptr) {
            if (errno != 0) result = fail(Error::io("read " + path, errno));
            break;
        }
        std::string name = entry->d_name;
        if (name == "." || name == "..") continue;
        const std::string place = path + "/" + name;
        out.push_back(look_at(place, std::move(name)));
    }
    std::ranges::sort(out, {}, &FolderEntry::name);
    return result;
}

}  // namespace konseki::evidence
