// io.catalogd.Admin.RotateKeys: maintenance's part, and the writer's. A new key is in its file
// before the first value is sealed with it, and the catalog notes it when the last one is: killed
// in between, the next call goes on instead of making another key.
#include <spdlog/spdlog.h>

#include "actors/maintenance.h"
#include "actors/translation.h"
#include "catalog/resealing.h"

namespace catalogd::actors {
namespace {

namespace resealing = catalog::resealing;

constexpr std::int64_t slice = 200;  // rows that one message changes: some milliseconds

std::vector<resealing::Exchange> sealed_anew(const catalog::Sealer& sealer,
                                             const std::vector<resealing::SealedKey>& keys) {
    std::vector<resealing::Exchange> exchanges;
    for (const resealing::SealedKey& key : keys) {
        const auto opened = attempt([&] { return sealer.unseal(key.sealed, key.id); });
        if (opened && *opened) {
            exchanges.push_back({key.client, key.sealed, sealer.seal(**opened, key.id)});
        } else {
            const std::string client = protocol::to_text(protocol::Id{key.id});
            const LogField field(log_field::client, client);
            spdlog::error("the session key of client {} does not open and stays as it is", client);
        }
    }
    return exchanges;
}

}  // namespace

void apply(WriteContext& context, const ExchangeSealedKeys& message) {
    resealing::exchange(context.transaction, message.exchanges);
}

void apply(WriteContext& context, const NoteKey& message) {
    resealing::note_key(context.transaction.connection(), message.key_id);
}

admin::RotateKeys::Reply perform(WorkContext& context, const admin::RotateKeys& /*message*/) {
    catalog::Sealer& sealer = context.shared().sealer;
    catalog::Connection& connection = context.connection();
    const bool new_key = resealing::noted_key(connection) == sealer.key_id();
    if (new_key) {
        sealer.make_new_key();
    }
    const catalog::Bytes key = sealer.key_id();
    // What the writer has sealed with the key before is committed when it answers this.
    context.write(ExchangeSealedKeys{});
    const std::int64_t all = resealing::count_others(connection, key);
    std::int64_t done = 0;
    std::int64_t resealed = 0;
    for (auto keys = resealing::others(connection, key, 0, slice); !keys.empty();
         keys = resealing::others(connection, key, keys.back().client, slice)) {
        context.progress(static_cast<double>(done) / static_cast<double>(all));
        context.throw_if_cancelled();
        auto exchanges = sealed_anew(sealer, keys);
        resealed += static_cast<std::int64_t>(exchanges.size());
        context.write(ExchangeSealedKeys{std::move(exchanges)});
        done += static_cast<std::int64_t>(keys.size());
    }
    context.write(NoteKey{key});
    spdlog::info("{} session keys are sealed anew with {} key", resealed,
                 new_key ? "a new" : "the current");
    return {resealed, new_key, {}};
}

}  // namespace catalogd::actors
