#pragma once

#include <span>
#include <string_view>

#include "call.h"

namespace konseki::server {

/// Who may call a route at all; what they may do with it the desk decides.
enum class Access : std::uint8_t { open, logged_in };

/// What is looked for, in bytes: a sentence.
inline constexpr std::size_t longest_question = 400;

/// One route below `/api/v1`. `{…}` captures a segment; what stands first in the table goes first.
struct Route {
    Method method;
    std::string_view path;
    Access access;
    Answer (*handle)(Call& call);
};
std::span<const Route> routes();

namespace handle {
Answer log_in(Call& call);
Answer first_login(Call& call);
Answer log_out(Call& call);
Answer me(Call& call);
Answer authenticate(Call& call);
Answer own_sessions(Call& call);
Answer end_session(Call& call);
Answer change_password(Call& call);
Answer begin_totp(Call& call);
Answer confirm_totp(Call& call);
Answer own_drafts(Call& call);
Answer draft(Call& call);
Answer put_draft(Call& call);
Answer remove_draft(Call& call);

Answer users(Call& call);
Answer make_user(Call& call);
Answer reset_user(Call& call);
Answer disable_user(Call& call);
Answer set_roles(Call& call);
Answer grants(Call& call);
Answer make_grant(Call& call);
Answer end_grant(Call& call);
Answer audit(Call& call);

Answer list(Call& call);
Answer create(Call& call);
Answer create_visit(Call& call);
Answer get(Call& call);
Answer patch(Call& call);
Answer bin(Call& call);
Answer restore(Call& call);
Answer versions(Call& call);
Answer reveal(Call& call);

Answer take_in(Call& call);
Answer consultation_state(Call& call);
Answer consultation_case(Call& call);
Answer rescue_state(Call& call);
Answer visit_state(Call& call);
Answer close_case(Call& call);
Answer reopen_case(Call& call);
Answer case_phase(Call& call);
Answer close_off_case(Call& call);
Answer undo_link(Call& call);

Answer figures(Call& call);
Answer counted(Call& call);
Answer today(Call& call);
Answer search(Call& call);
Answer people(Call& call);
Answer changes(Call& call);
}  // namespace handle

}  // namespace konseki::server
