// How the daemon ends, for systemd and for whoever started it (sysexits.h where it has a name).
#pragma once

namespace catalogd::daemon {

enum ExitCode : int {
    exit_ok = 0,
    exit_failed = 1,        // a fault that has no better name
    exit_usage = 64,        // the command line
    exit_damaged = 65,      // the database is damaged, or none: only a person can help
    exit_unavailable = 69,  // something the daemon needs is not there
    exit_io = 74,           // the disk failed, or the files were moved away
    exit_held = 75,         // another daemon has the database or the socket: try again later
    exit_config = 78,       // configuration, foreign or newer database
};

}  // namespace catalogd::daemon
