// Copies of the catalog: what there is of them, and going back to one.
#pragma once

#include <string>

#include "cli/session.h"

namespace catalogd::cli {

struct BackupList {};
Outcome run(Session& session, const BackupList& command);

// Both are jobs, run now and waited for, as jobs run does.
struct BackupCreate {
    std::string name;  // empty: made of the time
};
Outcome run(Session& session, const BackupCreate& command);

struct BackupProve {
    std::string name;  // empty: the newest
};
Outcome run(Session& session, const BackupProve& command);

struct BackupRestore {
    std::string backup;  // its name; its file where it is offline
    bool without_keys = false;
    bool yes = false;
    bool offline = false;
    std::string database = "/var/lib/catalogd/catalog.db";  // these where it is offline alone
    std::string key_file;
    std::string folder;
};
Outcome run(Session& session, const BackupRestore& command);
// Its offline kind, for which no daemon may run.
Outcome restore_offline(Session& session, const BackupRestore& command);

// Into a file that is not there yet, and what was noted of it beside that.
struct BackupRead {
    std::string name;
    std::string to;
};
Outcome run(Session& session, const BackupRead& command);

struct BackupDelete {
    std::string name;
    bool yes = false;
};
Outcome run(Session& session, const BackupDelete& command);

}  // namespace catalogd::cli
