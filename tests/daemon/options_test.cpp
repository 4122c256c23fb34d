// Every key that is said to be live reaches one of those who can take it while they run.
#include "daemon/options.h"

#include <gtest/gtest.h>

#include "config/overlay.h"
#include "config/written.h"

namespace catalogd::daemon {
namespace {

using config::Config;

// Values of which one at least is allowed and not the default: the key's bounds, or of what has
// none.
std::vector<std::string> candidates(const config::Key& key) {
    std::vector<std::string> texts{"debug", "user:0", "never", "true"};
    const std::string bounds = config::written_bounds(key);
    if (const auto between = bounds.find(" to "); between != std::string::npos) {
        texts.push_back(bounds.substr(0, between));
        texts.push_back(bounds.substr(between + 4));
    }
    return texts;
}

// The defaults, but for this key.
Config with_another(const config::Key& key) {
    const config::Loaded loaded = std::get<config::Loaded>(config::load({}));
    const config::Judge judge = [](const auto&, const auto&) { return std::nullopt; };
    for (const std::string& candidate : candidates(key)) {
        Config changed =
            config::overlay(loaded, {{key.full_name(), candidate}}, judge).loaded.config;
        if (!config::differences(loaded.config, changed).empty()) {
            return changed;
        }
    }
    ADD_FAILURE() << "no candidate is another value of " << key.full_name();
    return loaded.config;
}

TEST(LiveKeys, EachChangeTheOptionsOfThoseWhoRun) {
    const Options before = options_of(config::defaults());
    for (const config::Key& key : config::keys()) {
        if (key.effect == config::Effect::Live) {
            EXPECT_FALSE(options_of(with_another(key)) == before) << key.full_name();
        }
    }
}

}  // namespace
}  // namespace catalogd::daemon
