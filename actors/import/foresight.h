// What an import would do to the catalog as it is, without doing it.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "catalog/import/slice.h"

namespace catalogd::actors::import {

// Remembers the clients that it would have imported, since their files come later.
class Foresight {
public:
    // `connection` must outlive it.
    explicit Foresight(catalog::Connection& connection) : connection_(connection) {}

    std::vector<catalog::import::Outcome> place(const catalog::import::Slice& slice);

private:
    catalog::import::Outcome place(const catalog::import::ImportedClient& client);
    catalog::import::Outcome place(const catalog::import::ImportedFile& file);

    catalog::Connection& connection_;
    std::set<catalog::Id> clients_;
    std::set<std::string> names_;
};

}  // namespace catalogd::actors::import
