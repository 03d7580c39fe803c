#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/records/batch.h"

namespace konseki::traces {

/// Trace types. The last three name the victim and never leave.
enum class TraceType : std::uint8_t {
    domain,
    url,
    ipv4,
    ipv6,
    email,
    md5,
    sha1,
    sha256,
    imphash,
    file_name,
    file_path,
    registry_key,
    pipe,
    service,
    task,
    mutex,
    user_agent,
    certificate,
    command_line,
    host,
    account,
    sid,
};
inline constexpr std::size_t trace_type_count = 22;

/// `domain`, `url`, … as written in outputs and known lists.
std::string_view name_of(TraceType type);
/// The type of that name, or nothing. Names are lower case.
std::optional<TraceType> parse_trace_type(std::string_view text);
inline bool names_victim(TraceType type) { return type >= TraceType::host; }

/// Values longer than this have no normal form, except a command line, which is cut (see normalise).
inline constexpr std::size_t max_value_bytes = 4'096;
/// A command line, and any text as written, is cut to this many bytes, between code points, with `…`.
inline constexpr std::size_t max_shown_bytes = 1'024;

/// A normal form with what was written.
struct Trace {
    TraceType type{};
    std::string value;    ///< normal form (exchange formats compare this)
    std::string written;  ///< as it stood in the evidence, cut to max_shown_bytes
    std::string domain;   ///< registered domain for domain, url, email; else empty
    bool victim =
        false;  ///< names_victim(type), or an internal address or a domain without public suffix
    bool operator==(const Trace&) const = default;
};

/// The one normal form of a value of a type, or nothing where it is none of that type or carries no
/// meaning: empty, `-`, 0.0.0.0, ::, hashes of empty data, system accounts, well-known SIDs. Internal
/// addresses are kept and marked as naming the victim. Never a change of meaning: the text as written is
/// kept beside it. A command line longer than max_shown_bytes becomes its beginning, `…` and the SHA-256
/// of the whole normal form, so that equal lines stay equal. Thread-safe.
/// Source of the forms: docs/traces.md; RFC 5952, RFC 3986 6.2.2, UTS 46, the Public Suffix List.
std::optional<Trace> normalise(TraceType type, std::string_view written);

/// A domain name below a public suffix.
struct RegisteredDomain {
    std::string text;     ///< `example.co.jp`, A-labels; empty where the name is itself a suffix
    bool listed = false;  ///< false: the last label is no public suffix (`corp.local`)
    bool shared_hosting = false;  ///< the suffix is in the list's private section (`github.io`)
};
/// By the Public Suffix List, private section included. `domain` is a normal form.
RegisteredDomain registered_domain(std::string_view domain);

/// Makes a defanged text live again, token by token (never across blanks): hxxp, `[.]`, `(dot)`, `[@]`,
/// full-width forms, `。`, zero-width characters, closing marks at the end.
std::string refang(std::string_view text);
/// The form for screens and mail: `hxxp://`, `[.]` at the last dot of the host, `[@]`. Never a live link.
/// Types other than domain, url, ipv4, ipv6 and email come back as they are.
std::string defang(TraceType type, std::string_view value);

/// `TYPE:VALUE` of the command line or of a known list, refanged where needed and normalised. Fails with a
/// usage error that says what is wrong with it.
Result<Trace> parse_trace(std::string_view text);

/// Pulls the traces out of single records: typed fields (Image, Hashes, IpAddress, ServiceName, …) and
/// URLs, addresses, mail addresses and hashes in free text. One per thread: it caches per shape what to
/// take. For whole runs use Collector, which gives the same traces and is many times faster.
class Extractor {
  public:
    Extractor();
    ~Extractor();
    Extractor(Extractor&&) noexcept;
    Extractor& operator=(Extractor&&) noexcept;
    /// The traces of one record in the order of its fields; a trace that stands in it twice comes twice.
    /// Valid until the next call.
    std::span<const Trace* const> extract(const records::Batch& batch,
                                          const records::Record& record);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace konseki::traces
