#include <algorithm>

#include "forms.h"
#include "konseki/base/text.h"
#include "sources.h"

namespace konseki::traces {
namespace {

/// A field by its name, folded. `with` names a field that must be there besides, or the companion.
struct FieldRule {
    std::string_view name;
    Source source;
    std::string_view with = {};
    bool with_is_companion = false;
};

// Windows' own names of fields: Security, Sysmon, PowerShell, System 7045, TaskScheduler, WMI, SMB, RDP,
// DNS client, BITS, AppLocker, Defender. Source: the providers' manifests and docs/traces.md. A name may
// have several rules: the first whose `with` is there counts.
constexpr FieldRule rules[] = {
    // Processes and files.
    {"image", Source::path},
    {"parentimage", Source::path},
    {"sourceimage", Source::path},
    {"targetimage", Source::path},
    {"imageloaded", Source::path},
    {"targetfilename", Source::path},
    {"originalfilename", Source::file_name},
    {"newprocessname", Source::path},
    {"parentprocessname", Source::path},
    {"processname", Source::path},
    {"process name", Source::path},
    {"callerprocessname", Source::path},
    {"application", Source::path},
    {"applicationpath", Source::path},
    {"filepath", Source::path},
    {"filename", Source::path},
    {"file name", Source::path},
    {"imagepath", Source::command},
    {"servicefilename", Source::command},
    {"servicefilename", Source::path},
    {"localname", Source::path},
    {"sourcefilename", Source::path},
    {"destination", Source::command, "consumertype"},
    {"destination", Source::command, "type"},
    {"destination", Source::machine},
    {"scriptname", Source::path},
    {"path", Source::scan_result, "threat name"},
    {"path", Source::path},
    {"relativetargetname", Source::share_target, "sharename", true},
    {"objectname", Source::object},
    {"device", Source::free_text},
    {"configurationfile", Source::path},
    // Command lines.
    {"commandline", Source::command},
    {"parentcommandline", Source::command},
    {"processcommandline", Source::command},
    {"processcmd", Source::command},
    {"cmdline", Source::command},
    {"hostapplication", Source::command},
    {"actionname", Source::path},
    // Digests and certificates.
    {"hashes", Source::hashes},
    {"hash", Source::any_hash},
    {"filehash", Source::any_hash},
    {"md5", Source::md5},
    {"sha1", Source::sha1},
    {"sha256", Source::sha256},
    {"imphash", Source::imphash},
    {"certthumbprint", Source::certificate},
    {"thumbprint", Source::certificate},
    {"certificatethumbprint", Source::certificate},
    {"certificatehash", Source::certificate},
    // Registry, pipes, services, tasks.
    {"targetobject", Source::registry_key},
    {"newname", Source::registry_key, "targetobject"},
    {"pipename", Source::pipe},
    {"servicename", Source::service, "imagepath"},
    {"servicename", Source::service, "servicefilename"},
    {"taskname", Source::task, "taskcontent"},
    {"taskname", Source::task, "taskcontentnew"},
    {"taskname", Source::task},
    // Network.
    {"ipaddress", Source::address},
    {"sourceip", Source::address},
    {"destinationip", Source::address},
    {"sourceaddress", Source::address},
    {"destaddress", Source::address},
    {"clientaddress", Source::machine},
    {"clientip", Source::address},
    {"ipstring", Source::address},
    {"address", Source::machine},
    {"remoteaddress", Source::machine},
    {"localaddress", Source::machine},
    {"sourcehostname", Source::machine},
    {"destinationhostname", Source::machine},
    {"queryname", Source::domain},
    {"query name", Source::domain},
    {"queryresults", Source::dns_results},
    {"servername", Source::machine},
    {"targetservername", Source::machine},
    {"sourcenetworkaddress", Source::address},
    {"clientname", Source::machine},
    {"url", Source::url},
    {"remotename", Source::url},
    {"useragent", Source::user_agent},
    {"user-agent", Source::user_agent},
    // Machines and people of the victim.
    {"workstationname", Source::machine},
    {"workstation", Source::machine},
    {"computer", Source::host},
    {"subjectusername", Source::account, "subjectdomainname", true},
    {"targetusername", Source::account, "targetdomainname", true},
    {"subjectusername", Source::account},
    {"targetusername", Source::account},
    {"targetoutboundusername", Source::account, "targetoutbounddomainname", true},
    {"user", Source::account},
    {"sourceuser", Source::account},
    {"targetuser", Source::account},
    {"parentuser", Source::account},
    {"username", Source::account},
    {"usercontext", Source::account},
    {"detection user", Source::account},
    {"accountname", Source::account, "accountdomain", true},
    {"accountname", Source::account},
    {"connecteduser", Source::account},
    {"usersid", Source::sid},
    {"subjectusersid", Source::sid},
    {"targetusersid", Source::sid},
    {"targetsid", Source::sid},
    {"membersid", Source::sid},
    {"targetoutboundusersid", Source::sid},
    {"sid", Source::sid},
    {"userid", Source::sid},
};

const records::Field* find_field(const records::Shape& shape, std::string_view folded) {
    for (const records::Field& field : shape.fields)
        if (fold(field.name) == folded) return &field;
    return nullptr;
}

/// Fields that Windows fills from its own words and numbers: nobody outside can write a trace into them.
constexpr std::string_view dull_names[] = {"accesslist",
                                           "accessmask",
                                           "accessreason",
                                           "authenticationpackagename",
                                           "calltrace",
                                           "channel",
                                           "elevatedtoken",
                                           "eventtype",
                                           "grantedaccess",
                                           "handleid",
                                           "impersonationlevel",
                                           "integritylevel",
                                           "layername",
                                           "level",
                                           "lmpackagename",
                                           "logonid",
                                           "logonprocessname",
                                           "mandatorylabel",
                                           "objectserver",
                                           "objecttype",
                                           "oid",
                                           "packagename",
                                           "privilegelist",
                                           "protocol",
                                           "signaturestatus",
                                           "state",
                                           "status",
                                           "subjectdomainname",
                                           "subjectlogonid",
                                           "substatus",
                                           "targetdomainname",
                                           "targetlogonid",
                                           "tokenelevationtype",
                                           "transmittedservices",
                                           "virtualaccount"};

bool is_dull(std::string_view name) {
    return name.contains("version") || name.contains("guid") || name.contains("time") ||
           name.starts_with("xmlns") || std::ranges::binary_search(dull_names, name);
}

/// Accounts and SIDs in fields whose names only end so (`SubjectUserSid`, `NewUserSid`).
Source by_ending(std::string_view name) {
    return name.ends_with("sid") ? Source::sid : Source::free_text;
}

PlannedField plan_field(const records::Shape& shape, std::string_view name,
                        const records::Field& field) {
    PlannedField planned{.slot = field.slot, .source = by_ending(name)};
    for (const FieldRule& rule : rules) {
        if (rule.name != name) continue;
        const records::Field* const with =
            rule.with.empty() ? nullptr : find_field(shape, rule.with);
        if (!rule.with.empty() && !with) continue;
        planned.source = rule.source;
        if (rule.with_is_companion) planned.companion = with->slot;
        break;
    }
    return planned;
}

}  // namespace

Plan plan_for(const records::Shape& shape) {
    Plan plan;
    for (std::size_t i = 0; i < shape.fields.size() && i < 0xffff; ++i) {
        const records::Field& field = shape.fields[i];
        if (field.slot == records::no_slot) continue;
        const std::string name = fold(field.name);
        const bool system = field.section == records::Section::system;
        // Of the System part only the host and the user count; attribute names have their element's.
        if (system && i != shape.system.computer && !name.ends_with("userid")) continue;
        PlannedField planned = plan_field(shape, name, field);
        if (system) planned.source = i == shape.system.computer ? Source::host : Source::sid;
        if (planned.source == Source::free_text &&
            (is_dull(name) || field.slot >= records::literal_base))
            continue;
        planned.field = static_cast<std::uint16_t>(i);
        planned.has_needs = !field.needs.empty();
        plan.fields.push_back(planned);
    }
    return plan;
}

}  // namespace konseki::traces
