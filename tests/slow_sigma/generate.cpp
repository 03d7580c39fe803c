#include "generate.h"

#include <algorithm>
#include <charconv>

#include "konseki/base/text.h"

#include <re2/re2.h>

#include "regex_sample.h"

namespace konseki::slow_sigma {

using records::WireType;

namespace {

const std::vector<std::string> system_names{
    "Provider_Name",         "EventID", "Channel", "Computer", "EventRecordID", "Level",
    "TimeCreated_SystemTime"};

bool is_system(const std::string& name) {
    return std::find(system_names.begin(), system_names.end(), name) != system_names.end();
}

}  // namespace

Generator::Generator(const SlowRule& rule, const SlowRoute& route, std::uint64_t seed)
    : rule_(&rule), route_(&route), chance_{std::mt19937_64(seed)} {
    for (const std::string& name : system_names) add_name(name);
    for (const auto& [name, detection] : rule.detections) collect_names(detection);
    collect_names(route.where);
    add_name("Extra");
}

void Generator::add_name(const std::string& name) {
    if (name.empty() || name.find('.') != std::string::npos) return;
    if (std::find(names_.begin(), names_.end(), name) != names_.end()) return;
    names_.push_back(name);
    if (name == "Data") names_.insert(names_.end(), 3, name);
    for (const SlowMap& map : route_->maps)
        if (map.sigma == name)
            for (const std::string& from : map.from) add_name(from);
    if (name == "md5" || name == "sha1" || name == "sha256" || name == "imphash")
        add_name("Hashes");
}

void Generator::collect_names(const Detection& detection) {
    for (const Item& item : detection.items) {
        add_name(item.field);
        for (const auto& forms : item.wants)
            for (const Want& want : forms)
                if (want.kind == Want::Kind::field_ref) add_name(want.written);
    }
    for (const Detection& part : detection.parts) collect_names(part);
}

void Generator::satisfy(const Detection& detection, Drafts& drafts) {
    const std::size_t count = detection.items.size() + detection.parts.size();
    const std::size_t only = chance_.below(count);
    for (std::size_t at = 0; at < count; ++at) {
        if (detection.any ? at != only : chance_.in(6)) continue;
        if (at < detection.items.size())
            satisfy(detection.items[at], drafts);
        else
            satisfy(detection.parts[at - detection.items.size()], drafts);
    }
}

void Generator::satisfy(const Item& item, Drafts& drafts) {
    const std::string field =
        item.field.empty() ? (chance_.in(50) ? "Extra" : chance_.pick(names_)) : item.field;
    const std::size_t only = chance_.below(item.wants.size());
    for (std::size_t at = 0; at < item.wants.size(); ++at) {
        if (item.all ? chance_.in(4) : at != only) continue;
        satisfy(chance_.pick(item.wants[at]), field, drafts);
    }
}

void Generator::satisfy(const Want& want, const std::string& field, Drafts& drafts) {
    Draft& draft = drafts[field];
    draft.touched = true;
    switch (want.kind) {
        case Want::Kind::glob: satisfy_glob(want, draft); break;
        case Want::Kind::number: draft.whole = want.written; break;
        case Want::Kind::regex:
            draft.middles.push_back(sample_regex(want.regex->pattern(), chance_.engine));
            break;
        case Want::Kind::cidr: draft.whole = sample_cidr(want.written, chance_); break;
        case Want::Kind::compare: {
            const auto number = static_cast<long long>(want.number);
            if (!want.part.empty()) {
                draft.whole = sample_time(want.part, number, chance_);
                break;
            }
            draft.whole = std::to_string(
                static_cast<long long>(static_cast<std::uint64_t>(number) + chance_.below(5) - 2));
            if (chance_.in(15)) *draft.whole += ".5";
            break;
        }
        case Want::Kind::field_ref: satisfy_reference(want, field, drafts); break;
        case Want::Kind::null:
        case Want::Kind::exists:
            draft = {};
            draft.touched = true;
            draft.absent = chance_.in(50);
            if (!draft.absent && chance_.in(60)) draft.value = made_null();
            break;
    }
}

void Generator::satisfy_glob(const Want& want, Draft& draft) {
    const Glob& glob = want.glob;
    std::size_t begin = 0, end = glob.size();
    const bool open_front = begin < end && glob[begin].kind == GlobStep::Kind::any_run;
    const bool open_back = begin < end && glob[end - 1].kind == GlobStep::Kind::any_run;
    if (open_front) ++begin;
    if (open_back && end > begin) --end;
    std::string text = sample_glob(glob, begin, end, chance_);
    if (open_front && open_back)
        draft.middles.push_back(std::move(text));
    else if (open_front)
        draft.back = std::move(text);
    else if (open_back)
        draft.front = std::move(text);
    else
        draft.whole = std::move(text);
}

void Generator::satisfy_reference(const Want& want, const std::string& field, Drafts& drafts) {
    const std::string core = filler(chance_) + "ref";
    drafts[want.written].whole = other_case(core, chance_);
    drafts[want.written].touched = true;
    Draft& draft = drafts[field];
    draft.whole.reset();
    if (want.ref == "startswith")
        draft.front = core;
    else if (want.ref == "endswith")
        draft.back = core;
    else if (want.ref == "contains")
        draft.middles.push_back(core);
    else
        draft.whole = core;
}

std::string Generator::text_of(const Draft& draft) {
    if (draft.whole) return *draft.whole;
    std::string text = draft.front;
    if (draft.front.empty() || !draft.middles.empty() || chance_.in(50)) text += filler(chance_);
    std::vector<std::string> middles = draft.middles;
    std::shuffle(middles.begin(), middles.end(), chance_.engine);
    for (const std::string& middle : middles)
        text += middle + (chance_.in(70) ? filler(chance_) : "");
    return text + draft.back;
}

/// Writes the value of a mapped field as the log would hold it.
void Generator::through_map(const std::string& name, std::string text, Drafts& drafts) {
    const auto set = [&](const std::string& field, std::string value) {
        drafts[field] = {};
        drafts[field].whole = std::move(value);
        drafts[field].touched = true;
    };
    for (const SlowMap& map : route_->maps) {
        if (map.sigma != name || chance_.in(10)) continue;
        switch (map.how) {
            case SlowMap::How::field: set(map.from[0], std::move(text)); break;
            case SlowMap::How::line:
                set(map.from[0],
                    "\t" + map.key + (chance_.in(50) ? "=" : " = ") + text + "\r\n\tOther=1");
                break;
            case SlowMap::How::value: set(map.from[0], std::move(text)); break;
            case SlowMap::How::table:
                set(map.from[0], chance_.pick(map.table).first);
                for (const auto& [key, meaning] : map.table)
                    if (fold(meaning) == fold(text)) set(map.from[0], key);
                break;
            case SlowMap::How::join: {
                if (fold(text).starts_with("hklm")) text = "\\REGISTRY\\MACHINE" + text.substr(4);
                const std::size_t cut = text.rfind('\\');
                set(map.from[0], text.substr(0, cut));
                if (cut != std::string::npos) set(map.from[1], text.substr(cut + 1));
                break;
            }
        }
        return;
    }
}

void Generator::set_system(std::map<std::string, MadeValue>& values, const Drafts& drafts) {
    std::string channel = route_->channels.empty() ? "System" : chance_.pick(route_->channels);
    if (channel.ends_with('*')) channel.back() = 'X';
    if (chance_.in(3)) channel = "Application";
    if (const auto wanted = drafts.find("Channel"); wanted != drafts.end())
        channel = text_of(wanted->second);
    values["Channel"] = made_text(other_case(channel, chance_), chance_.in(50));
    std::string provider = route_->provider.empty() ? "Some Provider" : route_->provider;
    if (const auto wanted = drafts.find("Provider_Name"); wanted != drafts.end())
        provider = text_of(wanted->second);
    values["Provider_Name"] = made_text(provider, chance_.in(50));
    std::string id = route_->event_ids.empty() ? std::to_string(chance_.below(6000))
                                               : chance_.pick(route_->event_ids);
    if (const auto wanted = drafts.find("EventID"); wanted != drafts.end() && chance_.in(95))
        id = text_of(wanted->second);
    std::uint64_t number = 0;
    std::from_chars(id.data(), id.data() + id.size(), number);
    values["EventID"] = made_number(WireType::uint16, number & 0xffff, 2);
    values["Computer"] = made_text(chance_.in(50) ? "HOST1.example" : "日本-PC", true);
    values["EventRecordID"] = made_number(WireType::uint64, chance_.below(100'000), 8);
    values["Level"] = made_number(WireType::uint8, chance_.below(5), 1);
    values["TimeCreated_SystemTime"] = made_number(
        WireType::filetime, 133'000'000'000'000'000 + chance_.below(1u << 30) * 10'000'000, 8);
}

std::vector<std::optional<MadeValue>> Generator::next() {
    Drafts drafts;
    for (const auto& [name, detection] : rule_->detections)
        if (chance_.in(name.starts_with("filter") ? 30 : 88)) satisfy(detection, drafts);
    if (route_->has_where && chance_.in(90)) satisfy(route_->where, drafts);
    for (const std::string& name : names_) {
        const auto draft = drafts.find(name);
        if (draft == drafts.end() || draft->second.absent || draft->second.value) continue;
        through_map(name, text_of(draft->second), drafts);
    }
    std::map<std::string, MadeValue> system;
    set_system(system, drafts);
    std::vector<std::optional<MadeValue>> values;
    for (const std::string& name : names_) {
        const auto draft = drafts.find(name);
        if (is_system(name))
            values.emplace_back(system[name]);
        else if (draft == drafts.end() || !draft->second.touched) {
            if (chance_.in(60))
                values.emplace_back();
            else
                values.emplace_back(chance_.in(30) ? made_null() : typed(filler(chance_), chance_));
        } else if (draft->second.absent)
            values.emplace_back();
        else if (draft->second.value)
            values.push_back(draft->second.value);
        else {
            std::string text = text_of(draft->second);
            if (chance_.in(18)) text = nearly(text, chance_);
            if (chance_.in(3)) text.clear();
            values.emplace_back(typed(text, chance_));
        }
    }
    return values;
}

}  // namespace konseki::slow_sigma
