#include "konseki/evidence/walk.h"

#include "made_folder.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include <sys/stat.h>
#include <unistd.h>

using namespace konseki;
using namespace konseki::evidence;
using konseki::evidence::made::Folder;
namespace fs = std::filesystem;

namespace {

using Inputs = std::vector<fs::path>;

/// Shown paths; a problem's message follows after "!".
std::vector<std::string> paths(const Inputs& inputs) {
    const Result<std::vector<Item>> items = walk(inputs);
    if (!items) return {"error: " + items.error().message};
    std::vector<std::string> out;
    for (const Item& item : *items)
        out.push_back(item.path + (item.problem ? "!" + item.problem->message : ""));
    return out;
}
using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("files come in the byte order of their relative paths") {
    const Folder made;
    for (const char* const name :
         {"b.evtx", "a/z.evtx", "a.evtx", "a/b/c.evtx", "B.evtx", "日本/ログ.evtx"})
        made.file(name, "12345");
    CHECK(paths({made.path()}) ==
          Paths{"B.evtx", "a.evtx", "a/b/c.evtx", "a/z.evtx", "b.evtx", "日本/ログ.evtx"});
    const Result<std::vector<Item>> items = walk(Inputs{made.path() / "a" / ".." / "a" / ""});
    REQUIRE(items);
    REQUIRE(items->size() == 2);
    CHECK((*items)[0].path == "b/c.evtx");
    CHECK((*items)[0].bytes == 5);
    CHECK(fs::exists((*items)[0].absolute));
}

TEST_CASE("one file is shown by its name, several inputs by what tells them apart") {
    const Folder made;
    const fs::path one = made.file("h1/logs/Security.evtx", "1");
    const fs::path two = made.file("h2/logs/Security.evtx", "2");
    const fs::path other = made.file("h2/other.evtx", "3");
    CHECK(paths({one}) == Paths{"Security.evtx"});
    CHECK(paths({one, other}) == Paths{"Security.evtx", "other.evtx"});
    CHECK(paths({one, two}) == Paths{"h1/logs/Security.evtx", "h2/logs/Security.evtx"});
    CHECK(paths({made.path() / "h1", made.path() / "h2"}) ==
          Paths{"h1/logs/Security.evtx", "h2/logs/Security.evtx", "h2/other.evtx"});
    CHECK(paths({made.path() / "h1/logs", made.path() / "h2/logs"}) ==
          Paths{"h1/logs/Security.evtx", "h2/logs/Security.evtx"});
}

TEST_CASE("an input in another one, or given twice, is read once") {
    const Folder made;
    const fs::path one = made.file("h1/Security.evtx", "1");
    CHECK(paths({one, made.path() / "h1", made.path() / "h1" / "."}) == Paths{"Security.evtx"});
    CHECK(paths({one, one}) == Paths{"Security.evtx"});
}

TEST_CASE("links are not followed, loops do no harm and a link that leaves is listed") {
    const Folder made;
    const Folder elsewhere;
    made.file("a/real.evtx", "1");
    elsewhere.file("secret.txt", "2");
    fs::create_directory_symlink(made.path(), made.path() / "a" / "loop");
    fs::create_symlink(made.path() / "a/real.evtx", made.path() / "same.evtx");
    fs::create_directory_symlink(elsewhere.path(), made.path() / "out");
    fs::create_symlink("nowhere", made.path() / "broken");
    fs::create_symlink("self", made.path() / "self");
    CHECK(paths({made.path()}) == Paths{"a/real.evtx",
                                        "broken!symbolic link whose target cannot be reached",
                                        "out!symbolic link that leaves the input: not followed",
                                        "self!symbolic link whose target cannot be reached"});
    CHECK(paths({made.path() / "out"}) == Paths{"secret.txt"});
    CHECK(paths({made.path() / "same.evtx"}) == Paths{"same.evtx"});
}

TEST_CASE("what is no file is passed over, and a name that is no UTF-8 is escaped") {
    const Folder made;
    REQUIRE(::mkfifo((made.path() / "pipe").c_str(), 0600) == 0);
    made.file("\x93\xfa.evtx", "1");
    CHECK(paths({made.path()}) == Paths{"\\x93\\xfa.evtx"});
    CHECK(paths({made.path() / "pipe"}) == Paths{"pipe!neither a file nor a folder"});
}

TEST_CASE("a folder that may not be read is listed with the reason") {
    if (::geteuid() == 0) return;  // root may read everything
    const Folder made;
    made.file("a/x.evtx", "1");
    made.file("b.evtx", "1");
    fs::permissions(made.path() / "a", fs::perms::none);
    const Result<std::vector<Item>> items = walk(Inputs{made.path()});
    fs::permissions(made.path() / "a", fs::perms::owner_all);
    REQUIRE(items);
    REQUIRE(items->size() == 2);
    CHECK((*items)[0].path == "a/");
    CHECK((*items)[0].problem->message.ends_with("Permission denied"));
}

TEST_CASE("folders are looked into down to the cap") {
    const Folder made;
    fs::path deep;
    for (std::size_t i = 0; i < deepest_folder; ++i) deep /= "d";
    made.file((deep / "in.evtx").string(), "1");
    made.file((deep / "d" / "out.evtx").string(), "1");
    const Result<std::vector<Item>> items = walk(Inputs{made.path()});
    REQUIRE(items);
    REQUIRE(items->size() == 2);
    const auto has_problem = [](const Item& item) { return item.problem.has_value(); };
    const auto at = std::ranges::find_if(*items, has_problem);
    REQUIRE(at != items->end());
    CHECK(at->problem->kind == ErrorKind::limit);
    CHECK(std::ranges::count_if(*items, has_problem) == 1);
}

TEST_CASE("an input that does not exist is an error, an empty folder is not") {
    const Folder made;
    const Result<std::vector<Item>> missing = walk(Inputs{made.path() / "none"});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == ErrorKind::not_found);
    CHECK(missing.error().message.contains("none"));
    CHECK(paths({made.path()}).empty());
    CHECK(paths({}).empty());
}
