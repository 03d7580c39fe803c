#pragma once

#include <cstdint>
#include <string>

#include "host.h"

// Events of the log System.

namespace konseki::scenario {

/// A service as 7045 writes it. Type and start are words in the language of Windows.
struct ServiceFacts {
    std::string name, image_path;
    std::string account = "LocalSystem";
    bool automatic = false;  ///< else on demand
    bool kernel = false;     ///< a driver
};
/// 7045; `sid` is the account that installed it.
void service_installed(Host& host, const ServiceFacts& service, const std::string& sid);
/// 7036. `name` is what people see, `key` the service's own name.
void service_state(Host& host, const std::string& name, const std::string& key, bool running);
/// 7040: the service's start changed from automatic to on demand, or back.
void service_start_changed(Host& host, const std::string& name, const std::string& key,
                           bool to_automatic);
/// 7040: `by` disabled a service that started automatically.
void service_disabled(Host& host, const Account& by, const std::string& name,
                      const std::string& key);
/// NETLOGON 5805 at a domain controller: a computer failed to authenticate.
void computer_refused(Host& controller, const std::string& computer);
/// 104: throws the log away (also System itself) and writes to System who did it.
void clear_log(Host& host, const Account& subject, const std::string& channel);
/// Windows starts: Kernel-General 12, EventLog 6009 and 6005, 6013.
void windows_starts(Host& host);
/// Windows starts after the power failed: Kernel-Power 41 and EventLog 6008 besides.
void power_lost(Host& host);
/// Windows stops: User32 1074, EventLog 6006, Kernel-General 13.
void windows_stops(Host& host, const Account& who);
/// EventLog 6013, once a day.
void uptime(Host& host, std::uint64_t seconds);
/// Kernel-General 16: a registry hive was written anew.
void hive_saved(Host& host, const std::string& hive, std::uint32_t keys, const std::string& sid);
/// Kernel-General 1: the time service moved the clock a little.
void clock_trimmed(Host& host);
/// Time-Service 37: a time source answers.
void time_source(Host& host, const std::string& source);
/// WindowsUpdateClient 44, 43, 19: an update came, was begun, was installed.
void update_installed(Host& host, const std::string& title);
/// UserPnp 20001: a USB storage got its driver.
void usb_storage(Host& host, const std::string& device);

}  // namespace konseki::scenario
