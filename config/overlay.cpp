#include "config/overlay.h"

#include <algorithm>
#include <array>
#include <variant>

#include "config/characters.h"
#include "config/conflict.h"
#include "config/values.h"

namespace catalogd::config {
namespace {

constexpr std::string_view kCatalog = kLayerNames[static_cast<std::size_t>(Layer::Catalog)];

/// The text as a file's value, or why it is none. A list may also stand as in a variable.
std::variant<Node, std::string> parse(const Key& key, const std::string& text) {
    if (const auto bad = find_bad_byte(text, Lines::Refused)) {
        return bad->reason;
    }
    Walked walked = walk(text);
    if (!walked.faults.empty()) {
        return walked.faults.front().reason;
    }
    if (key.type() == Type::Principals && walked.root.is_scalar()) {
        return outside_value(key, walked.root.text);
    }
    return std::move(walked.root);
}

class Overlay {
public:
    Overlay(const Loaded& below, const Judge& judge)
        : below_(below), judge_(judge), result_{below, {}} {}

    void put(const std::string& name, const std::string& text) {
        const Key* key = find_key(name);
        if (key == nullptr) {
            return pass_over(name, "unknown key");
        }
        if (key->effect == Effect::Start) {
            return pass_over(name, "is needed before the catalog is open");
        }
        if (below_.origin(*key).layer > Layer::Catalog) {
            return;  // something above it is used
        }
        if (const auto reason = place(*key, text)) {
            copy_value(*key, below_.config, result_.loaded.config);
            return pass_over(name, *reason);
        }
        Origin& origin = result_.loaded.origin(*key);
        origin.layer = Layer::Catalog;
        origin.where = kCatalog;
    }

    /// What lies below has no conflict, so each that is found takes a stored value away.
    Overlaid finish() && {
        for (bool settled = false; !settled;) {
            settled = std::ranges::none_of(rules(), [&](const AtLeast& rule) {
                const auto conflict = find_conflict(rule, result_.loaded);
                if (conflict) {
                    result_.passed_over.push_back(*conflict);
                    take_away(rule.larger);
                    take_away(rule.smaller);
                }
                return conflict.has_value();
            });
        }
        return std::move(result_);
    }

private:
    void pass_over(const std::string& name, const std::string& reason) {
        const std::string printable = shown(name);
        result_.passed_over.push_back(
            {std::string(kCatalog), printable.substr(1, printable.size() - 2), reason});
    }

    std::optional<std::string> place(const Key& key, const std::string& text) {
        const auto parsed = parse(key, text);
        if (const auto* reason = std::get_if<std::string>(&parsed)) {
            return *reason;
        }
        const auto faults = assign(key, std::get<Node>(parsed), result_.loaded.config);
        return faults.empty() ? judge_(key, result_.loaded.config)
                              : std::optional(faults.front().reason);
    }

    void take_away(std::string_view name) {
        const Key& key = *find_key(name);
        if (result_.loaded.origin(key).layer == Layer::Catalog) {
            copy_value(key, below_.config, result_.loaded.config);
            result_.loaded.origin(key) = below_.origin(key);
        }
    }

    const Loaded& below_;
    const Judge& judge_;
    Overlaid result_;
};

}  // namespace

Overlaid overlay(const Loaded& loaded, const Stored& stored, const Judge& judge) {
    Overlay overlay(loaded, judge);
    for (const auto& [name, text] : stored) {
        overlay.put(name, text);
    }
    return std::move(overlay).finish();
}

std::vector<const Key*> differences(const Config& one, const Config& other) {
    std::vector<const Key*> found;
    for (const Key& key : keys()) {
        if (!std::visit([&](const auto& slot) { return slot.of(one) == slot.of(other); },
                        key.field)) {
            found.push_back(&key);
        }
    }
    return found;
}

void copy_value(const Key& key, const Config& from, Config& to) {
    std::visit([&](const auto& slot) { slot.in(to) = slot.of(from); }, key.field);
}

}  // namespace catalogd::config
