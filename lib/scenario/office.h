#pragma once

#include <string>
#include <vector>

#include "world.h"

namespace konseki::scenario {

/// How much is written of an ordinary day.
struct OfficePace {
    /// In percent: 200 writes about twice as many events a day. Between 1 and 100,000.
    unsigned busy = 100;
    /// Made of everybody's day: nightly backup of the servers, with VSS and ESENT on the domain controllers.
    bool backup = true;
};

/// Somebody who works at a computer.
struct Employee {
    Account account;
    Host* computer = nullptr;
};

/// The ordinary work of an office: people come, log on, open files, go home; servers run on; updates come.
/// Nothing of it is a finding of level medium or above. Must outlive the run of the agenda.
class Office {
  public:
    Office(World& world, OfficePace pace);

    /// Somebody works at this computer.
    void employs(const Account& account, Host& computer) { staff_.push_back({account, &computer}); }
    const std::vector<Employee>& staff() const { return staff_; }
    /// Days from `first` to `last`, both included; weekends and these holidays are without people.
    void plan(Day first, Day last, const std::vector<Day>& holidays);

  private:
    void plan_day(Day day, bool work);
    void plan_work(const Employee& employee, Day day);
    void arrive(const Employee& employee, Ticks leave);
    void leave(const Employee& employee, std::uint64_t logon_id);
    void keep_busy(const Employee& employee, std::uint64_t logon_id, Ticks until);
    void do_something(const Employee& employee, std::uint64_t logon_id);
    void open_files(const Employee& employee);
    void start_program(const Employee& employee, std::uint64_t logon_id);
    void plan_server(Host& server, Day day);
    void serve(Host& server);
    void serve_directory(Host& controller);
    void back_up(Host& server);
    void update(Host& host);

    Ticks pause(Ticks usual);
    Host& any(const std::vector<Host*>& hosts) { return *hosts[random().below(hosts.size())]; }
    Random& random() { return world_.agenda().random(); }

    World& world_;
    OfficePace pace_;
    std::vector<Employee> staff_;
    std::vector<Host*> controllers_, servers_;
};

/// Services that Windows starts and stops by itself.
void flip_a_service(Host& host);
/// The host starts: System's events of a start, services, logons of the system.
void boot(Host& host);

}  // namespace konseki::scenario
