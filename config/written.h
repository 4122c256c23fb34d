#pragma once

#include <string>
#include <string_view>

#include "config/keys.h"

namespace catalogd::config {

/// The value of a key as a file would hold it: for every value, assign() takes back what
/// written() gives.
std::string written(const Key& key, const Config& config);

/// The text as a YAML scalar: in quotes only where it would not be read back as the same text.
std::string yaml_text(std::string_view text);

/// Whether YAML reads the text, when it has no quotes, as something else than a text.
bool reads_as_other_type(std::string_view text);

/// The default as a file would hold it.
std::string written_fallback(const Key& key);

/// What a value of the type is called: "a size".
std::string_view noun(Type type);

/// The bounds in the type's units, such as "1MiB to 16GiB"; empty where the type has none.
std::string written_bounds(const Key& key);

}  // namespace catalogd::config
