#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace konseki::detect::sigma {

/// Why a rule cannot be used, or can but probably not as meant.
struct Fault {
    std::uint32_t line = 0;
    std::string reason;  ///< one clause in English
};

/// What was read, or the fault that makes its rule unusable. Works with TRY.
template <class T>
class [[nodiscard]] Parsed : public std::expected<T, Fault> {
  public:
    using std::expected<T, Fault>::expected;
};

inline std::unexpected<Fault> refuse(std::uint32_t line, std::string reason) {
    return std::unexpected<Fault>(Fault{line, std::move(reason)});
}

using Warnings = std::vector<Fault>;

}  // namespace konseki::detect::sigma
