// Every key that is said to be live reaches one of those who can take it while they run.
#include "daemon/options.h"

#include <gtest/gtest.h>

#include "config/overlay.h"
#include "config/written.h"

namespace catalogd::daemon {
namespace {

using config::Config;

// The defaults, but for this key.
Config with_another(const config::Key& key) {
    static constexpr std::array candidates{"1",   "7",  "5000", "2MiB",  "3GiB",
                                           "30d", "2s", "2h",   "debug", "user:0"};
    const config::Loaded loaded = std::get<config::Loaded>(config::load({}));
    const config::Judge judge = [](const auto&, const auto&) { return std::nullopt; };
    for (const char* candidate : candidates) {
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
            EXPECT_NE(options_of(with_another(key)), before) << key.full_name();
        }
    }
}

}  // namespace
}  // namespace catalogd::daemon
