#include "daemon/opening.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cstdlib>

#include "actors/log_fields.h"
#include "catalog/backups/store.h"
#include "daemon/long_step.h"
#include "daemon/service_manager.h"

namespace catalogd::daemon {
namespace {

// A credential goes before the configured file.
catalog::KeyFile key_file_of(const config::Config& config) {
    const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
    const std::string given =
        std::string(credentials != nullptr ? credentials : "") + "/catalogd.key";
    if (credentials != nullptr && ::access(given.c_str(), F_OK) == 0) {
        return {given, true};
    }
    return {config.database.key_file, false};
}

void log_migration(const catalog::Migrated& migrated) {
    if (migrated.from != migrated.to) {
        spdlog::info("the catalog went from schema {} to {}", migrated.from, migrated.to);
    }
    if (migrated.backup) {
        spdlog::info("the catalog as it was before is kept in {}", *migrated.backup);
    }
}

}  // namespace

endpoints::ListeningSocket open_socket(const config::Config::Socket& socket) {
    if (const auto passed = service_manager::passed_socket("varlink")) {
        return endpoints::ListeningSocket(*passed);
    }
    return {socket.path, socket.mode, socket.group};
}

catalog::Opened open_catalog(const catalog::OpenOptions& options, const config::Config& config,
                             std::int64_t now) {
    const LongStep step("Opening the catalog " + options.path);
    return catalog::open(options, key_file_of(config), now);
}

void log_what_was_opened(const catalog::Opened& opened) {
    log_migration(opened.migrated);
    if (const std::string& refusal = opened.sealer.refusal(); !refusal.empty()) {
        const actors::LogField field(actors::log_field::message_id,
                                     actors::log_message::keys_unavailable);
        spdlog::error("session keys are neither stored nor given out: {}", refusal);
    }
}

std::string backup_folder_of(const config::Config& config) {
    return config.backup.folder.empty() ? catalog::backups::folder_beside(config.database.path)
                                        : config.backup.folder;
}

}  // namespace catalogd::daemon
