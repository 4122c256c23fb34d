// catalogctl files find: records by what is known of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/session.h"

namespace catalogd::cli {

struct FilesFind {
    std::string text;
    std::string extension;
    std::string client;        // exactly this one: a name or an id
    std::string client_named;  // a part of the client's name
    std::string from;          // of the time of modification: a time or a date
    std::string to;
    std::optional<std::int64_t> min_size;
    std::optional<std::int64_t> max_size;
    bool verified = false;
    bool unverified = false;  // never both
    std::string order;        // one of search_orders(); empty: newest first
    bool total = false;
    bool all = false;
    std::int64_t limit = 100;  // where not all are wanted
};
Outcome run(Session& session, const FilesFind& command);

// What --order takes.
std::vector<std::string> search_orders();

}  // namespace catalogd::cli
