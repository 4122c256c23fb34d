// catalogctl tables, query and queries: the catalog as an operator looks at it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/session.h"

namespace catalogd::cli {

struct TablesList {};
Outcome run(Session& session, const TablesList& command);

struct TablesSchema {
    std::string table;
};
Outcome run(Session& session, const TablesSchema& command);

struct TablesRows {
    std::string table;
    std::int64_t limit = 0;  // 0: all
};
Outcome run(Session& session, const TablesRows& command);

struct Query {
    std::string sql;                      // "-": from standard input
    std::vector<std::string> parameters;  // in order
    std::int64_t limit = 100;
};
Outcome run(Session& session, const Query& command);

struct Queries {
    std::int64_t limit = 20;
};
Outcome run(Session& session, const Queries& command);

}  // namespace catalogd::cli
