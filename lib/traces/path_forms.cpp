#include <algorithm>

#include "forms.h"
#include "konseki/base/hash.h"
#include "konseki/base/text.h"

namespace konseki::traces {
namespace {

/// Windows takes both; a run of separators counts once, except the two before a server.
std::string with_backslashes(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (char c : text) {
        if (c == '/') c = '\\';
        if (c == '\\' && out.size() > 1 && out.back() == '\\') continue;
        out += c;
    }
    return out;
}

bool is_drive(std::string_view path) {
    return path.size() >= 2 && path[1] == ':' && path[0] >= 'a' && path[0] <= 'z';
}

/// `\??\`, `\\?\`, `\\.\`, `\??\unc\`, `\dosdevices\`: other words for the same path. Device names of
/// volumes stay: which letter they had is not known.
std::string_view without_nt_prefix(std::string_view path, std::string& storage) {
    constexpr std::string_view prefixes[] = {"\\??\\", "\\\\?\\", "\\\\.\\", "\\dosdevices\\",
                                             "\\global??\\"};
    for (const std::string_view prefix : prefixes) {
        if (!path.starts_with(prefix)) continue;
        const std::string_view rest = path.substr(prefix.size());
        if (rest.starts_with("unc\\")) {
            storage = "\\\\" + std::string(rest.substr(4));
            return storage;
        }
        if (is_drive(rest)) return rest;
    }
    return path;
}

/// Windows' own folders under the profiles' folder: they name nobody.
bool is_shared_profile(std::string_view name) {
    return name == "public" || name == "default" || name == "all users" || name == "default user" ||
           name == "defaultapppool";
}

/// Bytes of the user's folder that begins at `at` of a lower-case text: `c:\users\<name>`, of old systems
/// `c:\documents and settings\<name>`, with a letter or `\device\harddiskvolumeN` before it; 0 for none.
std::size_t user_folder(std::string_view lower, std::size_t at) {
    constexpr std::string_view homes[] = {"\\users\\", "\\documents and settings\\"};
    constexpr std::string_view volume = "\\device\\harddiskvolume";
    const std::string_view rest = lower.substr(at);
    std::size_t drive = 0;
    if (is_drive(rest) && (at == 0 || lower[at - 1] < 'a' || lower[at - 1] > 'z')) drive = 2;
    if (rest.starts_with(volume)) drive = std::min(rest.find('\\', volume.size()), rest.size());
    if (drive == 0) return 0;
    for (const std::string_view home : homes) {
        if (!rest.substr(drive).starts_with(home)) continue;
        const std::size_t begin = drive + home.size();
        const std::size_t end = std::min(rest.find_first_of("\\\"'<>|*?:", begin), rest.size());
        if (end > begin && !is_shared_profile(rest.substr(begin, end - begin))) return end;
    }
    return 0;
}

/// `text` with the folders of users named by `mark`; `lower` is the same text in lower case, byte for byte.
std::string without_users(std::string_view text, std::string_view lower, std::string_view mark) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        // Every folder begins with a letter before a colon or with the backslash of `\device`.
        const bool may_begin = lower[i] == '\\' || (i + 1 < lower.size() && lower[i + 1] == ':');
        if (const std::size_t taken = may_begin ? user_folder(lower, i) : 0; taken > 0) {
            out += mark;
            i += taken;
        } else {
            out += text[i++];
        }
    }
    return out;
}

bool is_nothing(std::string_view text) {
    return text.empty() || text == "-" || text == "unknown process";
}

/// Sysmon writes `<unknown process>`; such words stand for no path.
bool has_forbidden(std::string_view path) {
    return path.find_first_of("<>|\"\n\r\t") != std::string_view::npos;
}

struct Hive {
    std::string_view written, form;
};
constexpr Hive hives[] = {{"hkey_local_machine", "hklm"},
                          {"\\registry\\machine", "hklm"},
                          {"hklm:", "hklm"},
                          {"hklm", "hklm"},
                          {"hkey_current_user", "hkcu"},
                          {"hkcu:", "hkcu"},
                          {"hkcu", "hkcu"},
                          {"hkey_users", "hku"},
                          {"\\registry\\user", "hku"},
                          {"hku", "hku"},
                          {"hkey_classes_root", "hkcr"},
                          {"hkcr:", "hkcr"},
                          {"hkcr", "hkcr"},
                          {"\\registry\\a", "app"}};
struct LongHive {
    std::string_view form, name;
};
constexpr LongHive long_hives[] = {{"hklm", "hkey_local_machine"},
                                   {"hkcu", "hkey_current_user"},
                                   {"hku", "hkey_users"},
                                   {"hkcr", "hkey_classes_root"},
                                   {"app", "\\registry\\a"}};

std::string_view long_name(std::string_view form) {
    for (const LongHive& hive : long_hives)
        if (hive.form == form) return hive.name;
    return {};
}

/// `controlset001` to `currentcontrolset` (the number says only which boot it was).
std::string fold_control_set(std::string key) {
    constexpr std::string_view before = "hkey_local_machine\\system\\controlset";
    if (!key.starts_with(before) || key.size() < before.size() + 3) return key;
    const std::size_t end = before.size() + 3;
    for (std::size_t i = before.size(); i < end; ++i)
        if (!is_digit(key[i])) return key;
    if (end < key.size() && key[end] != '\\') return key;
    return "hkey_local_machine\\system\\currentcontrolset" + key.substr(end);
}

/// A user's hive under HKEY_USERS is that user's HKEY_CURRENT_USER, and `<sid>_classes` its Classes key.
std::string fold_user_hive(std::string key) {
    constexpr std::string_view before = "hkey_users\\s-1-";
    if (!key.starts_with(before)) return key;
    const std::size_t begin = 11;
    const std::size_t end = std::min(key.find('\\', begin), key.size());
    const std::string_view sid = std::string_view(key).substr(begin, end - begin);
    if (!sid.starts_with("s-1-5-21-") && !sid.starts_with("s-1-12-1-")) return key;
    if (sid.ends_with("_classes")) return "hkey_current_user\\software\\classes" + key.substr(end);
    return "hkey_current_user" + key.substr(end);
}

}  // namespace

std::optional<std::string> file_path_form(std::string_view text) {
    const std::string folded = fold(with_backslashes(unquote(text)));
    std::string storage;
    const std::string_view path = without_nt_prefix(folded, storage);
    if (is_nothing(path) || has_forbidden(path) || !path.contains('\\')) return std::nullopt;
    return without_users(path, path, "%userprofile%");
}

std::optional<std::string> file_name_form(std::string_view text) {
    const std::string folded = fold(with_backslashes(unquote(text)));
    const std::string_view name = trim(std::string_view(folded).substr(folded.rfind('\\') + 1));
    if (is_nothing(name) || has_forbidden(name) || name == "?") return std::nullopt;
    if (name.size() == 2 && name[1] == ':') return std::nullopt;  // a drive
    return std::string(name);
}

std::optional<std::string> registry_key_form(std::string_view text) {
    std::string folded = fold(trim(text));
    while (folded.size() > 1 && folded.back() == '\\') folded.pop_back();
    for (const Hive& hive : hives) {
        if (!folded.starts_with(hive.written)) continue;
        const std::string_view rest = std::string_view(folded).substr(hive.written.size());
        if (!rest.empty() && rest.front() != '\\') continue;
        const std::string key = std::string(long_name(hive.form)).append(rest);
        return fold_user_hive(fold_control_set(key));
    }
    return std::nullopt;
}

std::optional<std::string> command_line_form(std::string_view text) {
    text = trim(text);
    if (is_nothing(text)) return std::nullopt;
    // Case is kept: it carries meaning in Base64.
    const std::string form = without_users(text, ascii_lower(text), "%USERPROFILE%");
    if (form.size() <= max_shown_bytes) return form;
    return cut_text(form, max_shown_bytes) + " sha256:" + to_hex(sha256(as_bytes(form)));
}

}  // namespace konseki::traces
