#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/config.h"
#include "config/keys.h"
#include "config/problem.h"

namespace catalogd::config {

/// A flag of the command line that sets a key.
struct Override {
    std::string flag;  // "--socket"
    std::string key;   // "socket.path"
    std::string value;
};

/// Everything that a configuration comes from; a later source wins over an earlier one. The loader
/// reads the file and nothing else.
struct Sources {
    std::optional<std::string> file;
    /// The daemon's whole environment. Names that start with CATALOGD_ and hold a double
    /// underscore are keys, STATE_DIRECTORY moves defaults, all others are passed over.
    std::map<std::string, std::string> environment;
    std::vector<Override> flags;
};

/// Whatever gives values, in the order in which each wins over those before it.
enum class Layer { Default, Catalog, File, Environment, Flag };
constexpr std::array<std::string_view, 5> kLayerNames{"default", "catalog", "file", "environment",
                                                      "flag"};

/// Where the value of a key came from.
struct Origin {
    std::string key;
    /// "default", "default in STATE_DIRECTORY", "catalog", "FILE:LINE", "environment NAME" or
    /// "flag --NAME".
    std::string where = "default";
    Layer layer = Layer::Default;
    int line = 0;  // of the file
};

struct Loaded {
    Config config;
    std::vector<Origin> origins;  // one for each key, in the order of the table

    Origin& origin(const Key& key) { return origins[position(key)]; }
    const Origin& origin(const Key& key) const { return origins[position(key)]; }
};

/// The configuration, or everything that is wrong with it: problems of the file in its order, then
/// of the environment, of the flags, and of values that contradict each other. Throws nothing but
/// std::bad_alloc.
std::variant<Loaded, std::vector<Problem>> load(const Sources& sources);

/// What a daemon without file, environment and flags would use.
Config defaults();

}  // namespace catalogd::config
