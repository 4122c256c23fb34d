// The writer's handlers of io.catalogd.Files.
#include "actors/handlers.h"
#include "actors/records.h"
#include "catalog/clients.h"
#include "catalog/failure.h"
#include "catalog/files.h"
#include "catalog/removals.h"

namespace catalogd::actors {
namespace {

namespace file_table = catalog::files;

catalog::Owner owner_of(WriteContext& context, const protocol::Id& client) {
    auto owner = catalog::clients::find_owner(context.transaction.connection(), client.bytes);
    if (!owner) {
        throw catalog::UnknownClient{{}, client.bytes};
    }
    return std::move(*owner);
}

file_table::Saved save(WriteContext& context, const catalog::Owner& owner,
                       const files::NewFile& file) {
    return file_table::save(context.transaction, owner.number, to_record(file));
}

// The record that a call names must exist.
files::File existing(WriteContext& context, const catalog::Owner& owner,
                     std::optional<catalog::FileRecord> record, const std::string& name) {
    if (!record) {
        throw catalog::FileNotFound{{}, {}, owner.id, name};
    }
    return to_file(context.shared.folding, owner, std::move(*record));
}

}  // namespace

files::Save::Reply apply(WriteContext& context, const files::Save& message) {
    const catalog::Owner owner = owner_of(context, message.client_id);
    auto saved = save(context, owner, message.file);
    return {to_file(context.shared.folding, owner, std::move(saved.file)), saved.created};
}

files::SaveMany::Reply apply(WriteContext& context, const files::SaveMany& message) {
    const catalog::Owner owner = owner_of(context, message.client_id);
    files::SaveMany::Reply reply;
    for (const files::NewFile& file : message.files.value) {
        ++(save(context, owner, file).created ? reply.created : reply.updated);
    }
    return reply;
}

files::SetVerified::Reply apply(WriteContext& context, const files::SetVerified& message) {
    const catalog::Owner owner = owner_of(context, message.client_id);
    const auto crc = message.crc ? std::optional(message.crc->value) : std::nullopt;
    return {existing(context, owner,
                     file_table::set_verified(context.transaction, owner.number, message.name,
                                              message.verified, crc),
                     message.name)};
}

files::Delete::Reply apply(WriteContext& context, const files::Delete& message) {
    const catalog::Owner owner = owner_of(context, message.client_id);
    return {existing(context, owner,
                     file_table::remove(context.transaction, owner.number, message.name),
                     message.name)};
}

files::DeleteMany::Reply apply(WriteContext& context, const files::DeleteMany& message) {
    const catalog::Owner owner = owner_of(context, message.client_id);
    files::DeleteMany::Reply reply;
    for (const std::string& name : message.names.value) {
        if (file_table::remove(context.transaction, owner.number, name)) {
            ++reply.deleted;
        } else {
            reply.missing.push_back(name);
        }
    }
    return reply;
}

files::ConfirmRemovals::Reply apply(WriteContext& context, const files::ConfirmRemovals& message) {
    std::vector<catalog::Id> ids;
    for (const protocol::Id& id : message.ids.value) {
        ids.push_back(id.bytes);
    }
    return {catalog::removals::confirm(context.transaction, ids)};
}

}  // namespace catalogd::actors
