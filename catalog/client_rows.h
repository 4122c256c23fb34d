// Rows of the table of clients, as the statements on it read them.
#pragma once

#include "catalog/records.h"
#include "catalog/statement.h"

namespace catalogd::catalog::clients {

// A statement begins with this where read_client reads its rows.
inline constexpr char client_columns[] =
    "SELECT c.number, c.id, c.name, c.public_key, c.session_key IS NOT NULL, c.last_seen, "
    "t.files, t.verified_files, t.bytes_high, t.bytes_low "
    "FROM clients c JOIN client_totals t ON t.client = c.number ";

ClientRecord read_client(Run& run);

// The next column, a client's name. The schema lets nobody store one of more than 255 characters;
// who made a file up might, and each record of a list carries it: that is damage, and thrown as
// such.
std::string read_name(Run& run);

}  // namespace catalogd::catalog::clients
