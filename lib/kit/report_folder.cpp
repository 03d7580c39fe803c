#include "report_folder.h"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

namespace konseki::kit {

namespace fs = std::filesystem;

Result<ReportFolder> ReportFolder::create(const fs::path& out) {
    fs::path clean = out.lexically_normal();
    if (!clean.has_filename()) clean = clean.parent_path();
    std::error_code error;
    if (fs::symlink_status(clean, error).type() != fs::file_type::not_found)
        return fail(Error{.kind = ErrorKind::io,
                          .message = "the report folder " + clean.string() +
                                     " exists already: name another with --out"});
    const fs::path parent = clean.has_parent_path() ? clean.parent_path() : fs::path(".");
    std::string name = (parent / ("." + clean.filename().string() + ".XXXXXX")).string();
    if (::mkdtemp(name.data()) == nullptr)
        return fail(Error::io("create a report folder in " + parent.string(), errno));
    ::chmod(name.c_str(), 0755);
    return ReportFolder(name, clean);
}

ReportFolder::ReportFolder(ReportFolder&& other) noexcept
    : folder_(std::exchange(other.folder_, {})), out_(std::move(other.out_)) {}

ReportFolder::~ReportFolder() {
    std::error_code error;
    if (!folder_.empty()) fs::remove_all(folder_, error);
}

Result<OutFile> ReportFolder::create_file(std::string_view name) const {
    return OutFile::create(folder_ / name);
}

Result<void> ReportFolder::write_file(std::string_view name, std::string_view text) const {
    OutFile file = TRY(create_file(name));
    TRY_VOID(file.write(text));
    return file.finish();
}

/// RENAME_NOREPLACE: somebody else may have made a folder of this name meanwhile.
Result<void> ReportFolder::finish() {
    if (::renameat2(AT_FDCWD, folder_.c_str(), AT_FDCWD, out_.c_str(), RENAME_NOREPLACE) != 0) {
        std::error_code error;
        const bool is_unsupported = errno == EINVAL || errno == ENOSYS;
        if (!is_unsupported || fs::exists(out_, error))
            return fail(Error::io("give the report its name " + out_.string(), errno));
        fs::rename(folder_, out_, error);
        if (error)
            return fail(Error::io("give the report its name " + out_.string(), error.value()));
    }
    folder_.clear();
    return {};
}

bool lies_inside(const fs::path& path, const fs::path& folder) {
    std::error_code error;
    const fs::path inner = fs::weakly_canonical(fs::absolute(path, error), error);
    const fs::path outer = fs::weakly_canonical(fs::absolute(folder, error), error);
    const auto [at_outer, at_inner] =
        std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
    return at_outer == outer.end() || (at_outer->empty() && std::next(at_outer) == outer.end());
}

}  // namespace konseki::kit
