#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace konseki {

/// What went wrong. The kind decides what the caller may do about it, the rest is for people.
enum class ErrorKind : std::uint8_t {
    truncated,    ///< the data ends before the thing does
    bad_value,    ///< a field holds what the format does not allow
    limit,        ///< one of our caps was reached
    unsupported,  ///< well-formed, but we do not read it
    not_found,    ///< a file, rule or name that is not there
    io,           ///< the operating system refused
    usage,        ///< the person asked for something that makes no sense
    cancelled,    ///< Ctrl-C
};

/// An error: kind, one clear sentence in English without a final dot, and, where it is about bytes,
/// the offset (in the unit the message names) with how many bytes were needed and were there.
struct Error {
    ErrorKind kind = ErrorKind::bad_value;
    std::string message;
    std::uint64_t offset = 0;
    std::uint64_t need = 0;
    std::uint64_t have = 0;

    static Error truncated(std::string_view what, std::uint64_t offset, std::uint64_t need,
                           std::uint64_t have);
    static Error bad_value(std::string message, std::uint64_t offset = 0);
    static Error limit(std::string message, std::uint64_t offset = 0);
    static Error unsupported(std::string message);
    static Error usage(std::string message);
    /// From errno; `what` names the act and the path ("open /x/y").
    static Error io(std::string_view what, int error_number);
};

/// A value or an Error. Unlike std::expected it must not be ignored.
template <class T>
class [[nodiscard]] Result : public std::expected<T, Error> {
  public:
    using std::expected<T, Error>::expected;
};

/// An error to return where a Result is expected.
inline std::unexpected<Error> fail(Error error) { return std::unexpected<Error>(std::move(error)); }

/// Stops the program with `why`: for our own broken invariants, never reachable from evidence.
[[noreturn]] void broken_invariant(const char* why);

/// Holds in every build; for our own invariants only.
inline void require(bool condition, const char* why) {
    if (!condition) [[unlikely]]
        broken_invariant(why);
}

}  // namespace konseki

/// Value of a Result, or return its error from the calling function.
#define TRY(expression)                                             \
    __extension__({                                                 \
        auto try_result_ = (expression);                            \
        if (!try_result_) [[unlikely]]                              \
            return std::unexpected(std::move(try_result_).error()); \
        std::move(*try_result_);                                    \
    })
/// The same for a Result<void>.
#define TRY_VOID(expression)                                        \
    do {                                                            \
        auto try_result_ = (expression);                            \
        if (!try_result_) [[unlikely]]                              \
            return std::unexpected(std::move(try_result_).error()); \
    } while (false)
