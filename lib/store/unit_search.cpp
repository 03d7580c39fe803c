#include <algorithm>
#include <array>

#include "canonical.h"
#include "konseki/base/text.h"
#include "konseki/base/tokens.h"
#include "query.h"
#include "rows.h"
#include "unit.h"

namespace konseki::store {
namespace {

using casebook::Entity;
using casebook::EntityInfo;
using casebook::FieldInfo;
using casebook::FieldType;
using casebook::Row;

constexpr std::string_view insert_doc =
    R"(INSERT INTO "search_row" ("entity", "id") VALUES (?, ?) RETURNING "doc")";
constexpr std::string_view select_doc = R"(SELECT "doc" FROM "search_row" WHERE "id" = ?)";
constexpr std::string_view delete_docs = R"(DELETE FROM "search_row")";
constexpr std::string_view upsert_person =
    R"(INSERT INTO "person_key" ("id", "key") VALUES (?, ?) ON CONFLICT ("id") DO UPDATE SET "key" = excluded."key")";
constexpr std::string_view delete_persons = R"(DELETE FROM "person_key")";
constexpr std::string_view select_index = R"(SELECT "index_made" FROM "head" WHERE "id" = 1)";
constexpr std::string_view update_index = R"(UPDATE "head" SET "index_made" = ? WHERE "id" = 1)";

/// Digits that make a number worth comparing by them alone.
constexpr std::size_t least_digits = 3;

bool is_indexed(const FieldInfo& field) {
    return field.type == FieldType::text && !field.mark.is_contact;
}

/// The texts of a row that everybody who sees the row may search.
std::vector<std::string_view> texts_of(const Row& row) {
    const EntityInfo& info = casebook::info_of(row.entity);
    std::vector<std::string_view> out;
    for (std::size_t i = 0; i < info.fields.size(); ++i) {
        const std::string* const text = std::get_if<std::string>(&row.values[i].plain);
        if (text != nullptr && is_indexed(info.fields[i])) out.emplace_back(*text);
    }
    return out;
}

std::vector<std::string> tokens_of_row(const Row& row) {
    std::vector<std::string> out;
    for (const std::string_view text : texts_of(row))
        std::ranges::move(tokens_of(text), std::back_inserter(out));
    return out;
}

/// Tokens side by side may belong to two fields, or to words that something else parts: the text has the last word.
bool holds(const Row& row, std::span<const Phrase> phrases) {
    std::vector<std::string> folded;
    for (const std::string_view text : texts_of(row)) folded.push_back(fold_for_search(text));
    return std::ranges::all_of(phrases, [&folded](const Phrase& phrase) {
        return std::ranges::any_of(
            folded, [&phrase](const std::string& text) { return text.contains(phrase.folded); });
    });
}

/// All that is written for the line in a number, the sign for a long vowel among it.
bool is_hyphen(char32_t code_point) {
    return (code_point >= 0x2010 && code_point <= 0x2015) || code_point == 0x2212 ||
           code_point == 0x30FC;
}

/// Folded, without blanks, hyphens as `-`: the same for what is kept and for what is looked for.
std::string as_key(std::string_view text) {
    const std::string folded = fold_for_search(text);
    std::string out;
    for (std::size_t at = 0; at < folded.size();) {
        const char32_t code_point = next_code_point(folded, at);
        if (code_point == ' ' || (code_point >= '\t' && code_point <= '\r')) continue;
        append_code_point(out, is_hyphen(code_point) ? U'-' : code_point);
    }
    return out;
}

/// The digits of a number, +81 as the 0 that is dialled within Japan.
std::string digits_of(std::string_view folded) {
    std::string out;
    if (folded.starts_with("+81")) {
        out = "0";
        folded.remove_prefix(3);
    }
    std::ranges::copy_if(folded, std::back_inserter(out),
                         [](char c) { return c >= '0' && c <= '9'; });
    return out;
}

bool is_number(std::string_view folded) {
    return folded.find_first_not_of("0123456789+-()./") == folded.npos;
}

std::string text_of(const Row& row, std::string_view field) {
    const std::string* const text = std::get_if<std::string>(&value_of(row, field).plain);
    return text ? as_key(*text) : std::string();
}

constexpr std::array<std::string_view, 2> of_contact = {"name", "name_kana"};
constexpr std::array<std::string_view, 3> of_organisation = {"name", "name_kana", "name_en"};
constexpr std::array<std::string_view, 1> of_channel = {"value"};

/// The fields by which people are found; none where a row is no person's.
std::span<const std::string_view> person_fields(Entity entity) {
    switch (entity) {
        case Entity::contact: return of_contact;
        case Entity::organisation: return of_organisation;
        case Entity::channel: return of_channel;
        default: return {};
    }
}

/// A field as it is looked for: a number also by its digits. No part holds a line break.
std::string key_of(const Row& row, std::string_view field) {
    std::string key = text_of(row, field);
    if (field == "value" && is_number(key)) key += '\n' + digits_of(key);
    return key;
}

/// What a person is found by.
std::string person_key(const Row& row) {
    std::string key;
    for (const std::string_view field : person_fields(row.entity)) key += key_of(row, field) + '\n';
    return key;
}

/// What an index was made by.
std::string index_maker() {
    std::string out = std::to_string(token_rules);
    for (std::size_t i = 0; i < casebook::entity_count; ++i) {
        const EntityInfo& info = casebook::info_of(static_cast<Entity>(i));
        for (const FieldInfo& field : info.fields)
            if (is_indexed(field)) ((out += ' ') += info.name) += '.', out += field.name;
        for (const std::string_view field : person_fields(static_cast<Entity>(i)))
            ((out += " person ") += info.name) += '.', out += field;
    }
    return sha256_hex(out);
}

void sort_newest_first(std::vector<Row>& rows, std::size_t limit) {
    std::ranges::sort(rows, std::greater{}, [](const Row& row) { return row.header.change_no; });
    if (rows.size() > limit) rows.resize(limit);
}

}  // namespace

Result<void> Unit::index(const Row* before, const Row& after) {
    if (!person_fields(after.entity).empty()) TRY_VOID(index_people(after));
    std::vector<std::string> old_tokens;
    if (before != nullptr) old_tokens = tokens_of_row(*before);
    const std::vector<std::string> tokens = tokens_of_row(after);
    if (before != nullptr && old_tokens == tokens) return {};
    Asked asked;
    if (before != nullptr) {
        asked.bind(select_doc, cell(after.header.id));
    } else {
        asked.sql = insert_doc;
        asked.bound = {cell(casebook::info_of(after.entity).name), cell(after.header.id)};
    }
    const Table found = TRY(run(asked));
    if (found.rows() != 1) return fail(Error::bad_value("a row is missing in the search's index"));
    const std::int64_t doc = TRY(number_in(found.row(0)[0]));
    const Result<void> put = connection_->put_tokens(doc, old_tokens, tokens);
    if (!put) is_spoilt_ = true;
    return put;
}

Result<void> Unit::index_people(const Row& row) {
    const std::array<Cell, 2> bound = {cell(row.header.id),
                                       cell(std::string_view(person_key(row)))};
    return change(upsert_person, bound);
}

Result<void> Unit::refresh_index() {
    const std::string maker = index_maker();
    const Table made_by = TRY(run(select_index, {}));
    const std::string made = TRY(text_in(made_by.row(0)[0]));
    if (made == maker) return {};
    TRY_VOID(connection_->drop_tokens());
    TRY_VOID(change(delete_docs, {}));
    TRY_VOID(change(delete_persons, {}));
    for (std::size_t i = 0; i < casebook::entity_count; ++i)
        for (const bool in_bin : {false, true}) {
            Query query;
            query.entity = static_cast<Entity>(i);
            query.in_bin = in_bin;
            query.limit = max_page_rows;
            do {
                const Page page = TRY(list(query));
                for (const Row& row : page.rows) TRY_VOID(index(nullptr, row));
                query.after = page.next;
            } while (!query.after.empty());
        }
    const std::array<Cell, 1> bound = {cell(std::string_view(maker))};
    return change(update_index, bound);
}

Result<std::vector<Row>> Unit::search_in(Entity entity, std::span<const Phrase> phrases,
                                         const Sight& sight, std::int64_t before,
                                         std::size_t limit) {
    const EntityInfo& info = casebook::info_of(entity);
    // As with lists: ids are sorted, and only the rows of the page are read whole.
    const std::string name = sql_name(info.name);
    Asked asked;
    asked.add("SELECT " + columns_of(info, "t") + " FROM " + name +
              R"( t JOIN (SELECT t."id" FROM )" + R"("search_row" r JOIN )" + name +
              R"( t ON t."id" = r."id" WHERE t."deleted_at" IS NULL)");
    for (const Phrase& phrase : phrases) {
        asked.add(R"( AND r."doc" IN )");
        asked.bind(connection_->dialect().matching_docs, cell(connection_->match_of(phrase)));
    }
    asked.bind(R"( AND t."change_no" < ? AND )", cell(before));
    add_sight(asked, entity, sight);
    asked.bind(R"( ORDER BY t."change_no" DESC LIMIT ?) p ON p."id" = t."id")",
               static_cast<std::int64_t>(limit));
    asked.add(R"( ORDER BY t."change_no" DESC)");
    const Table found = TRY(run(asked));
    return rows_of(entity, found);
}

Result<std::vector<Row>> Unit::search(std::string_view words, const Sight& sight,
                                      std::size_t limit) {
    const std::vector<Phrase> phrases = phrases_of(words);
    const std::size_t wanted = std::clamp<std::size_t>(limit, 1, max_page_rows);
    std::vector<Row> out;
    if (phrases.empty()) return out;
    for (std::size_t i = 0; i < casebook::entity_count; ++i) {
        std::int64_t before = head_.change_no + 1;
        std::size_t kept = 0;
        while (kept < wanted) {
            std::vector<Row> found =
                TRY(search_in(static_cast<Entity>(i), phrases, sight, before, wanted));
            for (Row& row : found) {
                before = row.header.change_no;
                if (!holds(row, phrases)) continue;
                out.push_back(std::move(row));
                ++kept;
            }
            if (found.size() < wanted) break;
        }
    }
    sort_newest_first(out, wanted);
    return out;
}

Result<std::vector<Row>> Unit::people_in(Entity entity, std::string_view key, const Sight& sight,
                                         std::size_t limit) {
    const EntityInfo& info = casebook::info_of(entity);
    Asked asked;
    asked.add("SELECT " + columns_of(info, "t") + R"( FROM "person_key" p JOIN )" +
              sql_name(info.name) + R"( t ON t."id" = p."id" WHERE t."deleted_at" IS NULL AND )");
    asked.add(connection_->dialect().place);
    asked.bind(R"((p."key", ?) > 0 AND )", cell(key));
    add_sight(asked, entity, sight);
    asked.bind(R"( ORDER BY t."change_no" DESC LIMIT ?)", static_cast<std::int64_t>(limit));
    const Table found = TRY(run(asked));
    return rows_of(entity, found);
}

Result<std::vector<FoundPerson>> Unit::find_people(std::string_view part, const Sight& sight,
                                                   std::size_t limit) {
    const std::size_t wanted = std::clamp<std::size_t>(limit, 1, max_page_rows);
    std::string key = as_key(part);
    std::vector<FoundPerson> out;
    if (is_number(key)) {
        key = digits_of(key);
        if (key.size() < least_digits) return out;
    }
    for (const Entity entity : {Entity::contact, Entity::channel, Entity::organisation})
        for (Row& row : TRY(people_in(entity, key, sight, wanted))) {
            const auto holds_key = [&](std::string_view field) {
                return key_of(row, field).contains(key);
            };
            const std::span<const std::string_view> fields = person_fields(entity);
            const auto field = std::ranges::find_if(fields, holds_key);
            if (field != fields.end()) out.push_back({std::move(row), *field});
        }
    std::ranges::stable_sort(out, std::greater{},
                             [](const FoundPerson& found) { return found.row.header.change_no; });
    return out;
}

}  // namespace konseki::store
