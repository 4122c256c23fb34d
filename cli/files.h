// catalogctl files: the records of what clients have stored.
#pragma once

#include <cstdint>
#include <string>

#include "cli/session.h"

namespace catalogd::cli {

struct FilesList {
    std::string client;      // a name or an id; empty: of all clients
    std::int64_t limit = 0;  // 0: every record
};
Outcome run(Session& session, const FilesList& command);

struct FilesShow {
    std::string client;
    std::string name;
};
Outcome run(Session& session, const FilesShow& command);

struct FilesDelete {
    std::string client;
    std::string name;
    bool yes = false;
};
Outcome run(Session& session, const FilesDelete& command);

}  // namespace catalogd::cli
