// Times a desk's data: 10,000 consultations and 4,000 cases, each act many times. Prints milliseconds.
//
//   store_bench FOLDER [postgresql://…]
//
// FOLDER must not be there yet, the database must be empty.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "konseki/casebook/entities.h"
#include "konseki/store/store.h"

using namespace konseki;
using namespace konseki::casebook;

namespace {

constexpr std::uint32_t consultations = 10'000, cases = 4'000;
constexpr int repeats = 200;

double now() {
    using namespace std::chrono;
    return duration<double, std::milli>(steady_clock::now().time_since_epoch()).count();
}

template <class T>
T ok(Result<T> result) {
    if (result) return std::move(*result);
    std::fprintf(stderr, "%s\n", result.error().message.c_str());
    std::exit(1);
}
void ok(const Result<void>& result) {
    if (result) return;
    std::fprintf(stderr, "%s\n", result.error().message.c_str());
    std::exit(1);
}

Ulid id_of(std::uint8_t kind, std::uint32_t number) {
    Ulid out;
    out.bytes[5] = kind;
    for (std::size_t i = 0; i < 4; ++i)
        out.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    return out;
}

Time at(std::uint32_t number) {
    return Time::from_unix_seconds(1'400'000'000 + std::int64_t{number} * 17'000);
}

store::Change change(std::uint32_t number) {
    store::Change out;
    out.at = at(number);
    out.by = id_of('U', 1);
    out.via = "api";
    return out;
}

/// Some 900 bytes of made-up Japanese, another for each number.
std::string text_of(std::uint32_t number) {
    static const std::vector<std::string> words = {
        "標的型攻撃メール", "添付ファイル", "不審な通信",    "管理者権限", "遠隔操作",
        "業務委託先",       "調査依頼",     "貿易書類",      "研究部門",   "ログの保全",
        "再発防止",         "evil.example", "security.evtx", "初動対応"};
    std::string out;
    std::uint32_t state = number * 2'654'435'761u + 1;
    for (int i = 0; i < 40; ++i) {
        state = state * 1'664'525u + 1'013'904'223u;
        out += words[(state >> 16) % words.size()] + (i % 5 == 4 ? "。" : "、");
    }
    return out + "番号" + std::to_string(number);
}

Case case_of(std::uint32_t number) {
    Case out;
    out.header.id = id_of('C', number);
    out.number = std::to_string(2014 + number / 500) + "-" + std::to_string(number);
    out.title = "架空の事案" + std::to_string(number);
    out.summary = text_of(number + 100'000);
    out.opened_at = at(number * 2);
    out.is_closed_off = number % 50 == 0;
    return out;
}

Consultation consultation_of(std::uint32_t number) {
    Consultation out;
    out.header.id = id_of('A', number);
    out.received_at = at(number);
    out.summary = text_of(number);
    out.original = text_of(number + 200'000);
    if (number % 3 == 0) out.case_id = id_of('C', number % cases + 1);
    out.state = static_cast<ConsultationState>(number % 4);
    if (number % 7 == 0) out.call_back_at = at(number + 5);
    return out;
}

/// Median and p95 of an act.
void time(const char* what, int times, const std::function<void(int)>& act) {
    std::vector<double> taken;
    for (int i = 0; i < times; ++i) {
        const double begin = now();
        act(i);
        taken.push_back(now() - begin);
    }
    std::ranges::sort(taken);
    std::printf("%-64s median %8.2f  p95 %8.2f\n", what, taken[taken.size() / 2],
                taken[taken.size() * 95 / 100]);
}

void fill(store::Store& store) {
    const double begin = now();
    const std::unique_ptr<store::Writer> writer = ok(store.write());
    for (std::uint32_t i = 1; i <= cases; ++i) ok(writer->insert(to_row(case_of(i)), change(i)));
    for (std::uint32_t i = 1; i <= consultations; ++i)
        ok(writer->insert(to_row(consultation_of(i)), change(i)));
    ok(writer->commit());
    const double seconds = (now() - begin) / 1000;
    std::printf("%u rows in one transaction: %.1f s, %.0f a second\n", cases + consultations,
                seconds, (cases + consultations) / seconds);
}

store::Query list_of(Entity entity, std::string_view order_by) {
    store::Query out;
    out.entity = entity;
    out.sight = store::Sight{id_of('U', 1), true};
    out.order_by = order_by;
    out.descending = true;
    return out;
}

void time_lists(store::Store& store) {
    const auto time_list = [&store](const char* what, const store::Query& query) {
        time(what, repeats, [&](int) { ok(ok(store.read())->list(query)); });
    };
    store::Query query = list_of(Entity::consultation, "received_at");
    time_list("consultations, newest received first", query);
    query.after = ok(ok(store.read())->list(query)).next;
    time_list("consultations, the second page", query);
    query.after.clear();
    query.where = {{"state", store::Condition::Is::equal, std::string("in_progress")}};
    time_list("consultations of one state, newest received first", query);
    query = list_of(Entity::consultation, "call_back_at");
    query.where = {{"call_back_at", store::Condition::Is::not_empty, {}}};
    query.descending = false;
    time_list("consultations to be called back", query);
    time_list("consultations, last changed first", list_of(Entity::consultation, "updated_at"));
    time_list("cases, newest opened first", list_of(Entity::case_, "opened_at"));
    query = list_of(Entity::case_, "title");
    query.limit = 500;
    time_list("cases by title, 500 at once", query);
    query.sight->sees_desk = false;
    time_list("cases of somebody without a role", query);
    query = list_of(Entity::consultation, "id");
    time("count of consultations", repeats, [&](int) { ok(ok(store.read())->count(query)); });
}

void time_rest(store::Store& store) {
    const store::Sight sight{id_of('U', 1), true};
    for (const char* words :
         {"攻撃", "標的型攻撃", "貿", "番号7777", "evtx 貿易書類", "見つからない語"})
        time((std::string("search ") + words).c_str(), 20,
             [&](int) { ok(ok(store.read())->search(words, sight, 50)); });
    time("load", repeats, [&](int i) {
        ok(ok(store.read())->load(Entity::case_, id_of('C', static_cast<std::uint32_t>(i) + 1)));
    });
    time("changes since the last 100", repeats,
         [&](int) { ok(ok(store.read())->changes_since(13'900, sight, 50)); });
    time("all that counting needs", 20, [&](int) { ok(ok(store.read())->counted()); });
    time("insert a consultation and commit", repeats, [&](int i) {
        const std::unique_ptr<store::Writer> writer = ok(store.write());
        const auto number = consultations + 1 + static_cast<std::uint32_t>(i);
        ok(writer->insert(to_row(consultation_of(number)), change(number)));
        ok(writer->commit());
    });
    time("change a case and commit", repeats, [&](int i) {
        const std::unique_ptr<store::Writer> writer = ok(store.write());
        Row row = *ok(writer->load(Entity::case_, id_of('C', static_cast<std::uint32_t>(i) + 1)));
        value_of(row, "title").plain = std::string("別の件名");
        ok(writer->update(row, change(1)));
        ok(writer->commit());
    });
    time("check", 1, [&](int) {
        for (const std::string& line : ok(store.check())) std::printf("%s\n", line.c_str());
    });
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2 || argc > 3) {
        std::fprintf(stderr, "usage: store_bench FOLDER [URL]\n");
        return 2;
    }
    const std::unique_ptr<store::Store> store =
        ok(store::Store::open({argv[1], argc == 3 ? argv[2] : ""}, at(0)));
    fill(*store);
    time_lists(*store);
    time_rest(*store);
    return 0;
}
