// catalogctl backup restore --offline: for an empty machine, or a daemon that does not start.
#include <sys/stat.h>

#include <chrono>
#include <ostream>

#include "catalog/backups/offline.h"
#include "catalog/backups/store.h"
#include "catalog/failure.h"
#include "cli/backups.h"
#include "cli/printable.h"
#include "cli/progress_bar.h"
#include "protocol/codec.h"

namespace catalogd::cli {
namespace {

namespace backups = catalog::backups;

backups::OfflineRestore order_of(const BackupRestore& command) {
    backups::OfflineRestore order;
    order.file = command.backup;
    order.database = command.database;
    order.key_file = command.key_file.empty() ? command.database + ".key" : command.key_file;
    order.folder =
        command.folder.empty() ? backups::folder_beside(command.database) : command.folder;
    order.without_keys = command.without_keys;
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    order.now = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    return order;
}

std::string joined(const std::vector<std::string>& keys) {
    std::string text;
    for (const std::string& key : keys) {
        text += (text.empty() ? "" : ", ") + key;
    }
    return text;
}

// In the words of this program; of the exception that is being handled.
Failure explain(const BackupRestore& command) {
    try {
        throw;
    } catch (const catalog::UnknownBackup&) {
        return {ExitCode::not_found, "there is no file " + command.backup};
    } catch (const catalog::BackupDamaged& refusal) {
        return {ExitCode::failed, command.backup + " is damaged: " + refusal.reason};
    } catch (const catalog::UnfitBackup& refusal) {
        return usage_failure(command.backup + ": " + refusal.reason);
    } catch (const catalog::BackupKeysMissing& refusal) {
        return {ExitCode::failed, "its session keys are sealed with " + joined(refusal.keys) +
                                      ", and the key file does not have them: put it in place, "
                                      "or go on with --without-keys; nothing was changed"};
    } catch (const catalog::DiskTooSmall& refusal) {
        return {ExitCode::failed, refusal.reason};
    } catch (const catalog::Unusable& failure) {
        const bool held = failure.kind == catalog::Unusable::Kind::held;
        return {held ? ExitCode::again : ExitCode::failed, failure.what()};
    }
}

void print(Session& session, const backups::OfflineRestored& restored) {
    session.out << "Restored; the catalog has schema " << restored.schema_version << '\n';
    if (restored.previous) {
        session.out << "The catalog as it was before is the backup '"
                    << printable(*restored.previous) << "'\n";
    }
    if (restored.set_aside) {
        session.out << "What was there could not be read, and is now "
                    << printable(*restored.set_aside) << '\n';
    }
    if (!restored.noted) {
        session.err << "catalogctl: no readable .manifest is beside the file: it is sound, but "
                       "was not compared with what was taken\n";
    }
}

void print_json(Session& session, const backups::OfflineRestored& restored) {
    std::string json = "{\"schemaVersion\":" + std::to_string(restored.schema_version);
    const auto member = [&](const char* name, const std::optional<std::string>& value) {
        if (value) {
            protocol::append_quoted(((json += ",\"") += name) += "\":", printable(*value));
        }
    };
    member("previous", restored.previous);
    member("setAside", restored.set_aside);
    session.out << json << ",\"compared\":" << (restored.noted ? "true" : "false") << "}\n";
}

}  // namespace

Outcome restore_offline(Session& session, const BackupRestore& command) {
    ::umask(0077);  // as the daemon's: what is made here is its own alone
    try {
        ProgressBar bar(session, "restored");
        const auto restored =
            backups::restore_offline(order_of(command), {[&](double done) { bar.show(done); }, {}});
        bar.clear();
        session.options.json ? print_json(session, restored) : print(session, restored);
        return ExitCode::ok;
    } catch (...) {
        return explain(command);
    }
}

}  // namespace catalogd::cli
