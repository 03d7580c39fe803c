#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/result.h"
#include "os_file.h"

namespace konseki::kit {

/// A report folder in the making: it has a temporary name beside the one it gets, so nothing that looks
/// whole is ever incomplete. Removed if it is not finished.
class ReportFolder {
  public:
    /// Fails where `out` exists, or its parent cannot be written.
    static Result<ReportFolder> create(const std::filesystem::path& out);
    ReportFolder(ReportFolder&& other) noexcept;
    ReportFolder& operator=(ReportFolder&& other) = delete;
    ~ReportFolder();

    /// The folder as it is called for the moment; also where the spill goes.
    const std::filesystem::path& folder() const { return folder_; }
    /// Creates a file in it.
    Result<OutFile> create_file(std::string_view name) const;
    Result<void> write_file(std::string_view name, std::string_view text) const;
    /// Gives the folder its name.
    Result<void> finish();

  private:
    ReportFolder(std::filesystem::path folder, std::filesystem::path out)
        : folder_(std::move(folder)), out_(std::move(out)) {}

    std::filesystem::path folder_;
    std::filesystem::path out_;
};

/// True where `path` (which need not exist) is `folder` or lies in it; links are resolved.
bool lies_inside(const std::filesystem::path& path, const std::filesystem::path& folder);

}  // namespace konseki::kit
