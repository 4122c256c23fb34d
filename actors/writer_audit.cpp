// The writer's part in the audit log: what a batch has to tell goes into the commit of its changes.
#include <spdlog/spdlog.h>

#include "actors/audit.h"
#include "actors/translation.h"
#include "actors/writer.h"
#include "catalog/failure.h"

namespace catalogd::actors {
namespace {

// Expired entries that a commit removes beyond as many as it adds.
constexpr std::int64_t entries_spare = 16;

}  // namespace

// Outside every savepoint: what failed is told of as well.
void Writer::record(catalog::WriteTransaction& transaction,
                    std::span<const catalog::audit::Act> acts) {
    if (!acts.empty()) {
        catalog::audit::append(transaction, acts);
        catalog::audit::remove_expired(transaction, transaction.now() - options_.audit.count(),
                                       std::ssize(acts) + entries_spare);
    }
}

// The batch went back, and with it what it would have told: that it was tried is told alone.
void Writer::record_failed(std::span<const WriterMail> batch) {
    const auto acts = entries_of(batch);
    if (acts.empty()) {
        return;
    }
    try {
        catalog::WriteTransaction transaction(*connection_, clock_.wall());
        record(transaction, acts);
        make_durable(transaction);
    } catch (const catalog::CommitUnknown& unknown) {
        fail(unknown.what());
    } catch (...) {
        spdlog::error("{} refused calls are missing in the audit log: {}", acts.size(),
                      protocol::name_of(translate_current_exception()));
    }
}

}  // namespace catalogd::actors
