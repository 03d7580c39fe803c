#include "operational_logs.h"
#include "security_log.h"
#include "story_parts.h"
#include "system_log.h"

// S4's twin: what administrators, a supplier's support, the backup, the directory's synchronisation and a
// scanner of vulnerabilities do on the same hosts. profile.yml of the story names what is allowed.

namespace konseki::scenario {

namespace {
class Administrators {
  public:
    explicit Administrators(World& world)
        : world_(world), admin_(world.account("adm01", 1104)), jump_(world.host("JUMP01")) {}

    void plan();

  private:
    void install_support_tool();
    void run_from_jump_host(Host& target);
    void synchronise();
    void scan(Host& target);

    World& world_;
    Account admin_;
    Host& jump_;
};

void Administrators::plan() {
    Agenda& agenda = world_.agenda();
    agenda.at(japan(day_of(2019, 9, 5), 12, 10), [this] { install_support_tool(); });
    agenda.at(japan(day_of(2019, 9, 9), 13, 20),
              [this] { run_from_jump_host(world_.host("WEB01")); });
    for (Day day = day_of(2019, 9, 2); day <= day_of(2019, 9, 13); ++day)
        for (unsigned half = 0; half < 48; ++half)
            agenda.at(japan(day, half / 2, half % 2 * 30 + 4), [this] { synchronise(); });
    unsigned minute = 0;
    for (const std::unique_ptr<Host>& host : world_.hosts())
        agenda.at(japan(day_of(2019, 9, 7), 22, minute++),
                  [this, target = host.get()] { scan(*target); });
}

void Administrators::install_support_tool() {
    Host& files = world_.host("FILE01");
    service_installed(files,
                      {.name = "AnyDesk",
                       .image_path = R"("C:\Program Files (x86)\AnyDesk\AnyDesk.exe" --service)",
                       .automatic = true},
                      admin_.sid);
    service_state(files, "AnyDesk Service", "AnyDesk", true);
}

void Administrators::run_from_jump_host(Host& target) {
    Host& controller = world_.host("DC01");
    const std::string& address = jump_.machine().address;
    explicit_credentials(jump_, world_.account("ishii", 1107), 0x5a3c1, admin_,
                         target.machine().name, R"(C:\Tools\Sysinternals\PsExec64.exe)");
    ticket_granting(controller, admin_, address);
    service_ticket(controller, admin_, target.domain_account(), address);
    visit(target, {.account = admin_, .address = address, .elevated = true});
    service_installed(target, {.name = "PSEXESVC", .image_path = R"(%SystemRoot%\PSEXESVC.exe)"},
                      admin_.sid);
    service_state(target, "PSEXESVC", "PSEXESVC", true);
    world_.agenda().after(45 * one_second,
                          [&target] { service_state(target, "PSEXESVC", "PSEXESVC", false); });
}

void Administrators::synchronise() {
    Host& controller = world_.host("DC01");
    const Account sync = world_.account("MSOL_3f2a91c07b54", 1140);
    ticket_granting(controller, sync, "10.9.1.60");
    const std::uint64_t id = logon(controller, {.account = sync, .address = "10.9.1.60"});
    replication_right(controller, sync, id, "{1131f6aa-9c07-11d1-f79f-00c04fc2dcd2}");
    replication_right(controller, sync, id, "{1131f6ad-9c07-11d1-f79f-00c04fc2dcd2}");
    logoff(controller, sync, 3, id);
}

void Administrators::scan(Host& target) {
    const Account scanner = world_.account("svc_scan", 1150);
    for (const char* name : {"guest", "test", "oracle", "postgres"})
        logon_failed(target,
                     {.account = {name, "", ""},
                      .address = "10.9.1.99",
                      .workstation = "SCAN01",
                      .ntlm = true},
                     0xc0000064);
    for (int visits = 0; visits < 6; ++visits)
        visit(target, {.account = scanner,
                       .address = "10.9.1.99",
                       .workstation = "SCAN01",
                       .ntlm = true,
                       .elevated = true});
    if (target.machine().role == Role::domain_controller)
        ntlm_check(target, scanner.name, "SCAN01", 0);
}
}  // namespace

void write_many_entries_twin(EvidenceFolder& folder) {
    World world(aokumo(), 4, folder);
    add_aokumo_hosts(world);
    world.add({.name = "JUMP01", .address = "10.9.1.40", .role = Role::server, .japanese = true});
    Office office(world, {});
    add_aokumo_staff(world, office);
    office.plan(day_of(2019, 9, 2), day_of(2019, 9, 13), {});
    Administrators administrators(world);
    administrators.plan();
    world.agenda().run_until(japan(day_of(2019, 9, 14), 0, 0));
}

}  // namespace konseki::scenario
