// The keys that seal the session keys: rotated by the daemon, copied without it.
#pragma once

#include <string>

#include "cli/session.h"

namespace catalogd::cli {

inline constexpr const char* default_key_file = "/var/lib/catalogd/catalog.db.key";

struct KeysRotate {};
Outcome run(Session& session, const KeysRotate& command);

// Both leave a file that is there already as it is.
struct KeysExport {
    std::string to;
    std::string key_file = default_key_file;
};
Outcome run(Session& session, const KeysExport& command);

struct KeysImport {
    std::string from;
    std::string key_file = default_key_file;
};
Outcome run(Session& session, const KeysImport& command);

}  // namespace catalogd::cli
