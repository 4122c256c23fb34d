#include "config/values.h"

#include <algorithm>
#include <optional>

#include "config/characters.h"
#include "config/principals.h"
#include "config/units.h"
#include "config/written.h"

namespace catalogd::config {
namespace {

using Kind = Node::Kind;

Fault fault(const Key& key, const Node& value, std::string reason) {
    return {value.at, key.full_name(), std::move(reason)};
}

std::string_view got(Kind kind) {
    switch (kind) {
        case Kind::List:
            return "a list";
        case Kind::Map:
            return "a mapping";
        default:
            return "a text";
    }
}

/// A number for a message: nobody reads hundreds of digits.
std::string number(const std::string& text) {
    return text.size() <= 40 ? text : text.substr(0, 40) + "...";
}

/// Places a value of each type, or says why not.
class Assignment {
public:
    Assignment(const Key& key, const Node& value, Config& config)
        : key_(key), value_(value), config_(config) {}

    std::vector<Fault> run() {
        const bool list = key_.type() == Type::Principals;
        if (value_.kind == Kind::Refused) {
            return {};
        }
        if (value_.kind == Kind::Null) {
            refuse(list ? "has no value; an empty list is []" : "has no value");
        } else if (list != (value_.kind == Kind::List) || (!list && !value_.is_scalar())) {
            refuse("expected " + std::string(noun(key_.type())) + ", got " +
                   std::string(got(value_.kind)));
        } else {
            std::visit([this](const auto& slot) { place(slot); }, key_.field);
        }
        return std::move(faults_);
    }

private:
    void refuse(std::string reason) { faults_.push_back(fault(key_, value_, std::move(reason))); }

    void require_bounds(std::int64_t amount, const std::string& as_written) {
        if (amount < key_.bounds.least || amount > key_.bounds.most) {
            refuse("must be " + written_bounds(key_) + ", is " + as_written);
        }
    }

    void place(const PathSlot& slot) {
        const std::string& text = value_.text;
        if (value_.kind == Kind::Plain && reads_as_other_type(text)) {
            return refuse("expected a path, got " + shown(text) +
                          "; a path of that name needs quotes");
        }
        if (const auto bad = find_bad_byte(text, Lines::Refused)) {
            return refuse(bad->reason);
        }
        require_bounds(static_cast<std::int64_t>(text.size()), std::to_string(text.size()));
        put(slot, text);
    }

    void place(const TextSlot& slot) {
        const std::string& text = value_.text;
        if (const auto bad = find_bad_byte(text, Lines::Refused)) {
            return refuse(bad->reason);
        }
        require_bounds(static_cast<std::int64_t>(text.size()), std::to_string(text.size()));
        put(slot, text);
    }

    void place(const GroupSlot& slot) {
        if (const auto reason = refuse_account(value_.text); reason && !value_.text.empty()) {
            return refuse(*reason);
        }
        put(slot, value_.text);
    }

    void place(const ModeSlot& slot) {
        if (value_.kind == Kind::Plain) {
            return refuse(
                "a mode needs quotes: without them YAML may read a number of another "
                "value; got " +
                shown(value_.text));
        }
        const Result<unsigned> parsed = parse_mode(value_.text);
        if (const auto* refusal = std::get_if<Refusal>(&parsed)) {
            return refuse(refusal->reason);
        }
        const unsigned mode = std::get<unsigned>(parsed);
        const auto least = static_cast<unsigned>(key_.bounds.least);
        const auto most = static_cast<unsigned>(key_.bounds.most);
        if ((mode & least) != least || (mode & ~most) != 0) {
            return refuse("must be " + written_bounds(key_) + ", without execute bits, is \"" +
                          value_.text + "\"");
        }
        put(slot, mode);
    }

    void place(const CountSlot& slot) {
        if (value_.kind == Kind::Quoted) {
            return refuse("expected a whole number without quotes, got " + shown(value_.text));
        }
        const Result<std::int64_t> parsed = parse_count(value_.text);
        if (const auto* refusal = std::get_if<Refusal>(&parsed)) {
            return refuse(refusal->reason);
        }
        const auto count = std::get<std::int64_t>(parsed);
        require_bounds(count, number(value_.text));
        put(slot, static_cast<int>(count));
    }

    void place(const SizeSlot& slot) {
        const Result<std::int64_t> parsed = parse_size(value_.text);
        if (const auto* refusal = std::get_if<Refusal>(&parsed)) {
            return refuse(refusal->reason);
        }
        require_bounds(std::get<std::int64_t>(parsed), number(value_.text));
        put(slot, std::get<std::int64_t>(parsed));
    }

    void place(const DurationSlot& slot) {
        const Result<std::chrono::milliseconds> parsed = parse_duration(value_.text);
        if (const auto* refusal = std::get_if<Refusal>(&parsed)) {
            return refuse(refusal->reason);
        }
        const auto duration = std::get<std::chrono::milliseconds>(parsed);
        require_bounds(duration.count(), number(value_.text));
        put(slot, duration);
    }

    void place(const LevelSlot& slot) {
        const auto* found = std::ranges::find(kLevelNames, value_.text);
        if (found == kLevelNames.end()) {
            return refuse("expected trace, debug, info, warning or error, got " +
                          shown(value_.text));
        }
        put(slot, static_cast<Level>(found - kLevelNames.begin()));
    }

    void place(const TimetableSlot& slot) {
        const Result<Timetable> parsed = parse_timetable(value_.text);
        if (const auto* refusal = std::get_if<Refusal>(&parsed)) {
            return refuse(refusal->reason);
        }
        put(slot, std::get<Timetable>(parsed));
    }

    void place(const SwitchSlot& slot) {
        const bool on = value_.text == "true";
        if (value_.kind == Kind::Quoted || (!on && value_.text != "false")) {
            return refuse("expected true or false without quotes, got " + shown(value_.text));
        }
        put(slot, on);
    }

    void place(const PrincipalsSlot& slot) {
        const std::size_t count = value_.items.size();
        if (count > static_cast<std::size_t>(key_.bounds.most)) {
            return refuse("must be " + written_bounds(key_) + ", is " + std::to_string(count));
        }
        std::vector<std::string> principals;
        for (const Node& item : value_.items) {
            if (item.kind == Kind::Refused) {
                continue;
            }
            if (const auto reason = refuse_item(item, principals)) {
                faults_.push_back(fault(key_, item, *reason));
            } else {
                principals.push_back(item.text);
            }
        }
        put(slot, principals);
    }

    static std::optional<std::string> refuse_item(const Node& item,
                                                  const std::vector<std::string>& earlier) {
        if (!item.is_scalar()) {
            return "expected an entry such as user:backup, without a space after the colon";
        }
        if (std::ranges::find(earlier, item.text) != earlier.end()) {
            return shown(item.text) + " is listed twice";
        }
        return refuse_principal(item.text);
    }

    template <typename S, typename Value>
    void put(const S& slot, const Value& value) {
        if (faults_.empty()) {
            slot.in(config_) = value;
        }
    }

    const Key& key_;
    const Node& value_;
    Config& config_;
    std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> assign(const Key& key, const Node& value, Config& config) {
    return Assignment(key, value, config).run();
}

Node outside_value(const Key& key, std::string_view text) {
    if (key.type() != Type::Principals) {
        return {Kind::Outside, {}, std::string(text), {}, {}};
    }
    Node list{Kind::List, {}, {}, {}, {}};
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        list.items.push_back({Kind::Outside, {}, std::string(text.substr(0, comma)), {}, {}});
        text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
        if (comma != std::string_view::npos && text.empty()) {
            list.items.push_back({Kind::Outside, {}, {}, {}, {}});
        }
    }
    return list;
}

}  // namespace catalogd::config
