#include "routes.h"

namespace konseki::server {
namespace {

using enum Method;
using enum Access;

constexpr std::array table = std::to_array<Route>({
    {post, "login", open, handle::log_in},
    {post, "first-login", open, handle::first_login},
    {post, "logout", logged_in, handle::log_out},
    {get, "me", logged_in, handle::me},
    {post, "me/authenticate", logged_in, handle::authenticate},
    {get, "me/sessions", logged_in, handle::own_sessions},
    {delete_, "me/sessions/{id}", logged_in, handle::end_session},
    {post, "me/password", logged_in, handle::change_password},
    {post, "me/totp", logged_in, handle::begin_totp},
    {post, "me/totp/confirm", logged_in, handle::confirm_totp},
    {get, "me/drafts", logged_in, handle::own_drafts},
    {get, "me/drafts/{key}", logged_in, handle::draft},
    {put, "me/drafts/{key}", logged_in, handle::put_draft},
    {delete_, "me/drafts/{key}", logged_in, handle::remove_draft},

    {get, "users", logged_in, handle::users},
    {post, "users", logged_in, handle::make_user},
    {post, "users/{id}/reset", logged_in, handle::reset_user},
    {post, "users/{id}/disabled", logged_in, handle::disable_user},
    {post, "users/{id}/roles", logged_in, handle::set_roles},
    {get, "cases/{id}/grants", logged_in, handle::grants},
    {post, "cases/{id}/grants", logged_in, handle::make_grant},
    {delete_, "cases/{id}/grants/{user}/{role}", logged_in, handle::end_grant},
    {get, "audit", logged_in, handle::audit},

    {post, "intake", logged_in, handle::take_in},
    {post, "consultations/{id}/state", logged_in, handle::consultation_state},
    {post, "consultations/{id}/case", logged_in, handle::consultation_case},
    {post, "rescues/{id}/state", logged_in, handle::rescue_state},
    {post, "visits", logged_in, handle::create_visit},
    {post, "visits/{id}/state", logged_in, handle::visit_state},
    {post, "cases/{id}/close", logged_in, handle::close_case},
    {post, "cases/{id}/reopen", logged_in, handle::reopen_case},
    {post, "cases/{id}/phase", logged_in, handle::case_phase},
    {post, "cases/{id}/closed-off", logged_in, handle::close_off_case},
    {post, "case-links/{id}/undo", logged_in, handle::undo_link},

    {get, "figures", logged_in, handle::figures},
    {get, "figures/{period}/{which}", logged_in, handle::counted},
    {get, "today", logged_in, handle::today},
    {get, "search", logged_in, handle::search},
    {get, "people", logged_in, handle::people},
    {get, "changes", logged_in, handle::changes},

    {get, "{things}", logged_in, handle::list},
    {post, "{things}", logged_in, handle::create},
    {get, "{things}/{id}", logged_in, handle::get},
    {patch, "{things}/{id}", logged_in, handle::patch},
    {delete_, "{things}/{id}", logged_in, handle::bin},
    {post, "{things}/{id}/restore", logged_in, handle::restore},
    {get, "{things}/{id}/versions", logged_in, handle::versions},
    {post, "{things}/{id}/reveal", logged_in, handle::reveal},
});

}  // namespace

std::span<const Route> routes() { return table; }

}  // namespace konseki::server
