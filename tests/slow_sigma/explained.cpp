#include "explained.h"

#include <array>
#include <string_view>

namespace konseki::slow_sigma {

namespace {

/// One cause: a rule, a part of the path (empty = any), what is different.
struct Explained {
    std::string_view rule, path, cause;
};

constexpr std::string_view guid_braces =
    "GUIDs have braces as Windows prints them; the witness saw them without, so rules on "
    "SubcategoryGuid failed";
constexpr std::string_view label =
    "4688: IntegrityLevel is read from MandatoryLabel; the witness did not map it";
constexpr std::string_view reference =
    "4688: fieldref goes through the field map; the witness compared unmapped names";
constexpr std::string_view logon =
    "4688: LogonId and User are mapped, so the filters can be decided";
constexpr std::string_view cut_file =
    "the last, cut chunk is read: 89 records more than the parser behind the witness";
constexpr std::string_view resync =
    "records behind the one of size 0 are read; the parser behind the witness stops there";
constexpr std::string_view same_bytes =
    "same bytes as another sample: the witness lists the pair under that path";

constexpr std::array<Explained, 11> table{{
    {"69aeb277-f15f-4d2d-b32a-55e883609563", "ID4719-Audit policy deactivation", guid_braces},
    {"ab4561b1-6c7e-48a7-ad08-087cfb9ce8f1", "ID4719-Audit policy deactivation", guid_braces},
    {"3037d961-21e9-4732-b27a-637bcc7bf539", "", label},
    {"dcdbc940-0bff-46b2-95f3-2d73f848e33b", "", label},
    {"224f140f-3553-4cd1-af78-13d81bf9f7cc", "", label},
    {"bafd07c6-3ea5-454a-b4be-058fbb073de7", "", reference},
    {"d21374ff-f574-44a7-9998-4a8c8bf33d7d", "", logon},
    {"", "plaso/test_data/evtx/System2.evtx", cut_file},
    {"", "samples/sample-with-zero-data-size-event.evtx", resync},
    {"e62a9f0c-ca1e-46b2-85d5-a6da77f86d1a", "proc_creation_win_certutil_encode_susp_extensions",
     same_bytes},
    {"ea0cdc3e-2239-4f26-a947-4e8f8224e464", "proc_creation_win_certutil_encode_susp_extensions",
     same_bytes},
}};

}  // namespace

std::string why_different(const std::string& path, const std::string& rule, std::size_t ours,
                          std::size_t theirs) {
    for (const Explained& row : table) {
        // Of all causes only the braces let us have fewer.
        if (ours < theirs && row.cause != guid_braces) continue;
        if ((row.rule.empty() || row.rule == rule) && path.find(row.path) != std::string::npos)
            return std::string(row.cause);
    }
    return {};
}

}  // namespace konseki::slow_sigma
