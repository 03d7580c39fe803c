#include "konseki/evidence/walk.h"

#include "folder.h"
#include "input_names.h"

#include <algorithm>
#include <system_error>

namespace konseki::evidence {
namespace {

namespace fs = std::filesystem;

bool lies_in(const fs::path& path, const fs::path& folder) {
    const auto [in_folder, in_path] =
        std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
    return in_folder == folder.end();
}

struct Input {
    fs::path given;      ///< absolute and normal
    fs::path canonical;  ///< links resolved
};

Result<Input> resolve(const fs::path& path) {
    std::error_code error;
    fs::path given = fs::absolute(path, error).lexically_normal();
    if (error) return fail(Error::io("find " + path.string(), error.value()));
    if (!given.has_filename()) given = given.parent_path();  // "logs/"
    const fs::path canonical = fs::canonical(given, error);
    if (error) return fail(Error::io("open " + path.string(), error.value()));
    return Input{std::move(given), canonical};
}

/// Inputs that are the same as or lie in another one are left out.
Result<std::vector<Input>> resolve_all(std::span<const fs::path> paths) {
    std::vector<Input> all;
    for (const fs::path& path : paths) all.push_back(TRY(resolve(path)));
    std::vector<Input> out;
    for (std::size_t i = 0; i < all.size(); ++i) {
        bool is_covered = false;
        for (std::size_t other = 0; other < all.size(); ++other) {
            const bool is_same = all[i].canonical == all[other].canonical;
            if (other != i && lies_in(all[i].canonical, all[other].canonical) &&
                (!is_same || other < i))
                is_covered = true;
        }
        if (!is_covered) out.push_back(all[i]);
    }
    return out;
}

class Walker {
  public:
    explicit Walker(const std::vector<Input>& inputs) : inputs_(inputs) {}

    /// `prefix` is what shown paths of this input begin with: empty, or ending with `/`.
    Result<void> add_input(const Input& input, const std::string& prefix,
                           const std::string& file_name);
    std::vector<Item> take();

  private:
    Result<void> add_folder(const fs::path& folder, const std::string& shown, std::size_t depth);
    Result<void> add_entry(const fs::path& folder, const std::string& shown,
                           const FolderEntry& entry, std::size_t depth);
    Result<void> add(Item item);
    Result<void> add_problem(const fs::path& path, std::string shown, Error problem);
    Result<void> add_link(const fs::path& path, std::string shown);

    const std::vector<Input>& inputs_;
    std::vector<Item> items_;
};

Result<void> Walker::add(Item item) {
    if (items_.size() >= most_items)
        return fail(
            Error::limit("more than " + std::to_string(most_items) + " files below the inputs"));
    items_.push_back(std::move(item));
    return {};
}

Result<void> Walker::add_problem(const fs::path& path, std::string shown, Error problem) {
    return add(
        {.path = std::move(shown), .absolute = path, .bytes = 0, .problem = std::move(problem)});
}

/// What a link points to inside the input is found at its own place.
Result<void> Walker::add_link(const fs::path& path, std::string shown) {
    std::error_code error;
    const fs::path target = fs::canonical(path, error);
    const bool is_inside = !error && std::ranges::any_of(inputs_, [&](const Input& input) {
        return lies_in(target, input.canonical);
    });
    if (is_inside) return {};
    return add_problem(
        path, std::move(shown),
        Error::unsupported(error ? "symbolic link whose target cannot be reached"
                                 : "symbolic link that leaves the input: not followed"));
}

Result<void> Walker::add_entry(const fs::path& folder, const std::string& shown,
                               const FolderEntry& entry, std::size_t depth) {
    const fs::path path = folder / entry.name;
    std::string name = shown + shown_name(entry.name);
    switch (entry.kind) {
        case EntryKind::file:
            return add(
                {.path = std::move(name), .absolute = path, .bytes = entry.bytes, .problem = {}});
        case EntryKind::folder: return add_folder(path, name + "/", depth + 1);
        case EntryKind::link: return add_link(path, std::move(name));
        case EntryKind::unreadable:
            return add_problem(path, std::move(name),
                               Error::io("look at " + path.string(), entry.error_number));
        case EntryKind::other: break;
    }
    return {};
}

Result<void> Walker::add_folder(const fs::path& folder, const std::string& shown,
                                std::size_t depth) {
    if (depth > deepest_folder)
        return add_problem(folder, shown,
                           Error::limit("more than " + std::to_string(deepest_folder) +
                                        " folders deep: not looked into"));
    std::vector<FolderEntry> entries;
    if (const Result<void> read = read_folder(folder.string(), entries); !read)
        TRY_VOID(add_problem(folder, shown, read.error()));
    for (const FolderEntry& entry : entries) TRY_VOID(add_entry(folder, shown, entry, depth));
    return {};
}

Result<void> Walker::add_input(const Input& input, const std::string& prefix,
                               const std::string& file_name) {
    const FolderEntry entry = look_at(input.canonical.string(), {});
    if (entry.kind == EntryKind::folder) return add_folder(input.canonical, prefix, 0);
    if (entry.kind == EntryKind::file)
        return add(
            {.path = file_name, .absolute = input.canonical, .bytes = entry.bytes, .problem = {}});
    return add_problem(input.canonical, file_name,
                       entry.kind == EntryKind::unreadable
                           ? Error::io("look at " + input.given.string(), entry.error_number)
                           : Error::unsupported("neither a file nor a folder"));
}

std::vector<Item> Walker::take() {
    // The path to open settles what two shown names leave open.
    std::ranges::sort(items_, [](const Item& a, const Item& b) {
        return a.path != b.path ? a.path < b.path : a.absolute.native() < b.absolute.native();
    });
    return std::move(items_);
}

}  // namespace

Result<std::vector<Item>> walk(std::span<const fs::path> inputs) {
    const std::vector<Input> resolved = TRY(resolve_all(inputs));
    std::vector<fs::path> given;
    given.reserve(resolved.size());
    for (const Input& input : resolved) given.push_back(input.given);
    const std::vector<std::string> ends = unique_ends(given);
    Walker walker(resolved);
    for (std::size_t i = 0; i < resolved.size(); ++i) {
        const std::string name = shown_name(ends[i]);
        const std::string prefix = resolved.size() > 1 && !name.empty() ? name + "/" : "";
        TRY_VOID(walker.add_input(resolved[i], prefix, name));
    }
    return walker.take();
}

}  // namespace konseki::evidence
