// The same search without an index: every record is read, compared and sorted.
#pragma once

#include "catalog/search/search.h"

namespace catalogd::catalog::search {

std::vector<OwnedFile> plain_scan(Connection& connection, const CaseFolding& folding,
                                  const Criteria& criteria, Order order);

// One line for each: client, name and path.
std::vector<std::string> shown(const std::vector<OwnedFile>& files);

}  // namespace catalogd::catalog::search
