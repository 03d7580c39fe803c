#include "host.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace konseki::scenario {

struct Host::LogFile {
    std::string name;  ///< in the evidence folder
    std::uint64_t next_id = 1;
    std::unique_ptr<evtx::Log> log;
};

namespace {
// Windows puts %4 for the slash in the file's name.
std::string file_name(const std::string& channel) {
    std::string name = channel;
    if (const std::size_t slash = name.find('/'); slash != std::string::npos)
        name.replace(slash, 1, "%4");
    return name + ".evtx";
}
}  // namespace

Account account_of(const Domain& domain, std::string name, std::uint32_t rid) {
    return {std::move(name), domain.short_name, domain.sid + '-' + std::to_string(rid)};
}

Account system_account() { return {"SYSTEM", "NT AUTHORITY", "S-1-5-18"}; }

Host::Host(Machine machine, const Domain& domain, Agenda& agenda, EvidenceFolder& folder)
    : machine_(std::move(machine)),
      domain_(domain),
      agenda_(agenda),
      folder_(folder),
      windows_(machine_.name + '.' + domain.dns_name),
      numbers_(fnv1a(machine_.name)),
      logon_id_(0x3e8 + numbers_.below(0x40000)) {}

Host::~Host() {
    for (const auto& [channel, file] : logs_)
        folder_.write_start(file->name, file->log->finish_header());
}

Account Host::own_account() const { return {machine_.name + '$', domain_.short_name, "S-1-5-18"}; }

Account Host::domain_account() const {
    return account_of(domain_, machine_.name + '$',
                      static_cast<std::uint32_t>(2000 + fnv1a(machine_.name) % 7000));
}

Account Host::local_account(std::string name, std::uint32_t rid) const {
    const std::uint64_t seed = fnv1a(machine_.name);
    const std::string sid = "S-1-5-21-" + std::to_string(1'000'000'000 + seed % 2'000'000'000) +
                            '-' + std::to_string(1'000'000'000 + seed / 7 % 2'000'000'000) + '-' +
                            std::to_string(1'000'000'000 + seed / 13 % 2'000'000'000);
    return {std::move(name), machine_.name, sid + '-' + std::to_string(rid)};
}

std::uint32_t Host::new_process_id() {
    process_id_ = process_id_ >= 15'000 ? 3200 : process_id_ + 4 * (1 + process_id_ % 17);
    return process_id_ = process_id_ / 4 * 4;
}

std::string Host::new_guid() {
    std::string guid = "{00000000-0000-4000-0000-000000000000}";
    for (std::size_t at = 1; at + 1 < guid.size(); ++at)
        if (guid[at] == '0') guid[at] = "0123456789abcdef"[numbers_.below(16)];
    return guid;
}

void Host::begin(LogFile& log) {
    folder_.begin(log.name);
    folder_.append(log.name, std::vector<std::byte>(evtx::header_bytes));
    log.log = std::make_unique<evtx::Log>(
        evtx::LogOptions{},
        [this, name = log.name](std::span<const std::byte> chunk) { folder_.append(name, chunk); });
}

Host::LogFile& Host::log_of(const std::string& channel) {
    std::unique_ptr<LogFile>& file = logs_[channel];
    if (!file) {
        file = std::make_unique<LogFile>();
        file->name = machine_.name + '/' + file_name(channel);
        file->next_id = 1 + fnv1a(machine_.name + channel) % 60'000;
        begin(*file);
    }
    return *file;
}

evtx::Occasion Host::occasion(LogFile& log, const Sender& sender) {
    // What happens in one second keeps its part of the second on all hosts; records of one moment follow each
    // other within milliseconds.
    Random part(agenda_.now());
    last_time_ = std::max(agenda_.now() / one_second * one_second + part.below(9 * one_second / 10),
                          last_time_ + 1000 + numbers_.below(20'000));
    evtx::Occasion made;
    made.record_id = log.next_id++;
    made.time = last_time_;
    made.process_id = sender.process_id;
    made.thread_id = sender.thread_id;
    made.user_sid = sender.sid;
    return made;
}

void Host::add(LogFile& log, const evtx::Record& record) {
    log.log->add(record);
    ++records_;
}

void Host::write(const evtx::Kind& kind, const Sender& sender, const evtx::NamedValues& data) {
    LogFile& log = log_of(kind.channel);
    add(log, windows_.event(kind, occasion(log, sender), data));
}

void Host::write_user_data(const evtx::Kind& kind, const Sender& sender, const std::string& wrapper,
                           const std::string& space, const evtx::NamedValues& data) {
    LogFile& log = log_of(kind.channel);
    add(log, windows_.user_data(kind, occasion(log, sender), wrapper, space, data));
}

void Host::clear(const std::string& channel) {
    LogFile& log = log_of(channel);
    log.log->finish_header();
    begin(log);
}

}  // namespace konseki::scenario
