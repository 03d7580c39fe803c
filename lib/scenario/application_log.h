#pragma once

#include <string>
#include <vector>

#include "host.h"

// Events of server products: SQL Server, Exchange, the web server.

namespace konseki::scenario {

/// MSSQLSERVER 15457 in Application: an option of the database server was changed.
void database_option_set(Host& host, const std::string& option, const std::string& before,
                         const std::string& after);
/// MSExchange Management 1: a command of the management shell succeeded.
void exchange_command(Host& host, const Account& by, const std::string& command,
                      const std::string& parameters);
/// IIS-Configuration 29: a setting of the web server was changed.
void web_setting(Host& host, const Account& by, const std::string& setting,
                 const std::string& before, const std::string& after);

}  // namespace konseki::scenario
