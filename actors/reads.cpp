// The readers' handlers.
#include "actors/cursor.h"
#include "actors/handlers.h"
#include "actors/records.h"
#include "catalog/clients.h"
#include "catalog/failure.h"
#include "catalog/files.h"

namespace catalogd::actors {
namespace {

namespace errors = protocol::errors;

[[noreturn]] void refuse(const char* parameter, const char* reason) {
    throw protocol::Error(errors::InvalidValue{parameter, reason});
}

catalog::Owner owner_of(ReadContext& context, const protocol::Id& client) {
    auto owner = catalog::clients::find_owner(context.connection, client.bytes);
    if (!owner) {
        throw catalog::UnknownClient{{}, client.bytes};
    }
    return std::move(*owner);
}

files::Get::Reply find_by_id(ReadContext& context, const files::Get& message) {
    auto found = catalog::files::find_by_id(context.connection, message.id->bytes);
    if (!found) {
        throw catalog::FileNotFound{{}, message.id->bytes, {}, {}};
    }
    return {to_file(context.shared.folding, found->owner, std::move(found->file))};
}

files::Get::Reply find_by_name(ReadContext& context, const files::Get& message) {
    const catalog::Snapshot snapshot(context.connection);
    const catalog::Owner owner = owner_of(context, *message.client_id);
    auto file = catalog::files::find(context.connection, owner.number, *message.name);
    if (!file) {
        throw catalog::FileNotFound{{}, {}, owner.id, message.name};
    }
    return {to_file(context.shared.folding, owner, std::move(*file))};
}

files::List::Reply list_of_client(ReadContext& context, const files::List& message) {
    const catalog::Owner owner = owner_of(context, *message.client_id);
    catalog::files::Position after;
    if (message.after) {
        after = file_position(*message.after);
    }
    auto page =
        catalog::files::list(context.connection, owner.number, after.name, limit_of(message.limit));
    files::List::Reply reply;
    if (!page.complete) {
        reply.next = to_cursor({owner.id, page.records.back().name});
    }
    for (catalog::FileRecord& file : page.records) {
        reply.files.push_back(to_file(context.shared.folding, owner, std::move(file)));
    }
    return reply;
}

files::List::Reply list_of_all(ReadContext& context, const files::List& message) {
    catalog::files::Position after;
    if (message.after) {
        after = file_position(*message.after);
    }
    auto page = catalog::files::list_all(context.connection, after, limit_of(message.limit));
    files::List::Reply reply;
    if (!page.complete) {
        const catalog::OwnedFile& last = page.records.back();
        reply.next = to_cursor({last.owner.id, last.file.name});
    }
    for (catalog::OwnedFile& owned : page.records) {
        reply.files.push_back(to_file(context.shared.folding, owned.owner, std::move(owned.file)));
    }
    return reply;
}

}  // namespace

clients::Get::Reply answer(ReadContext& context, const clients::Get& message) {
    if (message.id.has_value() == message.name.has_value()) {
        refuse("id", "give exactly one of id and name");
    }
    auto client = message.id ? catalog::clients::find(context.connection, message.id->bytes)
                             : catalog::clients::find_by_name(context.connection, *message.name);
    if (!client) {
        throw protocol::Error(errors::ClientNotFound{message.id, message.name});
    }
    return {to_client(std::move(*client))};
}

clients::GetSessionKey::Reply answer(ReadContext& context, const clients::GetSessionKey& message) {
    const auto sealed = catalog::clients::sealed_key(context.connection, message.id.bytes);
    if (!sealed) {
        return {};
    }
    auto key = context.shared.sealer.unseal(*sealed, message.id.bytes);
    if (!key) {
        throw protocol::Error(
            errors::InternalError{"the stored session key does not open: it is damaged, or was "
                                  "sealed for another client"});
    }
    return {protocol::SessionKey{std::move(*key)}};
}

clients::List::Reply answer(ReadContext& context, const clients::List& message) {
    const catalog::Snapshot snapshot(context.connection);
    // The two enumerations name the same orders in the same order.
    const auto order =
        static_cast<catalog::clients::Order>(message.order.value_or(clients::Order::name));
    const catalog::clients::Filter filter{message.text.value_or(""), order};
    const std::int64_t limit = limit_of(message.limit);
    std::optional<catalog::clients::Position> after;
    if (message.after) {
        after = client_position(*message.after, order);
    }
    auto page = catalog::clients::list(context.connection, context.shared.folding, filter, after,
                                       limit + 1);
    clients::List::Reply reply;
    if (page.size() > static_cast<std::size_t>(limit)) {
        page.pop_back();
        reply.next = to_cursor(page.back().position, order);
    }
    for (catalog::clients::Listed& listed : page) {
        reply.clients.push_back(to_client(std::move(listed.client)));
    }
    if (message.count_total.value_or(false)) {
        reply.total =
            catalog::clients::count(context.connection, context.shared.folding, filter.text);
    }
    return reply;
}

files::Get::Reply answer(ReadContext& context, const files::Get& message) {
    const bool by_name = message.client_id && message.name;
    const bool part_of_name = message.client_id || message.name;
    if (message.id ? part_of_name : !by_name) {
        refuse("id", "give either id, or clientId and name");
    }
    return message.id ? find_by_id(context, message) : find_by_name(context, message);
}

files::List::Reply answer(ReadContext& context, const files::List& message) {
    const catalog::Snapshot snapshot(context.connection);
    return message.client_id ? list_of_client(context, message) : list_of_all(context, message);
}

}  // namespace catalogd::actors
