// File records as rows, for each command that lists some.
#pragma once

#include <cstdint>

#include "cli/listing.h"
#include "protocol/files.h"

namespace catalogd::cli {

// Prints `most` records at most; `of_all_clients`: with their client.
Listing<protocol::files::File> file_listing(const Session& session, bool of_all_clients,
                                            std::size_t most);

// What --limit asks for; 0: all.
std::size_t most_of(std::int64_t limit);
// Pages as large as may be, and not larger than what is wanted.
protocol::Limit page_for(std::size_t most);

}  // namespace catalogd::cli
