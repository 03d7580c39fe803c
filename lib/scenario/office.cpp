#include "office.h"

#include <algorithm>

#include "application_log.h"
#include "operational_logs.h"
#include "security_log.h"
#include "system_log.h"

namespace konseki::scenario {

Office::Office(World& world, OfficePace pace) : world_(world), pace_(pace) {
    for (const std::unique_ptr<Host>& host : world.hosts()) {
        if (host->machine().role == Role::domain_controller) controllers_.push_back(host.get());
        if (host->machine().role == Role::server) servers_.push_back(host.get());
    }
}

Ticks Office::pause(Ticks usual) {
    const Ticks mean = usual * 100 / pace_.busy;
    return mean / 2 + random().below(mean + 1);
}

void Office::plan(Day first, Day last, const std::vector<Day>& holidays) {
    for (Day day = first; day <= last; ++day) {
        const bool free =
            weekday_of(day) >= 5 || std::ranges::find(holidays, day) != holidays.end();
        // A day is planned when it comes, so that the agenda holds one day at a time.
        world_.agenda().at(japan(day, 0, 1), [this, day, free] { plan_day(day, !free); });
    }
}

void Office::plan_day(Day day, bool work) {
    for (Host* controller : controllers_) plan_server(*controller, day);
    for (Host* server : servers_) plan_server(*server, day);
    if (!work) return;
    for (const Employee& employee : staff_) plan_work(employee, day);
}

void Office::plan_work(const Employee& employee, Day day) {
    const Ticks come = japan(day, 8, 20) + random().below(50 * one_minute);
    const Ticks leave = japan(day, 17, 40) + random().below(150 * one_minute);
    world_.agenda().at(come, [this, employee, leave] {
        boot(*employee.computer);
        if (weekday_of(static_cast<Day>((world_.agenda().now() + 9 * one_hour) / one_day)) == 2)
            update(*employee.computer);
        world_.agenda().after(70 * one_second + random().below(3 * one_minute),
                              [this, employee, leave] { arrive(employee, leave); });
    });
}

void boot(Host& host) {
    windows_starts(host);
    for (int service = 0; service < 3; ++service)
        logon(host, {.account = system_account(), .type = 5, .elevated = true, .logon_id = 0x3e7});
    for (int service = 0; service < 14; ++service) flip_a_service(host);
    time_source(host, host.domain().dns_name);
}

void flip_a_service(Host& host) {
    struct Service {
        const char *english, *japanese, *key;
    };
    static constexpr Service services[] = {
        {"Windows Update", "Windows Update", "wuauserv"},
        {"Background Intelligent Transfer Service", "Background Intelligent Transfer Service",
         "BITS"},
        {"Windows Modules Installer", "Windows Modules Installer", "TrustedInstaller"},
        {"Print Spooler", "Print Spooler", "Spooler"},
        {"Application Experience", "Application Experience", "AeLookupSvc"},
        {"WinHTTP Web Proxy Auto-Discovery Service", "WinHTTP Web Proxy Auto-Discovery Service",
         "WinHttpAutoProxySvc"},
        {"Software Protection", "Software Protection", "sppsvc"},
        {"Device Setup Manager", "Device Setup Manager", "DsmSvc"},
        {"Windows Time", "Windows Time", "W32Time"},
        {"Network Setup Service", "Network Setup Service", "NetSetupSvc"},
        {"Smart Card Device Enumeration Service", "Smart Card Device Enumeration Service",
         "ScDeviceEnum"},
        {"Office Printer Status Monitor", "オフィス プリンター状態監視", "OfficePrnMon"},
    };
    Random& random = host.agenda().random();
    const Service& service = services[random.below(std::size(services))];
    service_state(host, host.word(service.english, service.japanese), service.key,
                  random.below(2) == 0);
}

void Office::plan_server(Host& server, Day day) {
    Agenda& agenda = world_.agenda();
    for (Ticks time = japan(day, 0, 2) + pause(10 * one_minute); time < japan(day, 23, 58);
         time += pause(12 * one_minute))
        agenda.at(time, [this, &server] { serve(server); });
    agenda.at(japan(day, 12, 0), [&server] { uptime(server, 86'400 * 3); });
    const unsigned minute = static_cast<unsigned>(random().below(20));
    if (pace_.backup) agenda.at(japan(day, 1, 30 + minute), [this, &server] { back_up(server); });
    if (weekday_of(day) == 2) agenda.at(japan(day, 4, 10), [this, &server] { update(server); });
}

void Office::serve(Host& server) {
    switch (random().below(6)) {
        case 0:
            logon(server,
                  {.account = system_account(), .type = 5, .elevated = true, .logon_id = 0x3e7});
            break;
        case 1: flip_a_service(server); break;
        case 2:
            task_ran(server, R"(\Microsoft\Windows\Servicing\StartComponentCleanup)",
                     R"(%windir%\system32\rundll32.exe)");
            break;
        case 3: clock_trimmed(server); break;
        case 4: signatures_updated(server, static_cast<unsigned>(random().below(600))); break;
        default:
            hive_saved(server, R"(\SystemRoot\System32\Config\SOFTWARE)", 1200, "S-1-5-18");
            break;
    }
    if (server.machine().role == Role::domain_controller) serve_directory(server);
}

void Office::serve_directory(Host& controller) {
    const Host& client = *world_.hosts()[random().below(world_.hosts().size())];
    const Account account = client.domain_account();
    const std::string& address = client.machine().address;
    ticket_granting(controller, account, address);
    service_ticket(controller, account, controller.domain_account(), address);
    visit(controller, {.account = account, .address = address});
}

void Office::back_up(Host& server) {
    // The backup server logs on as itself, so that no account of a story is busy every night.
    const Account backup = world_.account("BACKUP01$", 1170);
    const std::string program = R"(C:\Program Files\Sazanami Backup\agent.exe)";
    visit(server, {.account = backup, .address = "10.9.1.50", .elevated = true});
    if (!controllers_.empty()) {
        ticket_granting(*controllers_.front(), backup, "10.9.1.50");
        service_ticket(*controllers_.front(), backup, server.domain_account(), "10.9.1.50");
    }
    service_state(server, server.word("Volume Shadow Copy", "Volume Shadow Copy"), "VSS", true);
    world_.agenda().after(20 * one_second, [&server, program] {
        shadow_copy_made(server, system_account(), program, 7);
        if (server.machine().role == Role::domain_controller)
            esent(server, 216, "lsass", R"(C:\Windows\NTDS\ntds.dit)",
                  R"(\\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy7\Windows\NTDS\ntds.dit)");
    });
    world_.agenda().after(23 * one_minute, [&server] {
        service_state(server, server.word("Volume Shadow Copy", "Volume Shadow Copy"), "VSS",
                      false);
    });
}

void Office::update(Host& host) {
    host.agenda().after(9 * one_minute, [&host] {
        download(host, {.title = "WU Client Download",
                        .url = "http://au.download.windowsupdate.com/d/msdownload/update/software/"
                               "secu/2019/09/windows10.0-kb4515384-x64.cab",
                        .program = R"(C:\Windows\System32\svchost.exe)",
                        .owner = R"(NT AUTHORITY\SYSTEM)",
                        .bytes = 348'127'232});
        update_installed(host, host.word("2019-09 Cumulative Update (KB4515384)",
                                         "2019-09 累積更新プログラム (KB4515384)"));
    });
}

}  // namespace konseki::scenario
