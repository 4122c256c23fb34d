#include "actors/backups.h"

#include "catalog/backups/restored.h"
#include "catalog/backups/take.h"

namespace catalogd::actors {
namespace {

namespace backups = catalog::backups;

// A quarter of what the contract allows: a peer that does not take it holds no more.
constexpr std::size_t chunk_bytes = 1 << 20;

}  // namespace

admin::Backup to_message(const backups::Backup& backup) {
    const backups::Manifest& noted = backup.manifest;
    admin::Backup message;
    message.name = backup.name;
    message.created_at = {noted.created};
    message.bytes = noted.bytes;
    message.sha256 = noted.sha256;
    message.schema_version = noted.schema_version;
    message.proven = noted.proven.has_value();
    message.proven_at = noted.proven ? std::optional(protocol::Time{*noted.proven}) : std::nullopt;
    message.problem = backup.problem.empty() ? std::nullopt : std::optional(backup.problem);
    return message;
}

catalog::Slices slices_of(WorkContext& context) {
    return {[&context](double done) { context.progress(done); },
            [&context] { return context.cancelled(); }};
}

backups::Backup take_backup(WorkContext& context, std::optional<std::string> name) {
    const backups::Store& store = context.shared().backups;
    return take_backup(context, name ? *name : store.free_name("catalog", context.now()),
                       slices_of(context));
}

backups::Backup take_backup(WorkContext& context, const std::string& name,
                            const catalog::Slices& slices) {
    auto backup =
        backups::take(context.connection(), context.shared().backups, name, context.now(), slices);
    context.news().taken(backup.name, backup.manifest.bytes);
    return backup;
}

backups::Backup prove_backup(WorkContext& context, const std::string& name) {
    auto backup = backups::prove(context.shared().backups, name, context.now(), slices_of(context));
    context.news().proven(backup.name);
    return backup;
}

void delete_backup(WorkContext& context, const std::string& name) {
    context.shared().backups.remove(name);
    context.news().deleted(name);
}

admin::DeleteBackup::Reply perform(WorkContext& context, const admin::DeleteBackup& message) {
    delete_backup(context, message.backup);
    return {};
}

admin::ListBackups::Reply answer(ReadContext& context, const admin::ListBackups& /*message*/) {
    admin::ListBackups::Reply reply;
    for (const backups::Backup& backup : context.shared.backups.list()) {
        reply.backups.push_back(to_message(backup));
    }
    return reply;
}

admin::ReadBackup::Reply answer(ReadContext& context, const admin::ReadBackup& message) {
    const backups::Store& store = context.shared.backups;
    const backups::Backup backup = store.find(message.backup);
    admin::ReadBackup::Reply reply;
    reply.offset = message.offset ? message.offset->value : 0;
    reply.bytes = backup.manifest.bytes;
    reply.data = protocol::to_base64(store.read(message.backup, reply.offset, chunk_bytes));
    if (reply.offset == 0 && !backup.manifest.sha256.empty()) {
        reply.manifest = backups::to_text(backup.manifest);
    }
    return reply;
}

// A chunk shorter than the others is the last; base64 has four letters for three bytes.
std::optional<std::string> next_page(const admin::ReadBackup::Reply& reply) {
    const std::int64_t end = reply.offset + static_cast<std::int64_t>(chunk_bytes);
    return !reply.data.empty() && end < reply.bytes ? std::optional(std::to_string(end))
                                                    : std::nullopt;
}

}  // namespace catalogd::actors
