#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "konseki/base/time.h"
#include "konseki/desk/desk.h"
#include "konseki/server/http.h"

namespace konseki::server {

/// What the interface has to know besides the desk.
struct Settings {
    bool is_secure = false;            ///< behind TLS: cookies say so
    std::vector<std::string> origins;  ///< `https://desk.example.jp`: whose pages may write
    std::string desk_name;
    Zone zone;  ///< in which times are shown
    std::string version;
    desk::Surroundings around;
    std::function<void(std::string_view)> log;  ///< one line of JSON without personal data
};

/// The desk over HTTP: `/api/v1` (api/openapi.yaml), the user interface, health. Safe from several threads.
class Api {
  public:
    Api(desk::Desk& desk, Settings settings);
    ~Api();
    Api(const Api&) = delete;
    Api& operator=(const Api&) = delete;

    /// Answers every request; never throws.
    Response handle(const Request& request);

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// Entities with their fields, codes and marks, routes and rights, as JSON: documents are held against it.
std::string describe();

}  // namespace konseki::server
