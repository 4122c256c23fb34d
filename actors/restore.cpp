// The restore of a running daemon: its order is what keeps every acknowledged write in the catalog
// or in the backup of it that is taken first.
#include <spdlog/spdlog.h>

#include "actors/backups.h"
#include "actors/replacement.h"
#include "actors/translation.h"
#include "catalog/backups/fit.h"
#include "catalog/backups/keys.h"
#include "catalog/backups/restored.h"
#include "catalog/backups/scratch_folder.h"

namespace catalogd::actors {
namespace {

namespace backups = catalog::backups;
namespace errors = protocol::errors;
using catalog::Slices;

// Checked, and of this program's schema.
void prepare(WorkContext& context, const admin::Restore& message, const std::string& copy,
             const Slices& slices) {
    const backups::Store& store = context.shared().backups;
    backups::restore_to_scratch(store, store.find(message.backup), copy, slices);
    backups::fit(copy, context.connection().query_integer("PRAGMA page_size"), context.now(),
                 slices);
    if (!message.without_keys.value_or(false)) {
        backups::check_keys(copy, message.backup, [&](const catalog::Bytes& key) {
            return context.shared().sealer.has(key);
        });
    }
    backups::adopt_key(copy, context.shared().sealer);
}

// The audit log goes on in the new catalog, and names where it ends in this one.
void begin_log(WorkContext& context, const std::string& backup, const std::string& copy) {
    backups::begin_log(
        copy, catalog::audit::last_link(context.connection()),
        {context.caller(), std::string(admin::Restore::method), "backup " + backup, "restored"},
        context.now());
}

// The present catalog's backup, under its name.
std::string replace(WorkContext& context, const std::string& backup, const std::string& copy,
                    const Slices& slices) {
    const backups::Store& store = context.shared().backups;
    const WritesHeld held(context, "a restore runs");
    const std::string previous = store.free_name("before-restore", context.now());
    take_backup(context, previous, slices.part(0, 0.7));
    try {
        begin_log(context, backup, copy);
        replace_catalog(context, copy,
                        {[&](double done) { context.progress(0.85 + 0.15 * done); }, {}});
    } catch (...) {
        const auto error = translate_current_exception();
        if (!std::holds_alternative<errors::OutcomeUnknown>(error)) {
            delete_backup(context, previous);  // it is the catalog that is still there
        }
        throw;
    }
    return previous;
}

}  // namespace

admin::Restore::Reply perform(WorkContext& context, const admin::Restore& message) {
    const backups::Store& store = context.shared().backups;
    const Slices slices = slices_of(context);
    static_cast<void>(store.find(message.backup));
    const backups::ScratchFolder folder(store.scratch("restored"));
    const std::string copy = folder.file("copy");
    prepare(context, message, copy, slices.part(0, 0.5));
    admin::Restore::Reply reply;
    reply.previous = replace(context, message.backup, copy, slices.part(0.5, 1));
    reply.schema_version = context.connection().query_integer("PRAGMA user_version");
    const LogField field(log_field::message_id, log_message::restored);
    spdlog::warn("the catalog was replaced by the backup {}; as it was before it is kept as {}",
                 message.backup, *reply.previous);
    return reply;
}

}  // namespace catalogd::actors
