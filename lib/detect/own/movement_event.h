#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "konseki/findings/movement.h"
#include "konseki/records/batch.h"
#include "own/sessions.h"

namespace konseki::detect::own {

/// What a field of an event that tells of a movement means.
enum class Role : std::uint8_t {
    user,
    domain,
    sid,
    workstation,
    address,
    target,
    logon_type,
    status,
    logon_id
};
inline constexpr std::size_t role_count = 9;

/// A kind of event that tells of a movement.
struct MovementEvent {
    std::string_view channel;            ///< ASCII, folded
    std::array<std::uint16_t, 8> ids{};  ///< 0 where there are fewer
    /// Of logons by their type, see kind_of_logon().
    findings::MovementKind kind{};
    std::array<std::string_view, role_count> fields;  ///< names, by Role; empty where it has none
};

/// Where a shape holds what an event tells.
struct MovementPlan {
    const MovementEvent* event = nullptr;
    std::array<std::uint16_t, role_count> fields{};  ///< into Shape::fields; SystemFields::none
};

/// All that records of a shape may be.
struct ShapePlan {
    std::vector<MovementPlan> movements;
    bool may_be_process = false;  ///< Security 4688
    std::uint16_t command_line = records::SystemFields::none;
    SessionPlan session;
};
ShapePlan plan_for(const records::Shape& shape);

/// The values of one event, by Role; null where absent.
struct MovementValues {
    findings::MovementKind kind{};
    findings::AccountKind account{};
    std::array<records::Value, role_count> values;

    const records::Value& of(Role role) const { return values[static_cast<std::size_t>(role)]; }
};
/// What a record tells by this plan; nothing where it is another event, or tells of no movement.
std::optional<MovementValues> read_movement(const records::Batch& batch,
                                            const records::Record& record, const MovementPlan& plan,
                                            std::uint64_t event_id);

/// Whether the record's channel is this one (ASCII, folded).
bool has_channel(const records::Batch& batch, const records::Record& record,
                 std::string_view folded);

}  // namespace konseki::detect::own
