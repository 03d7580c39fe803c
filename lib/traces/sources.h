#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/records/batch.h"
#include "konseki/traces/trace.h"
#include "scan.h"

// Which fields of a record hold traces, and how they are written there.
namespace konseki::traces {

/// How a field writes traces. Those before `path` stand for one type each, by the same name.
enum class Source : std::uint8_t {
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
    path,          ///< file path, and its file name
    command,       ///< command line, and what stands in it
    hashes,        ///< `MD5=…,SHA256=…`
    any_hash,      ///< digest of a file, kind by its length
    address,       ///< address, with or without a port
    machine,       ///< address, host name or domain
    dns_results,   ///< `type:  5 name;::ffff:192.0.2.1;`
    object,        ///< kernel object: file, registry key, pipe or mutex by its prefix
    share_target,  ///< path below a share, or a pipe where the share is IPC$
    scan_result,   ///< `file:_C:\x.exe; process:_pid:1`
    free_text,
};

/// A field of a shape that holds traces.
struct PlannedField {
    std::uint16_t slot = records::no_slot;
    Source source = Source::free_text;
    /// The domain of an account name, the share of a share target; no_slot for none.
    std::uint16_t companion = records::no_slot;
    std::uint16_t field = 0;  ///< index in Shape::fields, for Batch::has
    bool has_needs = false;
};

/// What to take from records of a shape, in the order of its fields. Includes the host of the record.
struct Plan {
    std::vector<PlannedField> fields;
};
Plan plan_for(const records::Shape& shape);

/// False for the values that most records hold and that never are a trace: empty, `-`, SIDs of the
/// system, machine accounts, numbers where free text is asked for. What it lets through, Deriver decides.
bool may_hold_trace(Source source, const records::Value& value);

/// The traces of a value of a field, appended. `companion` is empty where there is none. A value that
/// holds a trace twice gives it twice. For free_text: the traces of all its tokens.
class Deriver {
  public:
    void derive(Source source, std::string_view text, std::string_view companion,
                std::vector<Trace>& out);

  private:
    void derive_tokens(std::string_view text, std::vector<Trace>& out);

    TextScanner scanner_;
    std::string storage_;
};

/// The traces of a token: its own, and for a URL its host's.
void derive_token(TraceType type, std::string_view text, std::vector<Trace>& out);

}  // namespace konseki::traces
