#include "config/conflict.h"

#include "config/written.h"

namespace catalogd::config {

std::optional<Problem> find_conflict(const AtLeast& rule, const Loaded& loaded) {
    const Key& larger = *find_key(rule.larger);
    const Key& smaller = *find_key(rule.smaller);
    const auto amount = [&](const Key& key) {
        return std::get<SizeSlot>(key.field).of(loaded.config);
    };
    if (amount(larger) >= amount(smaller)) {
        return {};
    }
    // The one that was set is the one to change.
    const bool larger_was_set = loaded.origin(larger).layer != Layer::Default;
    const Key& named = larger_was_set ? larger : smaller;
    const Key& other = larger_was_set ? smaller : larger;
    const std::string reason = "is " + written(named, loaded.config) + ", must be at " +
                               (larger_was_set ? "least " : "most ") + other.full_name() + ", " +
                               written(other, loaded.config) + " (" + loaded.origin(other).where +
                               "): " + std::string(rule.because);
    return Problem{loaded.origin(named).where, named.full_name(), reason};
}

}  // namespace catalogd::config
