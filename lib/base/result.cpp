#include "konseki/base/result.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

namespace konseki {

Error Error::truncated(std::string_view what, std::uint64_t offset, std::uint64_t need,
                       std::uint64_t have) {
    return Error{.kind = ErrorKind::truncated,
                 .message = std::string(what) + " at offset " + std::to_string(offset) + " needs " +
                            std::to_string(need) + " bytes, " + std::to_string(have) + " are there",
                 .offset = offset,
                 .need = need,
                 .have = have};
}

Error Error::bad_value(std::string message, std::uint64_t offset) {
    return Error{.kind = ErrorKind::bad_value, .message = std::move(message), .offset = offset};
}

Error Error::limit(std::string message, std::uint64_t offset) {
    return Error{.kind = ErrorKind::limit, .message = std::move(message), .offset = offset};
}

Error Error::unsupported(std::string message) {
    return Error{.kind = ErrorKind::unsupported, .message = std::move(message)};
}

Error Error::usage(std::string message) {
    return Error{.kind = ErrorKind::usage, .message = std::move(message)};
}

Error Error::io(std::string_view what, int error_number) {
    const bool is_missing = error_number == ENOENT || error_number == ENOTDIR;
    return Error{
        .kind = is_missing ? ErrorKind::not_found : ErrorKind::io,
        .message = std::string(what) + ": " + std::generic_category().message(error_number)};
}

void broken_invariant(const char* why) {
    std::fputs("konseki: broken invariant: ", stderr);
    std::fputs(why, stderr);
    std::fputs("\n", stderr);
    std::abort();
}

}  // namespace konseki
