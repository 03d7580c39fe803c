#include "konseki/desk/demo.h"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "konseki/casebook/figures.h"
#include "konseki/casebook/fiscal.h"

using namespace konseki;
using namespace konseki::casebook;

namespace {

/// An empty desk in a folder of its own, removed in the end.
class MadeStore {
  public:
    MadeStore() {
        std::string name =
            (std::filesystem::temp_directory_path() / "konseki-demo-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        folder_ = name;
        auto opened =
            store::Store::open({.folder = folder_, .postgresql = {}}, Time::from_unix_seconds(0));
        REQUIRE(opened);
        store_ = std::move(*opened);
    }
    ~MadeStore() {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    MadeStore(const MadeStore&) = delete;
    MadeStore& operator=(const MadeStore&) = delete;
    store::Store& store() { return *store_; }
    void add_user() {
        const auto writer = store_->write();
        REQUIRE(writer);
        store::User user;
        user.id.bytes[0] = 1;
        user.login = "administrator";
        REQUIRE((*writer)->put_user(user));
        REQUIRE((*writer)->commit());
    }

  private:
    std::filesystem::path folder_;
    std::unique_ptr<store::Store> store_;
};

struct Line {
    std::size_t consultations, rescues, visited;
    bool operator==(const Line&) const = default;
};

std::vector<Line> table(const Counted& counted, Basis basis) {
    std::vector<FiscalPeriod> periods;
    for (const std::string_view code : {"2016", "2017", "2018", "2019H1", "2019"})
        periods.push_back(parse_period(code).value());
    std::vector<Line> out;
    for (const PeriodFigures& line : count(counted, basis, periods).periods)
        out.push_back({line.consultations.size(), line.rescues.size(), line.visited.size()});
    return out;
}

}  // namespace

TEST_CASE("the made-up desk counts as the public table, by either basis") {
    MadeStore made;
    made.add_user();
    desk::DemoChoice choice;
    choice.now = Time::from_unix_seconds(1'795'824'000);  // 2026-11-28
    REQUIRE(desk::make_demo(made.store(), choice));
    const auto reader = made.store().read();
    REQUIRE(reader);
    const auto counted = (*reader)->counted();
    REQUIRE(counted);

    const std::vector<Line> published = {
        {519, 123, 17}, {412, 144, 27}, {413, 127, 31}, {221, 80, 18}, {392, 139, 20}};
    CHECK(table(*counted, Basis::event) == published);
    CHECK(table(*counted, Basis::cohort) == published);
    const std::array year = {FiscalPeriod{2019, Half::whole}};
    CHECK(count(*counted, Basis::event, year).breaches.empty());
}
