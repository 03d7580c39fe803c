#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/records/batch.h"

namespace konseki::traces {

/// Trace types (design 4.1). The last three name the victim and never leave.
enum class TraceType : std::uint8_t {
    domain, url, ipv4, ipv6, email, md5, sha1, sha256, imphash, file_name, file_path, registry_key, pipe,
    service, task, mutex, user_agent, certificate, command_line, host, account, sid,
};
std::string_view name_of(TraceType type);
std::optional<TraceType> parse_trace_type(std::string_view text);
inline bool names_victim(TraceType type) { return type >= TraceType::host; }

/// A normal form with what was written.
struct Trace {
    TraceType type{};
    std::string value;    ///< normal form (exchange formats compare this)
    std::string written;  ///< as it stood in the evidence
    std::string domain;   ///< registered domain for domain, url, email; else empty
};

/// The one normal form of a value of a type, or nothing where it is none of that type or carries no
/// meaning (private and loopback addresses are kept: they name machines of the case; 0.0.0.0, `-`, empty
/// and the hashes of empty data are not).
std::optional<Trace> normalise(TraceType type, std::string_view written);

/// A value found in a record, before normalisation: type and the raw value.
struct RawTrace {
    TraceType type{};
    records::Value value;
    std::uint32_t begin = 0, end = 0;  ///< of the token within value's UTF-8 text; 0,0: the whole value
};

/// Pulls traces out of the records of a batch. One per thread: it caches per shape what to take.
class Extractor {
  public:
    Extractor();
    ~Extractor();
    /// Appends the traces of one record: typed fields (Image, Hashes, IpAddress, ServiceName, …) and URLs,
    /// addresses, mail addresses and hashes in free text.
    void extract(const records::Batch& batch, const records::Record& record, std::vector<Trace>& out);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace konseki::traces
