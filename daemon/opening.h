// What a start opens, and where it finds it: the socket, the catalog, its key, its backups.
#pragma once

#include <string>

#include "catalog/catalog.h"
#include "config/config.h"
#include "endpoints/listening_socket.h"

namespace catalogd::daemon {

// The service manager's, where it has passed one: it stays while the daemon is replaced. Throws
// what the constructors of ListeningSocket do.
endpoints::ListeningSocket open_socket(const config::Config::Socket& socket);

// May take long, and asks the service manager for that time: the catalog may go forward by several
// schemas, after a copy of the whole. `now` is in milliseconds since 1970.
catalog::Opened open_catalog(const catalog::OpenOptions& options, const config::Config& config,
                             std::int64_t now);

// What of it an operator has to know.
void log_what_was_opened(const catalog::Opened& opened);

std::string backup_folder_of(const config::Config& config);

}  // namespace catalogd::daemon
