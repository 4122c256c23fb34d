#include "actors/import/foresight.h"

namespace catalogd::actors::import {

using catalog::import::Outcome;

std::vector<Outcome> Foresight::place(const catalog::import::Slice& slice) {
    std::vector<Outcome> outcomes;
    for (const auto& client : slice.clients) {
        outcomes.push_back(place(client));
    }
    for (const auto& file : slice.files) {
        outcomes.push_back(place(file));
    }
    for (const auto& sample : slice.samples) {
        outcomes.push_back(catalog::import::foresee(connection_, sample));
    }
    return outcomes;
}

Outcome Foresight::place(const catalog::import::ImportedClient& client) {
    const Outcome outcome = catalog::import::foresee(connection_, client);
    if (outcome == Outcome::imported) {
        if (!names_.insert(client.client.name).second) {
            return Outcome::name_taken;
        }
        clients_.insert(client.id);
    }
    return outcome;
}

Outcome Foresight::place(const catalog::import::ImportedFile& file) {
    const Outcome outcome = catalog::import::foresee(connection_, file);
    const bool awaited = outcome == Outcome::unknown_client && clients_.contains(file.client);
    return awaited ? Outcome::imported : outcome;
}

}  // namespace catalogd::actors::import
