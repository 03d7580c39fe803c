#include "commands.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <memory>
#include <mutex>
#include <string>

#include "konseki/desk/demo.h"
#include "konseki/desk/desk.h"
#include "konseki/server/api.h"
#include "konseki/server/listen.h"
#include "konseki/store/store.h"
#include "surroundings.h"

namespace konseki::desk_program {
namespace {

constexpr const char* key_name = "desk.key";
constexpr const char* demo_folder = "konseki-desk-demo";

/// A desk with its data, opened.
struct Opened {
    std::filesystem::path folder;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<desk::Desk> desk;
};

/// Somebody has a second factor, sealed with the key that the desk had when it was set up.
Result<bool> needs_its_key(store::Store& store) {
    const std::unique_ptr<store::Reader> reader = TRY(store.read());
    const std::vector<store::User> users = TRY(reader->users());
    return std::ranges::any_of(users,
                               [](const store::User& user) { return !user.totp_secret.empty(); });
}

Result<Opened> open(const Options& options) {
    Opened opened;
    opened.folder = options.data.empty() ? usual_data_folder() : options.data;
    const bool makes_it = options.command == Command::serve || options.command == Command::init ||
                          options.command == Command::demo;
    std::error_code ignored;
    const bool has_key = std::filesystem::exists(opened.folder / key_name, ignored);
    const bool has_data = std::filesystem::exists(opened.folder / "desk.sqlite", ignored);
    if (!has_key && !makes_it)
        return fail(Error::usage(opened.folder.string() + " is no data folder of a desk"));
    // A new key in its place would shut out everybody with a second factor.
    if (!has_key && has_data)
        return fail(Error::usage((opened.folder / key_name).string() + " is missing"));
    TRY_VOID(make_private_folder(opened.folder));
    const desk::Surroundings around = surroundings();
    const store::Location location = {opened.folder, options.postgresql};
    if (!has_key && !options.postgresql.empty()) {
        opened.store = TRY(store::Store::open(location, around.now()));
        const bool is_missing = TRY(needs_its_key(*opened.store));
        if (is_missing)
            return fail(Error::usage((opened.folder / key_name).string() + " is missing"));
    }
    const desk::SealKey key = TRY(seal_key(opened.folder / key_name));
    if (!opened.store) opened.store = TRY(store::Store::open(location, around.now()));
    opened.desk = std::make_unique<desk::Desk>(*opened.store, around, key);
    return opened;
}

/// By what others reach the desk: an address that stands for all of them has no use there.
std::string name_of(const Options& options) {
    const bool is_any = options.address == "0.0.0.0" || options.address == "::";
    if (options.origin.empty()) return is_any ? host_name() : options.address;
    const std::string rest = options.origin.substr(options.origin.find("://") + 3);
    if (rest.starts_with('[')) return rest.substr(1, rest.find(']') - 1);
    return rest.substr(0, rest.find_first_of(":/"));
}

std::string url_of(const Options& options, std::uint16_t port, bool is_tls) {
    if (!options.origin.empty()) return options.origin;
    const std::string name = name_of(options);
    const std::string host = name.contains(':') ? '[' + name + ']' : name;
    return (is_tls ? "https://" : "http://") + host + ':' + std::to_string(port);
}

/// The fragment is not sent: it stands in no log.
std::string link_of(const std::string& url, const std::string& token) {
    return url + "/first-login#" + token;
}

/// The given certificate, or an own one where others can reach the desk.
Result<std::optional<server::TlsFiles>> tls_of(const Options& options, const Opened& opened,
                                               const Say& say) {
    if (!options.certificate.empty())
        return std::optional(server::TlsFiles{options.certificate, options.key});
    const bool is_loopback = TRY(server::is_loopback(options.address));
    if (is_loopback) return std::optional<server::TlsFiles>();
    TRY_VOID(make_private_folder(opened.folder / "tls"));
    const server::TlsFiles files = {opened.folder / "tls/certificate.pem",
                                    opened.folder / "tls/key.pem"};
    const std::string hash =
        TRY(server::own_certificate(files, name_of(options), surroundings().now()));
    say("desk.own_certificate", {{"hash", hash}});
    return std::optional(files);
}

/// Origins of the desk's own pages; a loopback address has names besides its number.
std::vector<std::string> origins_of(const Options& options, std::uint16_t port, bool is_tls) {
    std::vector<std::string> origins = {url_of(options, port, is_tls)};
    if (!is_tls) origins.push_back("http://localhost:" + std::to_string(port));
    return origins;
}

/// Waits for Ctrl-C or the system's request to end.
void wait_for_end() {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    int signal = 0;
    sigwait(&ends, &signal);
}

/// Before any thread starts, so that all of them leave these signals to wait_for_end().
void hold_back_ends() {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

server::Settings settings_of(const Options& options, bool is_secure) {
    static std::mutex one_line_at_a_time;
    server::Settings settings;
    settings.is_secure = is_secure;
    settings.desk_name = options.name;
    settings.zone = Zone{"Asia/Tokyo", 9 * 3'600};
    settings.version = KONSEKI_VERSION;
    settings.around = surroundings();
    // A person who looks on is told what failed only.
    const bool tells_all = isatty(STDOUT_FILENO) == 0;
    settings.log = [tells_all](std::string_view line) {
        if (!tells_all && !line.contains("\"detail\"")) return;
        const std::scoped_lock lock(one_line_at_a_time);
        write_all(STDOUT_FILENO, std::string(line) + '\n');
    };
    return settings;
}

Result<int> serve(const Options& options, const Say& say) {
    hold_back_ends();
    const Opened opened = TRY(open(options));
    server::Listening listening;
    listening.address = options.address;
    listening.port = options.port;
    listening.tls = TRY(tls_of(options, opened, say));
    const bool is_secure = listening.tls.has_value();
    server::Settings settings = settings_of(options, is_secure);
    // The port is known once it is open; requests wait until then.
    std::unique_ptr<server::Api> api;
    std::mutex not_yet;
    std::unique_lock<std::mutex> wait(not_yet);
    const std::unique_ptr<server::Listener> listener =
        TRY(server::Listener::open(listening, [&](const server::Request& request) {
            std::unique_lock<std::mutex> gate(not_yet);
            gate.unlock();
            return api->handle(request);
        }));
    settings.origins = origins_of(options, listener->port(), is_secure);
    const std::string url = settings.origins.front();
    api = std::make_unique<server::Api>(*opened.desk, std::move(settings));
    wait.unlock();
    say("desk.listening", {{"url", url + '/'}});
    const bool has_nobody = TRY(opened.desk->has_nobody());
    if (has_nobody) {
        const std::string token = TRY(opened.desk->invite_first());
        say("desk.first_link", {{"url", link_of(url, token)}});
    }
    wait_for_end();
    listener->stop();
    return 0;
}

Result<int> init(const Options& options, const Say& say) {
    const Opened opened = TRY(open(options));
    const bool has_nobody = TRY(opened.desk->has_nobody());
    if (!has_nobody) return say("desk.set_up_before", {{"folder", opened.folder.string()}}), 1;
    const std::string token = TRY(opened.desk->invite_first());
    say("desk.first_link", {{"url", link_of(url_of(options, options.port, false), token)}});
    return 0;
}

/// A made-up desk in a folder of its own, and served.
Result<int> demo(Options options, const Say& say) {
    if (options.data.empty()) options.data = demo_folder;
    std::error_code ignored;
    if (std::filesystem::exists(options.data, ignored))
        return say("desk.demo_exists", {{"folder", options.data.string()}}), 1;
    {
        const Opened opened = TRY(open(options));
        TRY(opened.desk->invite_first());
        desk::DemoChoice choice;
        choice.now = surroundings().now();
        choice.language = options.language;
        TRY_VOID(desk::make_demo(*opened.store, choice));
    }
    say("desk.demo_made", {{"folder", options.data.string()}});
    return serve(options, say);
}

Result<int> user_link(const Options& options, const Say& say) {
    const Opened opened = TRY(open(options));
    const desk::Outcome<std::string> token = opened.desk->invite_named(options.argument);
    if (!token && token.error().kind == desk::Refusal::hidden)
        return say("desk.no_such_user", {{"login", options.argument}}), 1;
    if (!token) return fail(Error::bad_value(token.error().detail));
    say("desk.user_link", {{"url", link_of(url_of(options, options.port, false), *token)}});
    return 0;
}

Result<int> check(const Options& options, const Say& say) {
    const Opened opened = TRY(open(options));
    const std::vector<std::string> problems = TRY(opened.store->check());
    for (const std::string& problem : problems) write_all(STDERR_FILENO, problem + '\n');
    if (!problems.empty()) return 1;
    say("desk.check_good", {});
    return 0;
}

Result<int> backup(const Options& options, const Say& say) {
    const Opened opened = TRY(open(options));
    const std::filesystem::path folder = options.argument;
    TRY_VOID(opened.store->back_up(folder));
    std::error_code error;
    std::filesystem::copy_file(opened.folder / key_name, folder / key_name, error);
    if (error) return fail(Error::io("copy " + std::string(key_name), error.value()));
    say("desk.backed_up", {{"folder", folder.string()}});
    return 0;
}

Result<int> run_command(const Options& options, const Say& say) {
    switch (options.command) {
        case Command::help: return say("desk.usage", {}), 0;
        case Command::version: return write_all(STDOUT_FILENO, "konsekid " KONSEKI_VERSION "\n"), 0;
        case Command::describe: return write_all(STDOUT_FILENO, server::describe() + '\n'), 0;
        case Command::serve: return serve(options, say);
        case Command::init: return init(options, say);
        case Command::demo: return demo(options, say);
        case Command::check: return check(options, say);
        case Command::backup: return backup(options, say);
        case Command::user_link: return user_link(options, say);
    }
    return 1;
}

}  // namespace

int run(const Options& options, const Say& say) {
    const Result<int> status = run_command(options, say);
    if (status) return *status;
    say("desk.cannot", {{"reason", status.error().message}});
    return 1;
}

}  // namespace konseki::desk_program
