// The writer's handlers of io.catalogd.Clients.
#include <algorithm>

#include "actors/handlers.h"
#include "actors/records.h"
#include "catalog/clients.h"

namespace catalogd::actors {
namespace {

namespace client_table = catalog::clients;
namespace errors = protocol::errors;

template <std::size_t size>
std::optional<catalog::Bytes> bytes_of(const std::optional<protocol::Key<size>>& key) {
    return key ? std::optional(key->value) : std::nullopt;
}

// A new identifier where the caller gave none.
catalog::Id identify(WriteContext& context, const std::optional<protocol::Id>& id) {
    return id ? id->bytes : context.transaction.new_id();
}

// Of Save and of NewClient, which name the same things.
template <class Message>
client_table::Change change_of(WriteContext& context, const catalog::Id& id,
                               const Message& message) {
    client_table::Change change;
    change.name = message.name.value;
    change.public_key = bytes_of(message.public_key);
    if (message.session_key) {
        change.sealed_key = context.shared.sealer.seal(message.session_key->value, id);
    }
    change.last_seen = context.transaction.now();
    return change;
}

client_table::Edit edit_of(const clients::Update& message) {
    client_table::Edit edit;
    if (message.name) {
        edit.name = message.name->value;
    }
    edit.public_key = bytes_of(message.public_key);
    for (const std::string& name : message.clear.value_or(std::vector<std::string>())) {
        if (name == "publicKey") {
            edit.clear_public_key = true;
        } else if (name == "sessionKey") {
            edit.clear_session_key = true;
        } else {
            throw protocol::Error(
                errors::InvalidValue{"clear", "must name publicKey or sessionKey, names " + name});
        }
    }
    if (edit.clear_public_key && edit.public_key) {
        throw protocol::Error(errors::InvalidValue{"clear", "names publicKey, which is given too"});
    }
    return edit;
}

}  // namespace

clients::Save::Reply apply(WriteContext& context, const clients::Save& message) {
    const catalog::Id id = identify(context, message.id);
    auto saved = client_table::save(context.transaction, id, change_of(context, id, message));
    return {to_client(std::move(saved.client)), saved.created};
}

clients::Update::Reply apply(WriteContext& context, const clients::Update& message) {
    return {
        to_client(client_table::update(context.transaction, message.id.bytes, edit_of(message)))};
}

clients::Touch::Reply apply(WriteContext& context, const clients::Touch& message) {
    client_table::touch(context.transaction, message.id.bytes,
                        message.at ? message.at->milliseconds : context.transaction.now());
    return {};
}

clients::Delete::Reply apply(WriteContext& context, const clients::Delete& message) {
    const auto files = client_table::remove(context.transaction, message.id.bytes);
    if (!files) {
        throw protocol::Error(errors::ClientNotFound{message.id, {}});
    }
    return {*files};
}

clients::DeleteMany::Reply apply(WriteContext& context, const clients::DeleteMany& message) {
    clients::DeleteMany::Reply reply;
    for (const protocol::Id& id : message.ids.value) {
        if (const auto files = client_table::remove(context.transaction, id.bytes)) {
            ++reply.deleted_clients;
            reply.deleted_files += *files;
        } else {
            reply.missing.push_back(id);
        }
    }
    return reply;
}

clients::Import::Reply apply(WriteContext& context, const clients::Import& message) {
    clients::Import::Reply reply;
    reply.attempted = static_cast<std::int64_t>(message.clients.value.size());
    for (const clients::NewClient& client : message.clients.value) {
        const catalog::Id id = identify(context, client.id);
        client_table::Change change = change_of(context, id, client);
        change.last_seen =
            client.last_seen ? client.last_seen->milliseconds : context.transaction.now();
        if (client_table::insert_new(context.transaction, id, change)) {
            ++reply.inserted;
        } else {
            ++reply.skipped;
            reply.skipped_names.push_back(client.name.value);
        }
    }
    return reply;
}

}  // namespace catalogd::actors
