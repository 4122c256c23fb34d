// What is noted of a backup when it is taken, in a text file beside it.
#pragma once

#include <optional>
#include <string_view>

#include "catalog/backups/digest.h"

namespace catalogd::catalog::backups {

struct Manifest {
    std::int64_t created = 0;  // milliseconds since 1970, as every time
    std::int64_t bytes = 0;
    std::string sha256;  // of the whole file, in hex
    std::int64_t schema_version = 0;
    std::optional<std::int64_t> proven;  // when it was last restored and found equal
    std::vector<std::string> keys;       // identifiers of those that session keys are sealed with
    std::vector<TableDigest> tables;

    bool operator==(const Manifest&) const = default;
};

// Lines of words; docs/operations.md shows one.
std::string to_text(const Manifest& manifest);
// Empty where a line is missing, cut or unknown.
std::optional<Manifest> parse_manifest(std::string_view text);

}  // namespace catalogd::catalog::backups
