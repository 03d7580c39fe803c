#include "test_cluster.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "test_store.h"

namespace konseki::store {
namespace {

/// PostgreSQL refuses to run as root.
const passwd* somebody_else() {
    if (::geteuid() != 0) return nullptr;
    return ::getpwnam("nobody");
}

/// Runs a program to its end, without a word of output; true where it went well.
bool run_program(const std::vector<std::string>& words) {
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const passwd* const user = somebody_else();
    const pid_t child = ::fork();
    if (child == 0) {
        const int nowhere = ::open("/dev/null", O_RDWR);
        for (const int file : {0, 1, 2}) ::dup2(nowhere, file);
        if (user != nullptr && (::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0))
            ::_exit(126);
        if (::chdir("/") == 0) ::execv(arguments[0], arguments.data());
        ::_exit(127);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// The newest of Debian's versions.
std::filesystem::path find_programs() {
    std::vector<std::filesystem::path> found;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", ignored))
        if (std::filesystem::exists(entry.path() / "bin" / "initdb"))
            found.push_back(entry.path() / "bin");
    return found.empty() ? std::filesystem::path() : *std::ranges::max_element(found);
}

}  // namespace

TestCluster::TestCluster(std::filesystem::path folder, std::filesystem::path programs)
    : folder_(std::move(folder)), programs_(std::move(programs)) {
    const std::string data = (folder_ / "data").string();
    if (const passwd* const user = somebody_else())
        if (::chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0) return;
    // No fsync: nothing of it is kept, and a test that kills a client does not stop the server.
    is_running_ =
        run_program({(programs_ / "initdb").string(), "-D", data, "-A", "trust", "-U", "desk", "-E",
                     "UTF8", "--no-locale", "--no-sync"}) &&
        run_program({(programs_ / "pg_ctl").string(), "-D", data, "-w", "-o",
                     fmt::format("-F -c listen_addresses='' -c unix_socket_directories='{}'",
                                 folder_.string()),
                     "-l", (folder_ / "log").string(), "start"});
}

TestCluster::~TestCluster() {
    if (is_running_)
        run_program({(programs_ / "pg_ctl").string(), "-D", (folder_ / "data").string(), "-m",
                     "immediate", "-w", "stop"});
}

std::string TestCluster::new_database() {
    const std::string name = fmt::format("desk{}", ++made_);
    require(run_program(
                {(programs_ / "createdb").string(), "-h", folder_.string(), "-U", "desk", name}),
            "a database can be made");
    return fmt::format("postgresql:///{}?host={}&user=desk", name, folder_.string());
}

TestCluster* test_cluster() {
    static const TempFolder folder;
    static const std::unique_ptr<TestCluster> cluster = [] {
        const std::filesystem::path programs = find_programs();
        std::unique_ptr<TestCluster> out;
        if (!programs.empty()) out = std::make_unique<TestCluster>(folder.path(), programs);
        if (!out || !out->is_running()) {
            std::puts("store: no PostgreSQL server here, its tests are skipped");
            out.reset();
        }
        return out;
    }();
    return cluster.get();
}

}  // namespace konseki::store
