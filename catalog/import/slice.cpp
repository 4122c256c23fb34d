#include "catalog/import/slice.h"

#include <algorithm>
#include <limits>

namespace catalogd::catalog::import {

Outcome foresee(Connection& connection, const ImportedClient& client) {
    if (clients::find_owner(connection, client.id)) {
        return Outcome::present;
    }
    return clients::find_by_name(connection, client.client.name) ? Outcome::name_taken
                                                                 : Outcome::imported;
}

Outcome foresee(Connection& connection, const ImportedFile& file) {
    const auto owner = clients::find_owner(connection, file.client);
    if (!owner) {
        return Outcome::unknown_client;
    }
    return files::find(connection, owner->number, file.file.name) ? Outcome::present
                                                                  : Outcome::imported;
}

Outcome foresee(Connection& connection, const metrics::Sample& sample) {
    const auto at_that_time = metrics::history(connection, sample.name, {sample.at, sample.at},
                                               std::numeric_limits<std::int32_t>::max());
    const bool there = std::ranges::any_of(
        at_that_time, [&](const metrics::Point& point) { return point.value == sample.value; });
    return there ? Outcome::present : Outcome::imported;
}

Outcome place(WriteTransaction& transaction, const ImportedClient& client) {
    const Outcome outcome = foresee(transaction.connection(), client);
    if (outcome == Outcome::imported) {
        clients::insert_new(transaction, client.id, client.client);
    }
    return outcome;
}

Outcome place(WriteTransaction& transaction, const ImportedFile& file) {
    const auto owner = clients::find_owner(transaction.connection(), file.client);
    if (!owner) {
        return Outcome::unknown_client;
    }
    FileRecord record = file.file;
    return files::insert_new(transaction, owner->number, record) ? Outcome::imported
                                                                 : Outcome::present;
}

Outcome place(WriteTransaction& transaction, const metrics::Sample& sample) {
    return metrics::record_once(transaction, sample) ? Outcome::imported : Outcome::present;
}

std::vector<Outcome> place(WriteTransaction& transaction, const Slice& slice) {
    std::vector<Outcome> outcomes;
    for (const ImportedClient& client : slice.clients) {
        outcomes.push_back(place(transaction, client));
    }
    for (const ImportedFile& file : slice.files) {
        outcomes.push_back(place(transaction, file));
    }
    for (const metrics::Sample& sample : slice.samples) {
        outcomes.push_back(place(transaction, sample));
    }
    return outcomes;
}

}  // namespace catalogd::catalog::import
