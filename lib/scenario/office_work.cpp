#include <iterator>

#include "office.h"
#include "operational_logs.h"
#include "security_log.h"
#include "system_log.h"

// What somebody does at a computer on an ordinary day.

namespace konseki::scenario {

void Office::arrive(const Employee& employee, Ticks leaves) {
    Host& computer = *employee.computer;
    const std::string& address = computer.machine().address;
    for (Host* controller : controllers_) {
        ticket_granting(*controller, employee.account, address);
        for (const Account& service : {computer.domain_account(), controller->domain_account()})
            service_ticket(*controller, employee.account, service, address);
        visit(*controller, {.account = employee.account, .address = address});
        constexpr Ticks before_it_ends = 9 * one_hour + 40 * one_minute;
        if (world_.agenda().now() + before_it_ends < leaves)
            world_.agenda().after(before_it_ends, [controller, employee] {
                ticket_renewed(*controller, employee.account, employee.computer->machine().address);
            });
        break;  // the nearest one answers
    }
    const std::uint64_t id = logon(computer, {.account = employee.account, .type = 2});
    session(computer, 21, employee.account, 1, computer.word("LOCAL", "ローカル"));
    session(computer, 22, employee.account, 1, computer.word("LOCAL", "ローカル"));
    open_files(employee);
    keep_busy(employee, id, leaves);
    world_.agenda().at(leaves, [this, employee, id] { leave(employee, id); });
}

void Office::leave(const Employee& employee, std::uint64_t logon_id) {
    Host& computer = *employee.computer;
    user_logoff(computer, employee.account, logon_id);
    session(computer, 23, employee.account, 1, "");
    logoff(computer, employee.account, 2, logon_id);
    world_.agenda().after(15 * one_second, [&computer, account = employee.account] {
        windows_stops(computer, account);
    });
}

void Office::keep_busy(const Employee& employee, std::uint64_t logon_id, Ticks until) {
    const Ticks next = pause(11 * one_minute);
    // The last minutes are left to logging off.
    if (world_.agenda().now() + next + 5 * one_minute > until) return;
    world_.agenda().after(next, [this, employee, logon_id, until] {
        do_something(employee, logon_id);
        keep_busy(employee, logon_id, until);
    });
}

void Office::do_something(const Employee& employee, std::uint64_t logon_id) {
    Host& computer = *employee.computer;
    switch (random().below(10)) {
        case 0:
        case 1:
        case 2: open_files(employee); break;
        case 3:
        case 4: start_program(employee, logon_id); break;
        case 5: flip_a_service(computer); break;
        case 6:
            // Back from a coffee: the screen is unlocked.
            logoff(computer, employee.account, 7,
                   logon(computer, {.account = employee.account, .type = 7}));
            break;
        case 7:
            download(computer, {.title = "Font Download",
                                .url = "https://fs.microsoft.com/fs/windows/config.json",
                                .program = R"(C:\Windows\System32\svchost.exe)",
                                .owner = R"(NT AUTHORITY\LOCAL SERVICE)",
                                .owner_sid = "S-1-5-19",
                                .bytes = 55});
            break;
        case 8:
            group_listed(computer, computer.own_account(), 0x3e7,
                         R"(C:\Windows\System32\svchost.exe)");
            break;
        default:
            hive_saved(computer, R"(\??\C:\Users\)" + employee.account.name + R"(\ntuser.dat)", 340,
                       employee.account.sid);
            break;
    }
}

void Office::open_files(const Employee& employee) {
    const std::string& address = employee.computer->machine().address;
    if (servers_.empty()) return;
    Host& server = any(servers_);
    if (!controllers_.empty())
        service_ticket(any(controllers_), employee.account, server.domain_account(), address);
    visit(server, {.account = employee.account, .address = address});
}

void Office::start_program(const Employee& employee, std::uint64_t logon_id) {
    struct Program {
        const char *image, *arguments;
    };
    static constexpr Program programs[] = {
        {R"(C:\Program Files (x86)\Google\Chrome\Application\chrome.exe)", ""},
        {R"(C:\Program Files (x86)\Microsoft Office\root\Office16\WINWORD.EXE)",
         R"( /n "S:\営業部\2019\見積書_0911.docx")"},
        {R"(C:\Program Files (x86)\Microsoft Office\root\Office16\EXCEL.EXE)",
         R"( "S:\総務部\勤怠_9月.xlsx")"},
        {R"(C:\Program Files (x86)\Microsoft Office\root\Office16\OUTLOOK.EXE)", ""},
        {R"(C:\Program Files (x86)\JUST\TARO29\TARO29.EXE)", R"( "S:\総務部\案内状.jtd")"},
        {R"(C:\Windows\System32\notepad.exe)", R"( memo.txt)"},
        {R"(C:\Windows\System32\calc.exe)", ""},
    };
    const Program& program = programs[random().below(std::size(programs))];
    process(*employee.computer,
            {.account = employee.account,
             .logon_id = logon_id,
             .image = program.image,
             .command_line = '"' + std::string(program.image) + '"' + program.arguments});
}

}  // namespace konseki::scenario
