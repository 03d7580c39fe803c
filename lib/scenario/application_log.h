#pragma once

#include <string>
#include <vector>

#include "host.h"

// Events of the log Application and of server products: SQL Server, Exchange, the web server.

namespace konseki::scenario {

/// ESENT with this id (216, 325, 326, 327); `service` is who speaks (`lsass`, `NTDS`).
void esent(Host& host, std::uint16_t id, const std::string& service, const std::string& database,
           const std::string& other_path);
/// SecurityCenter 15: an antivirus product says that it is on.
void antivirus_on(Host& host, const std::string& product);
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
