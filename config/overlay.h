#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/loader.h"
#include "config/problem.h"

namespace catalogd::config {

/// Values that the catalog keeps: by full name, written as in a file.
using Stored = std::map<std::string, std::string>;

/// Why a value that is well written cannot be used here, such as the name of a user that this
/// machine does not know.
using Judge = std::function<std::optional<std::string>(const Key& key, const Config& config)>;

struct Overlaid {
    Loaded loaded;
    std::vector<Problem> passed_over;  // stored values that are not used, and why
};

/// Puts the stored values over the defaults and under everything else. Never fails: one that cannot
/// be used is passed over, for it may be there since before the daemon was changed. Where stored
/// values contradict others, they are passed over.
Overlaid overlay(const Loaded& loaded, const Stored& stored, const Judge& judge);

/// The keys whose values differ.
std::vector<const Key*> differences(const Config& one, const Config& other);

/// Gives the key in `to` the value that it has in `from`.
void copy_value(const Key& key, const Config& from, Config& to);

}  // namespace catalogd::config
