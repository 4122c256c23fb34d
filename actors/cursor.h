// Cursors: where a page ended, as text that is opaque to its reader.
#pragma once

#include <optional>
#include <string>

#include "catalog/clients.h"
#include "catalog/console/tables.h"
#include "catalog/files.h"
#include "catalog/search/search.h"

namespace catalogd::actors {

std::string to_cursor(const catalog::clients::Position& position, catalog::clients::Order order);
std::string to_cursor(const catalog::files::Position& position);
std::string to_cursor(const catalog::search::Position& position, catalog::search::Order order);
std::string to_cursor(const catalog::Id& removal);
std::string audit_cursor(std::int64_t sequence);
std::string to_cursor(const catalog::console::Position& position,
                      const catalog::console::Table& table);

// All throw catalog::InvalidCursor: text that no cursor of this kind of list is, or one of
// another order.
catalog::clients::Position client_position(const std::string& cursor,
                                           catalog::clients::Order order);
catalog::files::Position file_position(const std::string& cursor);
catalog::search::Position search_position(const std::string& cursor, catalog::search::Order order);
catalog::Id removal_position(const std::string& cursor);
std::int64_t audit_position(const std::string& cursor);
// Of this table, whose key has so many parts.
catalog::console::Position row_position(const std::string& cursor,
                                        const catalog::console::Table& table);

}  // namespace catalogd::actors
